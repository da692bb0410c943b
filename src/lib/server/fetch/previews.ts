/**
 * What a page or a feed would bring, before it is watched. Fetched politely by this process and read in threads of their own, with limits
 * of time and memory: a hostile page holds up no page of the product.
 */
import type { FeedPreview } from '../feeds/preview.ts';
import type { Fetched } from './document.ts';
import type { Fetcher } from './fetcher.ts';
import type { PagePreview } from './preview.ts';
import { ReadingThread } from './reading.ts';

/** Somebody waits for the answer: how long a fetch may take, and the reading after it; ms. */
const PATIENCE_MS = 20_000;
const LONGEST_MS = 8_000;
const MEMORY_MB = 256;

export interface Previews {
	/** `select`: the reader's own choice of a part. Rejects with a {@link FetchProblem}. */
	page(url: string, select?: string): Promise<PagePreview>;
	/** Rejects with a {@link FetchProblem}. */
	feed(url: string): Promise<FeedPreview>;
	close(): Promise<void>;
}

export interface PageQuestion {
	fetched: Fetched;
	select: string | undefined;
}
export interface FeedQuestion {
	/** As it was asked for. */
	url: string;
	fetched: Fetched;
}

/** `longest`: how long one reading may take, ms. */
export function createPreviews(fetcher: Pick<Fetcher, 'fetch'>, longest = LONGEST_MS): Previews {
	const limits = { longest, memory: MEMORY_MB };
	const pages = new ReadingThread<PageQuestion, PagePreview>({
		module: new URL('./preview-thread.ts', import.meta.url), what: 'a page', ...limits
	}); // prettier-ignore
	const feeds = new ReadingThread<FeedQuestion, FeedPreview>({
		module: new URL('../feeds/preview-thread.ts', import.meta.url), what: 'a feed', ...limits
	}); // prettier-ignore
	const once = () => ({ attempts: 1, signal: AbortSignal.timeout(PATIENCE_MS) });
	return {
		page: async (url, select) => pages.ask({ fetched: await fetcher.fetch(url, once()), select }),
		feed: async (url) => feeds.ask({ url, fetched: await fetcher.fetch(url, { types: null, ...once() }) }),
		close: async () => {
			await Promise.all([pages.close(), feeds.close()]);
		}
	};
}
