/** Reads articles from their pages, where somebody asked for it and the feed has only their beginning. */
import type { ArticlePage } from '#lib/server/feeds/full-text.ts';
import type { FeedItem } from '#lib/server/feeds/feed.ts';
import { feedId, type WatchedFeed } from '#lib/server/feeds/watched-feed.ts';
import type { Fetcher } from '#lib/server/fetch/fetcher.ts';
import { FetchProblem, isFetchProblem } from '#lib/server/fetch/problem.ts';
import type { HealthBoard } from '#lib/server/health.ts';

export interface FullTextDeps {
	fetcher: Fetcher;
	/** Takes the article out of its page, as {@link articleText}. */
	readPage: (page: ArticlePage) => Promise<string>;
	health: Pick<HealthBoard, 'note'>;
	signal: AbortSignal;
}

/** A text of so many UTF-16 units is more than a beginning. */
const WHOLE = 2_000;
/** Pages read for one visit to a feed, the first items' ones; later items keep what the feed has. */
const MOST_PAGES = 30;
/** After so many failures in a row the site is left alone until the next visit. */
const MOST_FAILURES = 3;

/** `items` with the texts of their pages. A page that cannot be read leaves what the feed has, and is told of the feed's articles. */
export async function inFull<I extends FeedItem & { url: string }>(
	items: readonly I[],
	feed: WatchedFeed,
	deps: FullTextDeps
): Promise<I[]> {
	const short = items.filter(({ text = '' }) => text.length < WHOLE).slice(0, MOST_PAGES);
	const texts = new Map<I, string>();
	let inRow = 0;
	let failed = 0;
	let problem: FetchProblem | null = null;
	for (const item of short) {
		if (inRow === MOST_FAILURES) break;
		try {
			texts.set(item, await textOf(item.url, deps));
			inRow = 0;
		} catch (error) {
			if (!isFetchProblem(error)) throw error;
			problem = error;
			failed++;
			inRow++;
		}
	}
	if (short.length)
		deps.health.note(
			`articles of ${feedId(feed)}`,
			'article',
			problem && `${problem.kind}: ${problem.message} (${failed} of ${texts.size + failed} articles)`
		);
	return items.map((item) => {
		const text = texts.get(item) ?? '';
		return text.length > (item.text?.length ?? 0) ? { ...item, text } : item;
	});
}

async function textOf(url: string, { fetcher, readPage, signal }: FullTextDeps): Promise<string> {
	const page = await fetcher.fetch(url, { attempts: 1, signal });
	if (page.text === null || !/html/.test(page.contentType))
		throw new FetchProblem('type', `${page.contentType} is no page`);
	return readPage({ html: page.text, url: page.url });
}
