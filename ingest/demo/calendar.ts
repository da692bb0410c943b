/**
 * The scenario was written for one day; a calendar moves it so that it ends on another. Days in the script stay what they are, and all
 * are shifted by the same number of days.
 */
import { DAY, addDays, formatInstant, startOf } from '#lib/domain/time.ts';

/** The day on which the script ends. */
export const SCRIPT_TODAY = '2026-11-20';
/** The day on which it begins, eighteen months earlier. */
export const SCRIPT_START = '2025-05-21';

export type Language = 'en' | 'zh';

export interface Calendar {
	today: string;
	/** A day of the script, shifted. */
	day(scripted: string): string;
	/** An instant of the script, shifted, in ms. `time`: `HH:MM`, UTC. */
	at(scripted: string, time: string): number;
	/** Puts the weekday's name for every `{YYYY-MM-DD}` in a text. */
	weekdays(text: string, language: Language): string;
}

const NAMES: Record<Language, readonly string[]> = {
	en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
	zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
};

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: string): number => (Math.floor(startOf(day) / DAY) + 3) % 7;

/** `today`: `YYYY-MM-DD`. */
export function calendar(today: string): Calendar {
	const shift = Math.round((startOf(today) - startOf(SCRIPT_TODAY)) / DAY);
	const day = (scripted: string) => addDays(scripted, shift);
	return {
		today,
		day,
		at: (scripted, time) => startOf(day(scripted)) + Date.parse(`1970-01-01T${time}:00Z`),
		weekdays: (text, language) =>
			text.replace(
				/\{(\d{4}-\d{2}-\d{2})\}/g,
				(_, scripted: string) => NAMES[language][(weekdayOf(day(scripted)) + 1) % 7] ?? ''
			)
	};
}

/** RFC 3339 of `at` (ms). */
export const instant = formatInstant;
