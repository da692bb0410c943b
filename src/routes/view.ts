/** What the loads of all pages share. */
import { error } from '@sveltejs/kit';
import { addDays, dayOf, formatInstant, startOf } from '#lib/domain/time.ts';
import { statusOf } from '#lib/server/api/problem.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { Services } from '#lib/server/services.ts';
import { readAsOf } from '#lib/ui/addresses.ts';

export interface Shown {
	/** Clock of this load, ms. */
	now: number;
	/** The day that the page shows. */
	day: string;
	/** The last day that was over then. */
	over: string;
	/** What a query takes: the end of a past day, nothing for today. */
	known: { asOf?: string };
}

/** Reads `?asOf=`; 400 where it is no past day. */
export function shownDay(url: URL, now = Date.now()): Shown {
	const today = dayOf(now);
	const asOf = readAsOf(url, today);
	if (asOf === undefined)
		error(400, { message: `asOf=${url.searchParams.get('asOf') ?? ''}`, code: 'invalid' });
	if (asOf === null) return { now, day: today, over: addDays(today, -1), known: {} };
	return { now, day: asOf, over: asOf, known: { asOf: formatInstant(startOf(addDays(asOf, 1)) - 1) } };
}

/** Runs the reading part of a load; a problem becomes the page that says what broke and since when. */
export async function reading<T>({ store }: Pick<Services, 'store'>, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		const { up, since } = store.status();
		error(statusOf(problem), { message: problem.message, code: problem.code, ...(!up && { since }) });
	}
}
