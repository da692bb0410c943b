/** Reads feeds, and the pages of their articles, in a thread of its own. */
import type { FeedContext, FeedItem } from '#lib/server/feeds/feed.ts';
import type { ArticlePage } from '#lib/server/feeds/full-text.ts';
import { ReadingThread } from '#lib/server/fetch/reading.ts';

export type FeedQuestion = { bytes: Uint8Array; context: FeedContext } | { page: ArticlePage };
export type FeedAnswer = { items: FeedItem[] } | { text: string };

/** A feed that takes longer was made to, ms. */
const LONGEST_MS = 6_000;

export class FeedReader {
	readonly #thread: ReadingThread<FeedQuestion, FeedAnswer>;

	/** `longest`: how long one feed may take, ms. */
	constructor(longest = LONGEST_MS) {
		const module = new URL('./reader-thread.ts', import.meta.url);
		this.#thread = new ReadingThread({ module, longest, what: 'a feed or an article' });
	}

	/** As {@link readFeed}, one feed at a time; besides, `too-large` for a feed that takes too long or too much memory. */
	async read(bytes: Buffer, context: FeedContext = {}): Promise<FeedItem[]> {
		const answer = await this.#thread.ask({ bytes, context });
		return 'items' in answer ? answer.items : [];
	}

	/** As {@link articleText}, with the same limits. */
	async readPage(page: ArticlePage): Promise<string> {
		const answer = await this.#thread.ask({ page });
		return 'text' in answer ? answer.text : '';
	}

	close(): Promise<void> {
		return this.#thread.close();
	}
}
