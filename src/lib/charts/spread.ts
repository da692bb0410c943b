/** The layout of a story's spread: a lane a root, on it a swarm of what rests on it, on a line of time from the first report. */
import { textWidth } from './text.ts';
import { linear, type Scale } from './scale.ts';

export type SpreadKind = 'first' | 'independent' | 'names' | 'words' | 'again';
/** In the order of the legend. */
export const SPREAD_KINDS: readonly SpreadKind[] = ['first', 'independent', 'again', 'names', 'words'];

export interface SpreadMark {
	/** Ms. */
	at: number;
	kind: SpreadKind;
	/** What it was taken from: the lane's own report, or another mark of the lane by its place; null for none. */
	from: number | 'report' | null;
	/** What it says aloud, where it is back-dated: `says 12 Nov 09:00, nobody saw it before 16 Nov 18:56`. */
	backDated?: string | undefined;
}
export interface SpreadLane {
	id: string;
	name: string;
	/** Second line of the label: `16 Nov 06:12 · 31 copies`. */
	note: string;
	/** Its report; null in a lane of what has none of its own. */
	report: { at: number; kind: SpreadKind } | null;
	/** Ascending. */
	marks: SpreadMark[];
	/** Another lane whose report this one's names beside a source of its own, with the words for it. */
	names?: { lane: string; words: string } | undefined;
}

export interface PlacedLane extends SpreadLane {
	top: number;
	/** Where its report lies. */
	y: number;
	height: number;
	x: number;
	swarm: { x: number; y: number; mark: SpreadMark }[];
	/** Back-dated ones stand below the swarm, with their words. */
	flags: { x: number; y: number; words: string; side: 'right' | 'left' }[];
}

/** Of a report, of other marks, of those on a phone, and of those of thousands. */
export const RADIUS = { report: 6.6, mark: 4.1, small: 2.9, many: 1.8 };
/** Above so many marks they are drawn as one shape a kind, without their edges. */
export const MANY = 1_500;
const LABEL = 34;
const FLAG = 24;

/** Half of the height that so many marks are given: a swarm grows with the root of its size. Pixels. */
const spreadOf = (marks: number) => Math.min(60, 12 + 3.2 * Math.sqrt(marks));

/** Height of a lane, whatever the width. */
export function laneHeight({ marks }: SpreadLane, narrow: boolean): number {
	const flags = marks.filter(({ backDated }) => backDated).length;
	const swarm = 2 * spreadOf(marks.length - flags);
	return Math.round((narrow ? LABEL + swarm : Math.max(LABEL + 10, swarm + 10)) + Math.min(flags, 3) * FLAG);
}

/** Height of a drawing without its axis. */
export const lanesHeight = (lanes: readonly SpreadLane[], narrow: boolean): number =>
	lanes.reduce((sum, lane) => sum + laneHeight(lane, narrow), 0);

/** Where the line of time lies: left of it are the names. */
export const spreadRange = (width: number, narrow: boolean): [number, number] =>
	narrow ? [16, width - 8] : [210, width - 12];

/** From the first report to the last mark, with room at the end. */
export function spreadScale(lanes: readonly SpreadLane[], range: [number, number]): Scale {
	const times = lanes.flatMap(({ report, marks }) => [
		...(report ? [report.at] : []),
		...marks.map(({ at }) => at)
	]);
	const [first, last] = times.reduce(
		([low, high], at) => [Math.min(low, at), Math.max(high, at)],
		[Infinity, -Infinity]
	);
	const span = Math.max(last - first, 3_600_000);
	return linear([first, first + span * 1.04], range);
}

/** Lanes from top to bottom. `top`: where the first one begins; `right`: end of the drawing. */
export function placeLanes(
	lanes: readonly SpreadLane[],
	scale: Scale,
	{ top, right, narrow }: { top: number; right: number; narrow: boolean }
): PlacedLane[] {
	const many = lanes.reduce((sum, { marks }) => sum + marks.length, 0) > MANY;
	let at = top;
	return lanes.map((lane) => {
		const height = laneHeight(lane, narrow);
		const flagged = lane.marks.filter(({ backDated }) => backDated);
		const half = spreadOf(lane.marks.length - flagged.length);
		const y = narrow ? at + LABEL + half : at + (height - Math.min(flagged.length, 3) * FLAG) / 2;
		const x = scale(lane.report?.at ?? scale.domain[0]);
		const own = lane.marks.filter(({ backDated }) => !backDated);
		const radius = many ? RADIUS.many : (narrow ? RADIUS.small : RADIUS.mark) + 0.6;
		const offsets = swarm(
			own.map((mark) => scale(mark.at)),
			{ radius, half, around: lane.report ? { x, radius: RADIUS.report } : null }
		);
		const flags = flagged.slice(0, 3).map((mark, i) => {
			const [fx, words] = [scale(mark.at), mark.backDated ?? ''];
			const fits = fx + 14 + textWidth(words) <= right || right - fx > fx;
			const side = fits ? ('right' as const) : ('left' as const);
			return { x: fx, y: at + height - (Math.min(flagged.length, 3) - i) * FLAG + FLAG / 2 - 4, words, side };
		});
		const placed = {
			...lane,
			top: at,
			y,
			height,
			x,
			swarm: own.map((mark, i) => ({ x: scale(mark.at), y: y + (offsets[i] ?? 0), mark })),
			flags
		};
		at += height;
		return placed;
	});
}

