/** Feeds as a kind of source. */
import { feedId, watchedFeedSchema, type WatchedFeed } from '#lib/server/feeds/watched-feed.ts';
import { milliseconds } from '#lib/server/fetch/watched-page.ts';
import { Schedule, type ScheduleOptions } from '../schedule.ts';
import { visit, type VisitDeps } from './collect.ts';
import { readCursor, type Cursor } from './cursor.ts';

export type FeedOptions = ScheduleOptions & Omit<VisitDeps, 'signal'>;

/** A feed is never asked less often than this because it is quiet, ms. */
const LONGEST_MS = 6 * 3_600_000;
/** Visits without news before a feed counts as quiet. */
const PATIENCE = 4;

/** The feed's own interval while it has news; half as long again for each quiet visit after the fourth, up to six hours. */
export function intervalOf(feed: Pick<WatchedFeed, 'every'>, { quiet }: Pick<Cursor, 'quiet'>): number {
	const shortest = milliseconds(feed.every);
	const stretched = shortest * 1.5 ** Math.min(Math.max(0, quiet - PATIENCE), 30);
	return Math.max(shortest, Math.min(stretched, LONGEST_MS));
}

export class FeedCollector extends Schedule<WatchedFeed, Cursor> {
	constructor(options: FeedOptions) {
		super(
			{
				prefix: 'feeds/',
				health: 'feed',
				parse: (body) => {
					const parsed = watchedFeedSchema.safeParse(body);
					return parsed.success ? { id: feedId(parsed.data), source: parsed.data } : null;
				},
				readCursor,
				interval: intervalOf,
				visit: (feed, version, cursor, signal) => visit(feed, version, cursor, { ...options, signal })
			},
			options
		);
	}
}
