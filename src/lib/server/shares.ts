/** Referral shares as the API and the pages read them: the store's observations through the domain's rules. */
import { periodEnd, type Grain } from '#lib/domain/referrals/periods.ts';
import { sharesOf } from '#lib/domain/referrals/shares.ts';
import { channelOf } from '#lib/domain/referrals/sources.ts';
import { Problem } from './errors.ts';
import type { Store } from './store/store.ts';
import { observations, type Observation, type ObservationQuery } from './store/traffic.ts';

export interface SharesQuery extends ObservationQuery {
	grain: Grain;
	by: 'source' | 'channel';
}
export interface SharePoint {
	from: string;
	to: string;
	value: number;
	/** Null where the period's total is 0; `low`–`high` is the 95% range of the share underneath. */
	share: number | null;
	low: number | null;
	high: number | null;
	/** Of how many days the period is made. */
	days: number;
}
export interface Shares {
	destination: string;
	metric: string;
	provider: string;
	grain: Grain;
	/** The unattributed part is the series `(unattributed)`; a period without data has no point. */
	series: { source: string; points: SharePoint[] }[];
}

/**
 * The range of a period rests on all that was observed, so that it is the same whatever part of the series is asked for.
 * Rejects with `invalid` (path `provider`) where several providers measure the destination and none is named, and with `not-found`
 * where none does.
 */
export async function readShares(store: Store, query: SharesQuery, signal?: AbortSignal): Promise<Shares> {
	const { from, to, ...whole } = query;
	const { destination, metric, grain } = whole;
	const rows = await observations(store, whole, signal);
	const provider = query.provider ?? onlyProvider(rows, whole);
	const lines = sharesOf(rows.map((row) => ({ ...row, destination })), {
		metric,
		grain,
		...(query.by === 'channel' && { label: channelOf })
	}); // prettier-ignore
	const series = new Map<string, SharePoint[]>();
	const ends = new Map(lines.map(({ period }) => [period, '']));
	for (const period of ends.keys()) ends.set(period, periodEnd(period, grain));
	for (const { source, period, days, value, share, low, high } of lines) {
		const end = ends.get(period) ?? periodEnd(period, grain);
		// A period that is cut would be told by days that nobody asked for.
		if ((from !== undefined && period < from) || (to !== undefined && end > to)) continue;
		const points = series.get(source) ?? [];
		points.push({ from: period, to: end, value, share, low, high, days });
		series.set(source, points);
	}
	return {
		destination,
		metric,
		provider,
		grain,
		series: [...series].map(([source, points]) => ({ source, points }))
	};
}

function onlyProvider(rows: readonly Observation[], { destination, metric }: SharesQuery): string {
	const [first, ...more] = new Set(rows.map((row) => row.provider));
	if (first === undefined)
		throw new Problem('not-found', `nothing measures ${metric} of ${destination}`, { path: 'destination' });
	if (more.length)
		throw new Problem(
			'invalid',
			`provider is needed: ${[first, ...more].join(', ')} all measure ${metric} of ${destination}`,
			{
				path: 'provider'
			}
		);
	return first;
}
