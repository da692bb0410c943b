/** The layout of share lines: each through the middles of its periods, with its 95% range, broken where it has no data. */
import { ticks } from 'd3';
import type { SharePoint, ShareSeries } from './series.ts';
import { begin, end, middle, runs } from './time.ts';

export interface LinePoint {
	/** Instant, ms. */
	x: number;
	y: number;
	low: number | null;
	high: number | null;
}

type Known = SharePoint & { share: number };
const known = (point: SharePoint): point is Known => point.share !== null;

/** Runs of points; a run of one is a dot. */
export const lineRuns = ({ points }: ShareSeries): LinePoint[][] =>
	runs(points.filter(known)).map((run) =>
		run.map((point) => ({ x: middle(point), y: point.share, low: point.low, high: point.high }))
	);

/** The same out to where each run begins and ends, as bands are drawn. */
export const rangeRuns = ({ points }: ShareSeries): LinePoint[][] =>
	runs(points.filter(known)).map((run) => {
		const at = (point: Known, x: number): LinePoint => ({
			x,
			y: point.share,
			low: point.low,
			high: point.high
		});
		const [first, last] = [run[0], run.at(-1)];
		const middles = run.map((point) => at(point, middle(point)));
		return first && last ? [at(first, begin(first.from)), ...middles, at(last, end(last.to))] : middles;
	});

/** Upper end of an axis from 0 that holds every share, and for the subject its range, and its ticks. */
export function shareAxis(series: ShareSeries[], subject: string | null): { top: number; ticks: number[] } {
	const all = series.flatMap(({ source, points }) =>
		points.map(({ share, high }) => Math.max(share ?? 0, source === subject ? (high ?? 0) : 0))
	);
	// Below a thousandth there is nothing to read off.
	const most = all.reduce((a, b) => Math.max(a, b), 0.001);
	const marks = ticks(0, most, 4);
	const step = (marks[1] ?? most) - (marks[0] ?? 0);
	const top = Math.min(1, Math.ceil(most / step - 1e-9) * step);
	return { top, ticks: ticks(0, top, Math.round(top / step)) };
}
