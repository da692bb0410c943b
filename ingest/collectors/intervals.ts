/** When a source is visited next. Times and spans in ms; `random` from 0 to 1. */
import type { FetchProblem } from '#lib/server/fetch/problem.ts';

const MINUTE = 60_000;
/** Part of the interval by which visits are spread, so that sources do not move in step. */
const SPREAD = 0.05;
/** A source that was not read for so many intervals is blind, and for so long beyond one at least: what is due is looked for now and then. */
const BLIND_AFTER = 1.5;
const LEAST_BEYOND = 12_000;

/** After a success at `now`. */
export const nextVisit = (interval: number, now: number, random: number): number =>
	Math.round(now + interval * (1 - SPREAD + 2 * SPREAD * random));

/**
 * After failure number `failures` (from 1) at `now`: kinds that pass are tried again after 1, 2, 4 … minutes, others after an interval;
 * never later than an interval, nor sooner than the site asks.
 */
export function retryVisit(
	interval: number,
	failures: number,
	problem: FetchProblem,
	now: number,
	random: number
): number {
	const patience = problem.retryable
		? Math.min(interval, MINUTE * 2 ** Math.min(failures - 1, 16))
		: interval;
	return Math.round(now + Math.max(patience * (0.75 + random / 2), problem.retryAfter ?? 0));
}

/** From when on a source counts as blind: silence beyond its interval. */
export const blindFrom = (
	interval: number,
	{ lastSuccess, since }: { lastSuccess: number | null; since: number }
): number => (lastSuccess ?? since) + Math.max(interval * BLIND_AFTER, interval + LEAST_BEYOND);
