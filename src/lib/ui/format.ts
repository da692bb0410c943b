/**
 * Numbers and times in words, for both languages. Days are `YYYY-MM-DD`, instants milliseconds since the epoch, shares fractions of 1.
 * All times are UTC. English dates are put together from parts (`Fri 20 Nov 2026`): browsers and Node differ in their commas.
 */
import type { Locale } from './locale.ts';

const TAG: Record<Locale, string> = { en: 'en-US', zh: 'zh-CN' };
const DAY = 86_400_000;

// A formatter is dear to make and depends on nothing but its key.
const numbers = new Map<string, Intl.NumberFormat>();
function number(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = locale + JSON.stringify(options);
	const known = numbers.get(key) ?? new Intl.NumberFormat(TAG[locale], options);
	numbers.set(key, known);
	return known;
}
/** Typographic minus. */
const minus = (text: string) => text.replace('-', '−');

/** `25%`, or `25.1%` with `digits` 1. */
export const percent = (share: number, locale: Locale, digits = 0): string =>
	minus(
		number(locale, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
			share
		)
	);

/** A difference of shares in points, signed: `+16.1`, `−0.4`, `0.0`. */
export const points = (difference: number, locale: Locale, digits = 1): string =>
	minus(
		number(locale, {
			minimumFractionDigits: digits,
			maximumFractionDigits: digits,
			signDisplay: 'exceptZero'
		}).format(difference * 100)
	);

/** A share without its sign, as it stands beside a line: `25.1`. */
export const bare = (share: number, locale: Locale, digits = 1): string =>
	number(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share * 100);

/** `23–27`; equal ends are said once. */
export function range(low: number, high: number, locale: Locale, digits = 0): string {
	const [from, to] = [bare(low, locale, digits), bare(high, locale, digits)];
	return from === to ? from : `${from}–${to}`;
}

/** `412,310`; fractions to at most two places. */
export const count = (value: number, locale: Locale): string =>
	number(locale, { maximumFractionDigits: 2 }).format(value);

/** `41.2M`, `4120万`. */
export const compact = (value: number, locale: Locale): string =>
	number(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value);

/** `154 bytes`, `1.2 MB`. */
export function bytes(size: number, locale: Locale): string {
	const unit = size < 1000 ? 'byte' : size < 1e6 ? 'kilobyte' : 'megabyte';
	const scaled = size / { byte: 1, kilobyte: 1e3, megabyte: 1e6 }[unit];
	const unitDisplay = unit === 'byte' ? 'long' : 'short';
	return number(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 }).format(scaled);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = {
	en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
	zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
};
const dateOf = (day: string) => new Date(`${day}T00:00:00Z`);

/** `20 Nov 2026`, `2026年11月20日`; without its year where `year` is false, with its weekday where `weekday` is true. */
export function day(at: string, locale: Locale, { year = true, weekday = false } = {}): string {
	const date = dateOf(at);
	const name = WEEKDAYS[locale][date.getUTCDay()] ?? '';
	const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
	if (locale === 'zh') return `${year ? `${y}年` : ''}${m + 1}月${d}日${weekday ? ` ${name}` : ''}`;
	return `${weekday ? `${name} ` : ''}${d} ${MONTHS[m] ?? ''}${year ? ` ${y}` : ''}`;
}

/** `May 2025`, `2025年5月`; the month alone where `year` is false. */
export function month(at: string, locale: Locale, { year = true } = {}): string {
	const date = dateOf(at);
	const [y, m] = [date.getUTCFullYear(), date.getUTCMonth()];
	return locale === 'zh' ? `${year ? `${y}年` : ''}${m + 1}月` : `${MONTHS[m] ?? ''}${year ? ` ${y}` : ''}`;
}

/** `8–14 Sep 2025`, `28 Sep – 4 Oct 2025`: what both ends share is said once. */
export function days(from: string, to: string, locale: Locale, { year = true } = {}): string {
	if (from === to) return day(from, locale, { year });
	const sameYear = from.slice(0, 4) === to.slice(0, 4);
	const sameMonth = from.slice(0, 7) === to.slice(0, 7);
	const [first, last] = [dateOf(from).getUTCDate(), dateOf(to).getUTCDate()];
	if (locale === 'zh') {
		if (sameMonth) return `${day(from, locale, { year }).slice(0, -1)}–${last}日`;
		return `${day(from, locale, { year })} – ${day(to, locale, { year: year && !sameYear })}`;
	}
	if (sameMonth) return `${first}–${day(to, locale, { year })}`;
	return `${day(from, locale, { year: year && !sameYear })} – ${day(to, locale, { year })}`;
}

/** The same words, never broken over two lines. */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');

/** `08:32` in UTC. */
export const clock = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** `today 08:32` where `now` is on the same day (the word comes with `today`), else `16 Nov 17:05`; with the year where it is another. */
export function instant(at: number, now: number, locale: Locale, today: string): string {
	const on = new Date(at).toISOString().slice(0, 10);
	const here = new Date(now).toISOString().slice(0, 10);
	if (on === here) return `${today} ${clock(at)}`;
	return `${day(on, locale, { year: on.slice(0, 4) !== here.slice(0, 4) })} ${clock(at)}`;
}

const UNITS = [
	['year', 365.25 * DAY],
	['month', 30.44 * DAY],
	['day', DAY],
	['hour', 3_600_000],
	['minute', 60_000],
	['second', 1000]
] as const;

/** How long, in its largest whole unit: `5 days`, `32 minutes`; below a second `0 seconds`. */
export function duration(ms: number, locale: Locale): string {
	const [unit, size] = UNITS.find(([, least]) => ms >= least) ?? ['second', 1000];
	return number(locale, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(
		Math.floor(ms / size)
	);
}

/** `32 minutes ago`, `5天前`; `now` where it is less than a second. */
export function ago(at: number, now: number, locale: Locale): string {
	const [unit, size] = UNITS.find(([, least]) => now - at >= least) ?? ['second', 1000];
	const units = Math.max(0, Math.floor((now - at) / size));
	const numeric = units === 0 ? 'auto' : 'always';
	return new Intl.RelativeTimeFormat(TAG[locale], { numeric }).format(-units, unit);
}
