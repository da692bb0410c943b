/** The table behind the chart: every source's last period, with the observations it rests on. */
import { periodEnd, type Grain } from '#lib/domain/referrals/periods.ts';
import { channelOf, slice, UNATTRIBUTED } from '#lib/domain/referrals/sources.ts';
import type { Store } from '#lib/server/store/store.ts';
import { observations, type ObservationQuery } from '#lib/server/store/traffic.ts';
import type { Series } from '#lib/domain/referrals/movement.ts';

export interface Row {
	source: string;
	value: number;
	share: number | null;
	low: number | null;
	high: number | null;
	/** Against the first period in view, and against the one before; fractions of 1, null where there is nothing to compare. */
	sinceFirst: number | null;
	sinceBefore: number | null;
	/** What the value is made of. */
	evidence: {
		observations: number;
		revision: number;
		known: string;
		assumed: boolean;
		days: [string, string];
	};
}

interface Query extends ObservationQuery {
	grain: Grain;
	by: 'source' | 'channel';
	series: readonly Series[];
	/** First day of the last period. */
	final: string;
}

/** The largest first, and no more than a page can hold; the API folds nothing away. */
export interface Table {
	rows: Row[];
	/** How many sources more there are. */
	more: number;
	/** The period's total. */
	total: number;
}
export const EMPTY: Table = { rows: [], more: 0, total: 0 };
const MOST = 100;

export async function tableOf(store: Store, { series, final, grain, by, ...query }: Query): Promise<Table> {
	const to = periodEnd(final, grain);
	const seen = await observations(store, { ...query, from: final, to });
	const label = by === 'channel' ? channelOf : slice;
	const evidence = new Map<string, Row['evidence']>();
	for (const { source, revision, known, assumed } of seen) {
		const name = label(source);
		const before = evidence.get(name) ?? { observations: 0, revision: 0, known, assumed, days: [final, to] };
		evidence.set(name, {
			observations: before.observations + 1,
			revision: Math.max(before.revision, revision),
			known: known > before.known ? known : before.known,
			assumed: before.assumed || assumed,
			days: before.days
		});
	}
	const all = series
		.flatMap(({ source, points }): Row[] => {
			const [last, before] = [points.at(-1), points.at(-2)];
			const found = evidence.get(source);
			if (!last || last.from !== final || !found) return [];
			const first = points.find(({ share }) => share !== null);
			const { value, share, low, high } = last;
			return [
				{
					source,
					value,
					share,
					low,
					high,
					sinceFirst: difference(share, first === last ? null : first?.share),
					sinceBefore: difference(share, before?.share),
					evidence: found
				}
			];
		})
		.sort((a, b) => b.value - a.value);
	const kept = all.filter(({ source }, i) => i < MOST || source === UNATTRIBUTED);
	return {
		rows: kept,
		more: all.length - kept.length,
		total: all.reduce((sum, { value }) => sum + value, 0)
	};
}

const difference = (now: number | null, then: number | null | undefined): number | null =>
	now === null || then === null || then === undefined ? null : now - then;
