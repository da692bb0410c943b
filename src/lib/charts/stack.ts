/** The layout of stacked shares: the subject on the axis, then the largest, what nobody knows last. */
import { stack } from 'd3';
import { UNATTRIBUTED, weightOf, type ShareSeries } from './series.ts';
import { begin, end, middle, periodsOf, runs, type Period } from './time.ts';

export interface Edge {
	/** Instant, ms. */
	x: number;
	/** Bottom and top of the band, fractions of 1. */
	y0: number;
	y1: number;
}
export interface Band {
	source: string;
	name: string;
	kind: 'subject' | 'context' | 'unattributed';
	/** One list of edges a run of periods; between runs the paper stays blank. */
	areas: Edge[][];
	/** The band in each period, by the period's first day. */
	at: Map<string, { y0: number; y1: number; share: number }>;
}

const last = (source: string) => (source === UNATTRIBUTED ? 1 : 0);

/** Bands from the axis upwards. A period whose total is 0, or that nobody reports, is a gap. */
export function stackShares(
	series: ShareSeries[],
	subject: string | null
): { bands: Band[]; periods: Period[] } {
	const ordered = [...series].sort(
		(a, b) =>
			last(a.source) - last(b.source) ||
			Number(b.source === subject) - Number(a.source === subject) ||
			weightOf(b) - weightOf(a) ||
			(a.source < b.source ? -1 : 1)
	);
	const shares = new Map(
		ordered.map(({ source, points }) => [source, new Map(points.map(({ from, share }) => [from, share]))])
	);
	const periods = periodsOf(series).filter(({ from }) =>
		ordered.some(({ source }) => typeof shares.get(source)?.get(from) === 'number')
	);
	const layers = stack<Period, string>()
		.keys(ordered.map(({ source }) => source))
		.value(({ from }, source) => shares.get(source)?.get(from) ?? 0)(periods);
	const bands = ordered.map(({ source, name }, i): Band => {
		const at = new Map<string, { y0: number; y1: number; share: number }>();
		periods.forEach(({ from }, j) => {
			const [y0 = 0, y1 = 0] = layers[i]?.[j] ?? [];
			at.set(from, { y0, y1, share: y1 - y0 });
		});
		const kind = source === UNATTRIBUTED ? 'unattributed' : source === subject ? 'subject' : 'context';
		return { source, name, kind, at, areas: runs(periods).map((run) => edges(run, at)) };
	});
	return { bands, periods };
}

/** A run's outline through the middles of its periods, out to where it begins and ends: a gap is then as wide as it lasted. */
function edges(run: Period[], at: Band['at']): Edge[] {
	const point = (period: Period, x: number): Edge => {
		const { y0 = 0, y1 = 0 } = at.get(period.from) ?? {};
		return { x, y0, y1 };
	};
	const [first, final] = [run[0], run.at(-1)];
	if (!first || !final) return [];
	return [
		point(first, begin(first.from)),
		...run.map((period) => point(period, middle(period))),
		point(final, end(final.to))
	];
}
