/** When the reader looked last: a cookie that says when this visit was last seen, and when the one before it was. */
import type { Cookies } from '@sveltejs/kit';

/** After so long without a page a visit is over. Milliseconds. */
const OVER = 30 * 60_000;
const YEAR = 365 * 86_400;

export interface Visit {
	/** Ms. */
	last: number;
	/** End of the visit before, ms; null in the first one. */
	before: number | null;
}

/** The visit that goes on at `now`; `said`: what the cookie holds. */
export function visitAt(said: string | undefined, now: number): Visit {
	const [, last, before] = (/^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(said ?? '') ?? []).map(Number);
	if (last === undefined || last > now) return { last: now, before: null };
	const known = before !== undefined && before <= last ? before : null;
	return { last: now, before: now - last > OVER ? last : known };
}

/**
 * When the reader's visit to a place before this one ended, ms; null where there was none. Notes that it is looked at now. `place`: of the
 * rail; each has a visit of its own, or one page would take what is new from the others.
 */
export function lastVisit(cookies: Cookies, url: URL, place: string, now: number): number | null {
	const name = `visit-${place}`;
	const visit = visitAt(cookies.get(name), now);
	const value = visit.before === null ? String(visit.last) : `${visit.last}.${visit.before}`;
	cookies.set(name, value, {
		path: '/',
		maxAge: YEAR,
		sameSite: 'lax',
		httpOnly: true,
		secure: url.protocol === 'https:'
	});
	return visit.before;
}
