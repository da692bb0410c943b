/**
 * Referral shares: what part of a destination's traffic each source brought, period by period.
 *
 * A share is part / total of one provider, destination, metric and period. A period is made of the observations that span exactly
 * it or, where there are none, of its single days, never of both; a window that spans no whole period gives no line. Sources that
 * cannot be told apart stay one visible slice. A period without observations is a gap, never a zero.
 */
import { shareRanges } from './interval.ts';
import { inOrder, Observations } from './observations.ts';
import type { Destination, Observation } from './observations.ts';
import { dayAt, firstDay, lastDay, weekday } from './periods.ts';
import type { Grain } from './periods.ts';
import { slice } from './sources.ts';

export interface ShareLine {
	provider: string;
	destination: string;
	source: string;
	/** First day of the period. */
	period: string;
	/** Of how many days the period is made. */
	days: number;
	value: number;
	/** Part of the period's total, with the 95% range of the share underneath; null where the total is 0. */
	share: number | null;
	low: number | null;
	high: number | null;
}

export interface ShareOptions {
	metric: string;
	grain: Grain;
	/** The series that a source belongs to: by default its own, or the unattributed slice. */
	label?: (source: string) => string;
}

/** People who came on two days are counted on both: days of these metrics are never added up. */
const NOT_ADDITIVE: ReadonlySet<string> = new Set(['users', 'visitors']);
/** Sums of money: their scatter tells how sure a share is, the number of their units does not. */
const AMOUNTS: ReadonlySet<string> = new Set(['revenue', 'spend']);

/** The shares of everything in `observations` (of the one metric that `options` names), by provider, destination, source, period. */
export function* shareLines(observations: Observations, options: ShareOptions): Generator<ShareLine> {
	for (const destination of observations.destinations()) yield* linesOf(destination, options);
}

/** The same for a list. */
export function sharesOf(list: Iterable<Observation>, options: ShareOptions): ShareLine[] {
	const observations = new Observations();
	for (const observation of list) observations.add(observation);
	return [...shareLines(observations, options)];
}

function* linesOf(of: Destination, options: ShareOptions): Generator<ShareLine> {
	const { provider, destination } = of;
	const { series, totals, days } = periodsOf(of, options);
	// Every source has the same few periods: each is written once.
	const names = new Map(days.keys().map((first) => [first, dayAt(first)]));
	for (const [source, values] of inOrder(series)) {
		const periods = [...values.keys()].sort((a, b) => a - b);
		const value = periods.map((period) => values.get(period) ?? 0);
		const total = periods.map((period) => totals.get(period) ?? 0);
		const season = options.grain === 'day' ? periods.map(weekday) : null;
		const ranges = shareRanges({ value, total, season }, { counts: !AMOUNTS.has(options.metric) });
		for (const [i, first] of periods.entries()) {
			const { share, low, high } = ranges[i] ?? { share: null, low: null, high: null };
			const line = {
				provider,
				destination,
				source,
				period: names.get(first) ?? dayAt(first),
				days: days.get(first) ?? 0
			};
			yield { ...line, value: value[i] ?? 0, share, low, high };
		}
	}
}

interface Periods {
	/** By series: the value of each period that it was observed in. */
	series: Map<string, Map<number, number>>;
	totals: Map<number, number>;
	days: Map<number, number>;
}

function periodsOf({ sources }: Destination, { metric, grain, label = slice }: ShareOptions): Periods {
	const whole = new Set<number>();
	for (const spans of sources.values())
		spans.each((from, to) => {
			if (firstDay(from, grain) === from && lastDay(from, grain) === to) whole.add(from);
		});
	const added = !NOT_ADDITIVE.has(metric);
	const series = new Map<string, Map<number, number>>();
	const totals = new Map<number, number>();
	const singles = new Set<number>();
	for (const [source, spans] of inOrder(sources)) {
		const name = label(source);
		const values = series.get(name) ?? new Map<number, number>();
		spans.each((from, to, value) => {
			const period = firstDay(from, grain);
			const counts = whole.has(period)
				? from === period && to === lastDay(period, grain)
				: added && from === to;
			if (!counts) return;
			if (!whole.has(period)) singles.add(from);
			values.set(period, (values.get(period) ?? 0) + value);
			totals.set(period, (totals.get(period) ?? 0) + value);
		});
		if (values.size) series.set(name, values);
	}
	const days = new Map([...whole].map((period) => [period, lastDay(period, grain) - period + 1]));
	for (const day of singles) {
		const period = firstDay(day, grain);
		days.set(period, (days.get(period) ?? 0) + 1);
	}
	return { series, totals, days };
}
