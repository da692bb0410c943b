import { readShares, type Shares, type SharesQuery } from '#lib/server/shares.ts';
import type { Store } from '#lib/server/store/store.ts';

/**
 * Shares as a page tells them: of weeks and months only those that are over by the day `over`, since a part of one says little and
 * moves every day. Where nothing is over yet, what there is.
 */
export async function finishedShares(store: Store, query: SharesQuery, over: string): Promise<Shares> {
	if (query.grain === 'day' || (query.to !== undefined && query.to <= over)) return readShares(store, query);
	const finished = await readShares(store, { ...query, to: over });
	return finished.series.length ? finished : readShares(store, query);
}
