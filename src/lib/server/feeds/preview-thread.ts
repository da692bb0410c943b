/** The thread in which a feed is read before it is followed. */
import type { FeedQuestion } from '../fetch/previews.ts';
import { answer } from '../fetch/reading.ts';
import { feedPreview, type FeedPreview } from './preview.ts';

answer<FeedQuestion, FeedPreview>(({ url, fetched }) =>
	feedPreview(url, { ...fetched, bytes: Buffer.from(fetched.bytes) })
);
