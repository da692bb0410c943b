/** Reads feeds in a thread of its own. */
import type { FeedContext, FeedItem } from '#lib/server/feeds/feed.ts';
import { ReadingThread } from '../reading.ts';

export interface FeedQuestion {
	bytes: Uint8Array;
	context: FeedContext;
}

/** A feed that takes longer was made to, ms. */
const LONGEST_MS = 6_000;

export class FeedReader {
	readonly #thread: ReadingThread<FeedQuestion, FeedItem[]>;

	/** `longest`: how long one feed may take, ms. */
	constructor(longest = LONGEST_MS) {
		const module = new URL('./reader-thread.ts', import.meta.url);
		this.#thread = new ReadingThread({ module, longest, what: 'a feed' });
	}

	/** As {@link readFeed}, one feed at a time; besides, `too-large` for a feed that takes too long or too much memory. */
	read(bytes: Buffer, context: FeedContext = {}): Promise<FeedItem[]> {
		return this.#thread.ask({ bytes, context });
	}

	close(): Promise<void> {
		return this.#thread.close();
	}
}
