/** The thread behind reader.ts: reads pages one after the other. */
import { extract, type Extracted } from '#lib/server/fetch/extract.ts';
import { answer } from '#lib/server/fetch/reading.ts';
import type { PageQuestion } from './reader.ts';

answer<PageQuestion, Extracted>(({ fetched, rules }) =>
	extract({ ...fetched, bytes: Buffer.from(fetched.bytes) }, rules)
);
