/**
 * Series as columns: on their way to the browser the days are written once, and not once a source; ranges are drawn of the subject
 * only, so the others leave theirs behind.
 */
import type { Series, SharePoint } from '#lib/domain/referrals/movement.ts';

export interface Columns {
	from: string[];
	to: string[];
	series: {
		source: string;
		/** One a period; null where the source has no point. */
		value: (number | null)[];
		share: (number | null)[];
		/** Empty for all but the subject. */
		low: (number | null)[];
		high: (number | null)[];
	}[];
}

/** A thousandth of a percent point, which nobody can see. */
const short = (share: number | null | undefined): number | null =>
	share === null || share === undefined ? null : Math.round(share * 1e5) / 1e5;

export function pack(all: readonly Series[], subject: string | null): Columns {
	const ends = new Map(all.flatMap(({ points }) => points.map(({ from, to }) => [from, to] as const)));
	const from = [...ends.keys()].sort();
	const series = all.map(({ source, points }) => {
		const known = new Map(points.map((point) => [point.from, point]));
		const column = (of: (point: SharePoint | undefined) => number | null) =>
			from.map((day) => of(known.get(day)));
		return {
			source,
			value: column((point) => point?.value ?? null),
			share: column((point) => short(point?.share)),
			low: source === subject ? column((point) => short(point?.low)) : [],
			high: source === subject ? column((point) => short(point?.high)) : []
		};
	});
	return { from, to: from.map((day) => ends.get(day) ?? day), series };
}

export function unpack({ from, to, series }: Columns): Series[] {
	return series.map(({ source, value, share, low, high }) => ({
		source,
		points: from.flatMap((day, i): SharePoint[] => {
			const number = value[i] ?? null;
			if (number === null) return [];
			const at = { from: day, to: to[i] ?? day, value: number };
			return [{ ...at, share: share[i] ?? null, low: low[i] ?? null, high: high[i] ?? null }];
		})
	}));
}
