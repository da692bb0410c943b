/** The day that a sentence says. Only a day that it states is told: "last year", a range or a deadline are none. */
import { en, zh } from 'chrono-node';
import type { ParsedResult } from 'chrono-node';

const DAY_MS = 86_400_000;
/** Minutes ahead of UTC where a language is mostly written: their "yesterday" is a day there. */
const ZONES: Readonly<Record<string, number>> = { zh: 480 };
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
/** What cannot hold a day is not parsed: a day of a month, of the week, of the last ones. */
const MAYBE = new RegExp(
	`\\b${MONTH} \\d|\\d(?:st|nd|rd|th)? (?:of )?${MONTH}|\\d[-/]\\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|this morning|days? ago|[\\d一二三四五六七八九十]日|周|星期|昨|今[天日晚]|前天|天前`,
	'i'
);
const MAYBE_ALL = new RegExp(MAYBE, 'gi');
/** Characters around what may hold a day that can change its meaning. */
const AROUND = 24;
/** Before a date: it ends or begins something, or is yet to come. */
const EDGE =
	/(?:\b(?:from|until|till|by|since|before|through|between|starting|week of|end of|next|due|known)|自|从|截至|截止|至|到|下)\s*(?:on\s*)?$/i;
const EDGE_AFTER =
	/^\s*(?:起|前(?!往)|之前|以前|以来|[至到—-]\s*(?:\d|[一二三四五六七八九十]|周|下)|to\b|through\b)/;
/** Moments and spans that are no day. */
const VAGUE = /now|second|minute|hour|week|month|year|凌晨|刚才|现在|小时|分钟|周前|月前|年前/i;
const WEEKDAY = /周|星期|day/;
/** Chinese reports name the day of the month alone: 24日. */
const DAY_OF_MONTH = /(?<![\d月年])(?:本月)?([12]?\d|3[01])日(?![\d元均])/g;
/** So far ahead a day without a year is still the coming one. */
const COMING_DAYS = 45;

/**
 * The day (YYYY-MM-DD) that `sentence` states, seen from `published` (RFC 3339). Undefined where it states none, several, or one to come.
 */
export function dayIn(sentence: string, language: string, published: string): string | undefined {
	const [first, last] = [sentence.search(MAYBE), lastOf(sentence)];
	if (first < 0) return undefined;
	const zone = ZONES[language] ?? 0;
	const at = Date.parse(published);
	if (!Number.isFinite(at)) return undefined;
	const today = new Date(at + zone * 60_000).toISOString().slice(0, 10);
	const parser = language === 'zh' ? zh.hans : en;
	const [year = 0, month = 1, ofMonth = 1] = today.split('-').map(Number);
	// Noon of that day where this machine is: chrono's Chinese looks at the machine's clock, whatever zone it is given.
	const part = sentence.slice(Math.max(0, first - AROUND), last + AROUND);
	const results = parser.parse(part, new Date(year, month - 1, ofMonth, 12));
	const days = new Set(results.flatMap((result) => dayOf(result, part, today) ?? []));
	if (language === 'zh') for (const day of daysOfMonth(part, today)) days.add(day);
	const [day, ...more] = days;
	return day !== undefined && more.length === 0 && day <= today ? day : undefined;
}

const lastOf = (sentence: string): number => {
	let last = -1;
	for (const { index } of sentence.matchAll(MAYBE_ALL)) last = index;
	return last;
};

function dayOf({ text, index, start, end }: ParsedResult, sentence: string, today: string): string | null {
	const before = sentence.slice(Math.max(0, index - 14), index);
	if (end || VAGUE.test(text) || EDGE.test(before) || EDGE_AFTER.test(sentence.slice(index + text.length))) return null; // prettier-ignore
	const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
	if (year === null || month === null || day === null) return null;
	if (!start.isCertain('day') && !start.isCertain('weekday')) return null;
	if (start.isCertain('day') && start.isCertain('year')) return format(year, month, day);
	const found = format(year, month, day);
	// A weekday without more is the last one; a day without a year the last one, unless it comes soon.
	if (!start.isCertain('day')) {
		if (/next|coming|下/i.test(text)) return null;
		return found > today && WEEKDAY.test(text) ? shifted(found, -7) : found;
	}
	const thisYear = Number(today.slice(0, 4));
	const dated = format(before.endsWith('去') ? thisYear - 1 : thisYear, month, day);
	const ahead = Date.parse(dated) - Date.parse(today);
	return ahead > COMING_DAYS * DAY_MS ? format(thisYear - 1, month, day) : dated;
}

function* daysOfMonth(sentence: string, today: string): Generator<string> {
	for (const match of sentence.matchAll(DAY_OF_MONTH)) {
		const [year, month] = today.split('-').map(Number);
		const day = Number(match[1]);
		if (day === 0 || EDGE.test(sentence.slice(0, match.index)) || EDGE_AFTER.test(sentence.slice(match.index + match[0].length))) continue; // prettier-ignore
		const here = format(year ?? 0, month ?? 1, day);
		const found = here <= today ? here : format(year ?? 0, (month ?? 1) - 1, day);
		if (Number(found.slice(-2)) === day) yield found;
	}
}

const format = (year: number, month: number, day: number): string =>
	new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
const shifted = (day: string, days: number): string =>
	new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
