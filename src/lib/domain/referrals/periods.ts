/** Periods that shares are told by: a day, a week from Monday, a calendar month. Inside, days are whole numbers since 1970-01-01. */
import { DAY, dayOf, startOf } from '../time.ts';

export const GRAINS = ['day', 'week', 'month'] as const;
export type Grain = (typeof GRAINS)[number];
export const isGrain = (name: string): name is Grain => (GRAINS as readonly string[]).includes(name);

/** Days since 1970-01-01 of `day` (`YYYY-MM-DD`), and back. */
export const dayNumber = (day: string): number => Math.round(startOf(day) / DAY);
export const dayAt = (number: number): string => dayOf(number * DAY);

/** First day of the period that holds the day `number`. */
export function firstDay(number: number, grain: Grain): number {
	if (grain === 'day') return number;
	if (grain === 'week') return number - modulo(number + 3, 7); // 1970-01-01 was a Thursday
	return number - new Date(number * DAY).getUTCDate() + 1;
}

/** Last day of the period that begins on the day `first`. */
export function lastDay(first: number, grain: Grain): number {
	if (grain === 'day') return first;
	if (grain === 'week') return first + 6;
	const date = new Date(first * DAY);
	return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / DAY);
}

/** Weekday of a day: 0 is Monday, 6 Sunday. */
export const weekday = (number: number): number => modulo(number + 3, 7);

/** The same for days as text: the first day of the period around `day`, and the last day of the period that begins on `period`. */
export const periodOf = (day: string, grain: Grain): string => dayAt(firstDay(dayNumber(day), grain));
export const periodEnd = (period: string, grain: Grain): string => dayAt(lastDay(dayNumber(period), grain));

const modulo = (n: number, by: number) => ((n % by) + by) % by;
