/** Since when nobody can say what a document reads. */
const DAY = 86_400_000;
/** Readings that stay away for so many times their usual distance are silence; days of it that mean nothing. */
const TIMES = 2;
/** Readings of a fortnight that tell how often it is read now. */
const ENOUGH = 4;
const FORTNIGHT = 14 * DAY;
const AT_LEAST = 2 * DAY;

export interface Read {
	first: string;
	last: string;
	sightings: number;
	versions: number;
	/** Readings in the fortnight that ends with the last. */
	recent: number;
}
/** What is known of the page's collector. */
export interface PageHealth {
	state: string;
	/** ms; null where it was never read. */
	lastSuccess: number | null;
	error: string | null;
}

/**
 * The last reading before it went blind, RFC 3339; null where it is read as it should be. A collector says so itself; else silence
 * does. What was read only when it changed, as in an archive, has no usual distance.
 */
export function blindSince(
	{ first, last, sightings, versions, recent }: Read,
	health: PageHealth | undefined,
	now: number
): string | null {
	if (health?.state === 'blind')
		return health.lastSuccess === null ? last : new Date(health.lastSuccess).toISOString();
	if (health || sightings < 2 * versions || sightings < 3) return null;
	const average = (Date.parse(last) - Date.parse(first)) / (sightings - 1);
	const usual = recent >= ENOUGH ? Math.min(average, FORTNIGHT / recent) : average;
	return now - Date.parse(last) > Math.max(AT_LEAST, TIMES * usual) ? last : null;
}
