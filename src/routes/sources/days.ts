/** How visits to a source went in the last month, a day at a time. */
import type { VisitDay } from '#lib/server/desk/desk.ts';
import { addDays } from '#lib/domain/time.ts';

const DAYS = 30;

/** The last thirty days (UTC), the oldest first. `now`: ms. */
export function lastDays(now: number): string[] {
	const today = new Date(now).toISOString().slice(0, 10);
	return Array.from({ length: DAYS }, (_, i) => addDays(today, i + 1 - DAYS));
}

/** Every day of the month, with the tries of `source`; null where none was made: nobody goes to it. */
export function daysOf(
	source: string,
	visits: readonly VisitDay[],
	now: number
): { day: string; tries: number; failed: number }[] | null {
	const own = new Map(visits.flatMap((one) => (one.source === source ? [[one.day, one]] : [])));
	if (own.size === 0) return null;
	return lastDays(now).map((day) => {
		const { good = 0, failed = 0 } = own.get(day) ?? {};
		return { day, tries: good + failed, failed };
	});
}
