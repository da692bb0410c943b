/** From all series to what a page can show: the largest by themselves, the rest as one band that says how many it holds. */
import { UNATTRIBUTED } from '#lib/charts/series.ts';
import type { Series, SharePoint } from '#lib/domain/referrals/movement.ts';

/** Bands that can be told apart at all. */
export const MOST = 24;
export const SMALLER = '(smaller)';

const weight = ({ points }: Series): number => points.reduce((sum, { share }) => sum + (share ?? 0), 0);

export interface Folded {
	series: Series[];
	/** How many sources the band `(smaller)` holds; 0 where there is none. */
	smaller: number;
}

/** Keeps the subject, the unattributed slice and the largest; the API folds nothing away. */
export function fold(all: readonly Series[], subject: string | null, most = MOST): Folded {
	const kept = (one: Series) => one.source === subject || one.source === UNATTRIBUTED;
	const ranked = [...all].sort((a, b) => Number(kept(b)) - Number(kept(a)) || weight(b) - weight(a));
	if (ranked.length <= most) return { series: ranked, smaller: 0 };
	const rest = ranked.slice(most - 1);
	const sum = new Map<string, SharePoint>();
	for (const { points } of rest)
		for (const point of points) {
			const { from, to } = point;
			const before = sum.get(from) ?? { from, to, value: 0, share: null, low: null, high: null };
			const share = point.share === null ? before.share : (before.share ?? 0) + point.share;
			sum.set(from, { ...before, value: before.value + point.value, share });
		}
	const points = [...sum.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
	return { series: [...ranked.slice(0, most - 1), { source: SMALLER, points }], smaller: rest.length };
}
