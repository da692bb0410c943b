/** The thread in which a page is read before it is watched. */
import { pagePreview, type PagePreview } from './preview.ts';
import type { PageQuestion } from './previews.ts';
import { answer } from './reading.ts';

answer<PageQuestion, PagePreview>(({ fetched, select }) =>
	pagePreview({ ...fetched, bytes: Buffer.from(fetched.bytes) }, select)
);
