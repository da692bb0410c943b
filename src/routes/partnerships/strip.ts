/** A pair's evidence by week as one small drawing: texts as bars, clauses as marks above them, a share as a line. */
import { addDays, dayOf, daysBetween, startOf } from '#lib/domain/time.ts';

export interface StripInput {
	/** The last day shown. */
	day: string;
	/** Different texts by the Monday of their week. */
	weeks: readonly (readonly [monday: string, texts: number])[];
	clauses: readonly { at: string; verdict: 'confirmed' | 'pending' }[];
	points: readonly { from: string; share: number | null }[];
}
export interface Strip {
	bars: { x: number; y: number; width: number; height: number }[];
	marks: { x: number; hollow: boolean }[];
	/** One path a run without gaps. */
	line: string;
	end: { x: number; y: number } | null;
	ticks: { x: number; day: string }[];
}

/** A year and a half: what a partnership takes to ripen. */
export const WEEKS = 78;
const TOP = 14;

export const mondayOf = (day: string): string =>
	addDays(day, -((new Date(startOf(day)).getUTCDay() + 6) % 7));
export const firstWeek = (day: string): string => addDays(mondayOf(day), -7 * (WEEKS - 1));

/** `base`: where bars stand, px; the marks have the room above {@link TOP}. Bars and line have scales of their own, from 0. */
export function stripOf({ day, weeks, clauses, points }: StripInput, width: number, base: number): Strip {
	const first = firstWeek(day);
	const step = width / WEEKS;
	const x = (at: string) => ((daysBetween(first, at) - 1) / 7) * step;
	const shown = weeks.filter(([monday]) => monday >= first);
	const most = Math.max(4, ...shown.map(([, texts]) => texts));
	const known = points.filter((point) => point.from >= first);
	const top = Math.max(0.1, ...known.map(({ share }) => share ?? 0));
	const y = (share: number) => round(base - (share / top) * (base - TOP));
	let line = '';
	let open = false;
	let end: Strip['end'] = null;
	for (const { from, share } of known) {
		if (share !== null) {
			end = { x: round(x(from) + step / 2), y: y(share) };
			line += `${open ? 'L' : 'M'}${end.x},${end.y}`;
		}
		open = share !== null;
	}
	return {
		bars: shown.map(([monday, texts]) => {
			const height = round(Math.max(1, (texts / most) * (base - TOP)));
			return { x: round(x(monday)), y: round(base - height), width: round(Math.max(1, step - 0.6)), height };
		}),
		marks: clauses.flatMap(({ at, verdict }) => {
			const on = at.slice(0, 10);
			return on >= first ? [{ x: round(x(on)), hollow: verdict === 'pending' }] : [];
		}),
		line,
		end,
		ticks: quarters(first, day).map((on) => ({ x: round(x(on)), day: on }))
	};
}

/** First days of every second quarter between two days. */
function quarters(first: string, last: string): string[] {
	const found: string[] = [];
	for (
		let at = dayOf(Date.parse(`${first.slice(0, 7)}-01T00:00:00Z`));
		at <= last;
		at = `${addDays(at, 31).slice(0, 7)}-01`
	)
		if (at > first && (at.slice(5, 7) === '01' || at.slice(5, 7) === '07')) found.push(at);
	return found;
}

const round = (value: number): number => Math.round(value * 10) / 10;