/** Multiples of it fall evenly between whole numbers. */
const GOLDEN = 0.618034;
/** Marks before one that it may touch. */
const NEAR = 60;

/**
 * Offsets from the middle line, as small as can be, so that marks at `xs` (ascending) do not touch each other or the report: each goes to
 * the nearest free place. Where a column has no place left within `half`, they overlap, and what is dense looks dense.
 */
export function swarm(
	xs: readonly number[],
	{ radius, half, around }: { radius: number; half: number; around: { x: number; radius: number } | null }
): number[] {
	const report = around ? [{ x: around.x, y: 0, room: around.radius + radius }] : [];
	const placed: { x: number; y: number; room: number }[] = [];
	return xs.map((x, i) => {
		const near = [...report, ...placed.slice(-NEAR)].flatMap((other) => {
			const room = other.room ** 2 - (other.x - x) ** 2;
			return room > 0 ? [{ y: other.y, clear: Math.sqrt(room) }] : [];
		});
		const free = (y: number) => near.every((other) => Math.abs(other.y - y) >= other.clear - 1e-6);
		const places = [0, ...near.flatMap((other) => [other.y + other.clear, other.y - other.clear])]
			.filter((y) => Math.abs(y) <= half)
			.sort((a, b) => Math.abs(a) - Math.abs(b) || (i % 2 ? a - b : b - a));
		const y = places.find(free) ?? (((i * GOLDEN) % 1) * 2 - 1) * half;
		placed.push({ x, y, room: 2 * radius });
		return y;
	});
}

/** One shape of many discs. */
export const discs = (marks: readonly { x: number; y: number }[], radius: number): string =>
	marks
		.map(({ x, y }) => {
			const [cx, cy] = [(x - radius).toFixed(1), y.toFixed(1)];
			return `M${cx},${cy}a${radius},${radius} 0 1,0 ${2 * radius},0a${radius},${radius} 0 1,0 ${-2 * radius},0Z`;
		})
		.join('');

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const STEPS = [
	...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
	...[1, 2, 3, 6, 12].map((n) => n * HOUR),
	...[1, 2, 4, 7, 14, 30, 90, 180, 365, 730].map((n) => n * DAY)
];

/**
 * Times after the first report, ms, at whole steps: the finest whose labels, `room` pixels each, do not touch. After a day only whole days
 * are told, after an hour whole hours.
 */
export function sinceTicks({ domain: [from, to], range: [left, right] }: Scale, room = 72): number[] {
	const most = Math.max(1, Math.floor((right - left) / room));
	const step = STEPS.find((size) => (to - from) / size <= most) ?? (to - from) / most;
	const told = (ms: number) => (ms < HOUR || ms % HOUR === 0) && (ms < DAY || ms % DAY === 0);
	return Array.from({ length: Math.floor((to - from) / step) }, (_, i) => (i + 1) * step).filter(told);
}

const BINS = 33;

/** Bars for articles as one shape, as high as the root of how many there are, and the places of the roots. */
export function sparkOf(
	times: readonly number[],
	roots: readonly number[],
	{ width, height }: { width: number; height: number }
): { bars: string; roots: number[] } {
	const [from, last] = [roots[0] ?? times[0] ?? 0, Math.max(times.at(-1) ?? 0, roots.at(-1) ?? 0)];
	const span = Math.max(last - from, 1);
	const size = (width - 8) / BINS;
	const counts = new Array<number>(BINS).fill(0);
	for (const at of times) {
		// One that is back-dated was seen later; where is not told here.
		const bin = Math.max(0, Math.min(BINS - 1, Math.floor(((at - from) / span) * BINS)));
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	const most = Math.sqrt(Math.max(4, ...counts));
	const bars = counts
		.map((count, i) => {
			const high = (Math.sqrt(count) / most) * height;
			return count === 0
				? ''
				: `M${(4 + i * size).toFixed(1)},${height + 5}v${(-high).toFixed(1)}h${(size - 1).toFixed(1)}v${high.toFixed(1)}Z`;
		})
		.join('');
	return { bars, roots: roots.map((at) => Math.round(40 + ((at - from) / span) * (width - 8) * 10) / 10) };
}
