/** Periods of whole days on a line of time, and its human ticks. Instants are milliseconds since the epoch; everything in UTC. */
import { linear, type Scale } from './scale.ts';

/** Whole days, both included, as `YYYY-MM-DD`. */
export interface Period {
	from: string;
	to: string;
}

const DAY = 86_400_000;
/** First instant of a day. */
export const begin = (day: string): number => Date.parse(`${day}T00:00:00Z`);
/** First instant after a day. */
export const end = (day: string): number => begin(day) + DAY;
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
export const middle = ({ from, to }: Period): number => (begin(from) + end(to)) / 2;

/** Whether `b` begins on the day after `a` ends. */
const adjoin = (a: Period, b: Period) => end(a.to) === begin(b.from);

/** All periods that any of the series has, in time order, each once. */
export function periodsOf(series: { points: Period[] }[]): Period[] {
	const known = new Map<string, Period>();
	for (const { points } of series) for (const { from, to } of points) known.set(from, { from, to });
	return [...known.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Runs of periods without a hole between them. */
export function runs<P extends Period>(periods: P[]): P[][] {
	const all: P[][] = [];
	for (const period of periods) {
		const run = all.at(-1);
		const last = run?.at(-1);
		if (run && last && adjoin(last, period)) run.push(period);
		else all.push([period]);
	}
	return all;
}

/** The holes between runs: what nobody has data of. */
export function gaps(periods: Period[]): Period[] {
	const all = runs(periods);
	return all.slice(1).flatMap((run, i) => {
		const [before, after] = [all[i]?.at(-1), run[0]];
		if (!before || !after) return [];
		return [{ from: dayOf(end(before.to)), to: dayOf(begin(after.from) - DAY) }];
	});
}

/** A scale from the first day to the end of the last. `periods` has at least one. */
export function timeScale(periods: Period[], range: [number, number]): Scale {
	const [first, last] = [periods[0], periods.at(-1)];
	const domain: [number, number] = first && last ? [begin(first.from), end(last.to)] : [0, DAY];
	return linear(domain, range);
}

export interface Tick {
	at: number;
	unit: 'day' | 'month' | 'year';
	/** Whether the year stands on it: on the first tick and where a year begins. */
	year: boolean;
}

/** Midnights every `days` days, Mondays where these are whole weeks; of `[from, to)`. */
function daily(days: number, from: number, to: number): number[] {
	const step = days * DAY;
	const origin = days % 7 === 0 ? MONDAY : 0;
	const first = origin + Math.ceil((from - origin) / step) * step;
	return Array.from({ length: Math.max(0, Math.ceil((to - first) / step)) }, (_, n) => first + n * step);
}
/** The first Monday after the epoch. */
const MONDAY = 4 * DAY;

/** First days of every so many months, counted from January 1900; of `[from, to)`. */
function monthly(months: number, from: number, to: number): number[] {
	const start = new Date(from);
	const before = Math.floor(((start.getUTCFullYear() - 1900) * 12 + start.getUTCMonth()) / months) * months;
	const all: number[] = [];
	for (let n = before; Date.UTC(1900, n) < to; n += months) all.push(Date.UTC(1900, n));
	return all.filter((at) => at >= from);
}

const STEPS = [
	{ unit: 'day', length: 1, every: daily },
	{ unit: 'day', length: 7, every: daily },
	...[1, 3, 6].map((length) => ({ unit: 'month' as const, length, every: monthly })),
	...[1, 2, 5, 10, 20, 50].map((years) => ({ unit: 'year' as const, length: years * 12, every: monthly }))
] as const;

/** The finest ticks whose labels, `room` pixels each, do not touch. */
export function timeTicks(scale: Scale, room = 64): Tick[] {
	const [from, to] = scale.domain;
	const [left, right] = scale.range;
	const most = Math.max(1, Math.floor((right - left) / room));
	let ticks: { unit: Tick['unit']; all: number[] } = { unit: 'year', all: [] };
	for (const { unit, length, every } of STEPS) {
		ticks = { unit, all: every(length, from, to) };
		if (ticks.all.length <= most) break;
	}
	let year = -1;
	return ticks.all.map((at) => {
		const begins = new Date(at).getUTCFullYear() !== year;
		year = new Date(at).getUTCFullYear();
		return { at, unit: ticks.unit, year: begins };
	});
}

/** Index of the period nearest to the instant `at`; -1 where there is none. */
export function nearest(periods: Period[], at: number): number {
	let best = -1;
	let least = Infinity;
	periods.forEach((period, i) => {
		const distance = Math.abs(middle(period) - at);
		if (distance < least) [best, least] = [i, distance];
	});
	return best;
}
