/** One visit to a feed: fetch, read, emit what is new, in full where that is asked for. */
import { doorChecks, keyOf, type NewsEvent } from '#lib/domain/events.ts';
import { formatInstant } from '#lib/domain/time.ts';
import { checkEvent } from '#lib/server/doors/door.ts';
import type { FeedContext, FeedItem } from '#lib/server/feeds/feed.ts';
import type { WatchedFeed } from '#lib/server/feeds/watched-feed.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { keyOfItem, remember, type Cursor } from './cursor.ts';
import { inFull, type FullTextDeps } from './full-text.ts';

export interface VisitDeps extends FullTextDeps {
	/** Reads a feed's bytes, as {@link readFeed}. */
	read: (bytes: Buffer, context: FeedContext) => Promise<FeedItem[]>;
	log: Pick<EventLog, 'append'>;
	now: () => number;
}

/** An item that can be an event: it has a title and an address. */
type Named = FeedItem & { title: string; url: string };
const isNamed = (item: FeedItem): item is Named => item.title !== undefined && item.url !== undefined;

/** Appends an event for every item that was not emitted before. Gives the cursor after it. Rejects with a {@link FetchProblem}. */
export async function visit(
	feed: WatchedFeed,
	version: number,
	cursor: Cursor,
	deps: VisitDeps
): Promise<Cursor> {
	const { fetcher, log, now, signal } = deps;
	const known = cursor.version === version ? cursor : null;
	const fetched = await fetcher.fetch(feed.url, {
		etag: known?.etag, lastModified: known?.lastModified, types: null, signal
	}); // prettier-ignore
	const fetchedAt = now();
	const { etag, lastModified } = fetched;
	const seen = { ...cursor, version, etag, lastModified, failures: 0, lastSuccess: fetchedAt };
	if (fetched.notModified) return { ...seen, quiet: cursor.quiet + 1 };

	const items = await deps.read(fetched.bytes, { base: fetched.url, charset: fetched.charset });
	const byKey = new Map(items.filter(isNamed).map((item) => [keyOfItem(item), item]));
	const emitted = new Set(cursor.emitted);
	const fresh = [...byKey].flatMap(([key, item]) => (emitted.has(key) ? [] : [item]));
	const check = doorChecks(now).news;
	const told = feed.fullText ? await inFull(fresh, feed, deps) : fresh;
	const entries = told.flatMap((item) => {
		const entry = checkEvent(eventOf(item, feed, fetchedAt), check, keyOf.news);
		return 'errors' in entry ? [] : [entry]; // an item that can be no event spoils nothing but itself
	});
	if (entries.length) await log.append('news', entries, { origin: 'collector' });
	return {
		...seen,
		emitted: remember([...byKey.keys()], cursor.emitted),
		quiet: fresh.length ? 0 : cursor.quiet + 1
	};
}

/** An item that says no time, or one to come, was published when it was seen. */
function eventOf(item: Named, feed: WatchedFeed, fetchedAt: number): NewsEvent {
	const published = item.publishedAt === undefined ? fetchedAt : Date.parse(item.publishedAt);
	return {
		url: item.url,
		title: item.title,
		...(item.text && { text: item.text }),
		publisher: feed.publisher,
		...(item.author && { author: item.author }),
		publishedAt: formatInstant(Math.min(published, fetchedAt)),
		observedAt: formatInstant(fetchedAt),
		feed: feed.url
	};
}
