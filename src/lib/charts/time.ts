/** Periods of whole days on a line of time, and its human ticks. Instants are milliseconds since the epoch; everything in UTC. */
import { utcDay, utcMonday, utcMonth, utcYear, type TimeInterval } from 'd3';
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

const every = (interval: TimeInterval, step: number): TimeInterval => interval.filter((date) => {
	const place = interval === utcMonth ? date.getUTCMonth() : date.getUTCFullYear();
	return place % step === 0;
}); // prettier-ignore
const STEPS: { unit: Tick['unit']; interval: TimeInterval }[] = [
	{ unit: 'day', interval: utcDay },
	{ unit: 'day', interval: utcMonday },
	{ unit: 'month', interval: utcMonth },
	{ unit: 'month', interval: every(utcMonth, 3) },
	{ unit: 'month', interval: every(utcMonth, 6) },
	{ unit: 'year', interval: utcYear },
	...[2, 5, 10, 20].map((step) => ({ unit: 'year' as const, interval: every(utcYear, step) }))
];

/** The finest ticks whose labels, `room` pixels each, do not touch. */
export function timeTicks(scale: Scale, room = 64): Tick[] {
	const [from, to] = scale.domain;
	const [left, right] = scale.range;
	const most = Math.max(1, Math.floor((right - left) / room));
	const days = (to - from) / DAY;
	// Days are counted before they are made: a century of them is not worth listing.
	const fits = STEPS.find(
		({ interval }) =>
			(interval !== utcDay || days <= most) && interval.range(new Date(from), new Date(to)).length <= most
	);
	const { unit, interval } = fits ?? { unit: 'year' as const, interval: every(utcYear, 50) };
	let year = -1;
	return interval.range(new Date(from), new Date(to)).map((at) => {
		const begins = at.getUTCFullYear() !== year;
		year = at.getUTCFullYear();
		return { at: at.getTime(), unit, year: begins };
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
