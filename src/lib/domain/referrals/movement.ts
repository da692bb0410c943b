/** Who moved: the difference that a page's first sentence tells. */
import { UNATTRIBUTED } from './sources.ts';

/** One period of a share series; shares are fractions of 1, null where the period's total is 0. */
export interface SharePoint {
	from: string;
	to: string;
	value: number;
	share: number | null;
	low: number | null;
	high: number | null;
}
export interface Series<P extends SharePoint = SharePoint> {
	source: string;
	points: P[];
}

export interface Movement {
	source: string;
	/** The first period and the last one. */
	first: SharePoint & { share: number };
	last: SharePoint & { share: number };
	/** last − first. */
	change: number;
	/** Whether the earlier share lies outside of the 95% range of the later one. */
	moved: boolean;
}

const known = <P extends SharePoint>(point: P | undefined): point is P & { share: number } =>
	typeof point?.share === 'number';

/** First day of the last period that any series has; null where there is none. */
export const lastPeriod = (series: readonly Series[]): string | null =>
	series.reduce<string | null>((latest, { points }) => {
		const from = points.at(-1)?.from;
		return from !== undefined && (latest === null || from > latest) ? from : latest;
	}, null);

/** How each source that is still reported in the last period moved since its first; the unattributed slice is nobody. */
export function movements(series: readonly Series[]): Movement[] {
	const final = lastPeriod(series);
	return series.flatMap(({ source, points }): Movement[] => {
		const [first, last] = [points.find(known), points.at(-1)];
		if (source === UNATTRIBUTED || !known(first) || !known(last) || last.from !== final) return [];
		const outside = first.share < (last.low ?? 0) || first.share > (last.high ?? 1);
		return [
			{ source, first, last, change: last.share - first.share, moved: outside && first.from !== last.from }
		];
	});
}

/** The source that moved most beyond its range; where none did, the largest; null where nobody is reported. */
export function mostMoved(series: readonly Series[]): Movement | null {
	const all = movements(series);
	const beyond = all.filter(({ moved }) => moved);
	const by = beyond.length ? ({ change }: Movement) => Math.abs(change) : ({ last }: Movement) => last.share;
	return (beyond.length ? beyond : all).reduce<Movement | null>(
		(best, one) => (best && by(best) >= by(one) ? best : one),
		null
	);
}
