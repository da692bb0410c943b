/** The thread behind reader.ts: reads feeds and articles one after the other. */
import { readFeed } from '#lib/server/feeds/feed.ts';
import { articleText } from '#lib/server/feeds/full-text.ts';
import { answer } from '#lib/server/fetch/reading.ts';
import type { FeedAnswer, FeedQuestion } from './reader.ts';

answer<FeedQuestion, FeedAnswer>((asked) =>
	'page' in asked
		? { text: articleText(asked.page) }
		: { items: readFeed(Buffer.from(asked.bytes), asked.context) }
);
