/** Days and instants. No clock here: whoever calls passes the time. */

/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** `YYYY-MM-DD` of an instant in UTC. `at`: milliseconds since the epoch. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Milliseconds since the epoch of the first instant (UTC) of `day` (`YYYY-MM-DD`). */
export const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day `n` days after `day`. */
export const addDays = (day: string, n: number): string => dayOf(startOf(day) + n * DAY);

/** Whole days from `from` to `to`, both included; 1 for a single day. */
export const daysBetween = (from: string, to: string): number =>
	Math.round((startOf(to) - startOf(from)) / DAY) + 1;

/** Whether `text` is a day that exists. */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const at = startOf(text);
	return !Number.isNaN(at) && dayOf(at) === text;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * An RFC 3339 instant as milliseconds since the epoch, or null where `text` is none.
 * Any offset is read; a leap second (`:60`) is the first instant of the next minute.
 */
export function parseInstant(text: string): number | null {
	const match = INSTANT.exec(text);
	if (!match) return null;
	const [, day = '', hour = '', minute = '', second = '', fraction = '', zone = ''] = match;
	if (!isDay(day) || +hour > 23 || +minute > 59 || +second > 60) return null;
	const offset = /[zZ]/.test(zone)
		? 0
		: (zone[0] === '-' ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
	if (Math.abs(offset) > 24 * 60) return null;
	const ms = Math.floor(Number(`0${fraction}`) * 1000);
	return startOf(day) + ((+hour * 60 + +minute - offset) * 60 + +second) * 1000 + ms;
}

/** An instant as RFC 3339 in UTC with milliseconds. */
export const formatInstant = (at: number): string => new Date(at).toISOString();

/** The latest instant that may be called past: a day ahead of the clock (design.md, "Times to come"). */
export const latestInstant = (now: number): number => now + DAY;

/** The latest day that has begun somewhere on earth (UTC+14 begins it first). */
export const latestDay = (now: number): string => dayOf(now + 14 * 3_600_000);
