/** How much there is, and how fresh. */
import { formatInstant } from '#lib/domain/time.ts';
import { z } from 'zod';
import { instant, whole } from './rows.ts';
import type { Store } from './store.ts';

const topic = z.object({
	topic: z.enum(['news', 'policies', 'traffic']),
	/** Rows; until parts are merged repeated ones may count twice. */
	rows: whole,
	/** When the newest was accepted, and when it was known; null when there is none. */
	accepted: instant.nullable(),
	known: instant.nullable(),
	/** Rows of the demo. */
	demo: whole
});
export type TopicOverview = z.output<typeof topic>;

const TABLES = [
	['news', 'news'],
	['policies', 'policy_sightings'],
	['traffic', 'traffic']
] as const;

/** One row a topic. Reads three short columns of each table. */
export const overview = (store: Store, signal?: AbortSignal): Promise<TopicOverview[]> =>
	store.select({
		sql: TABLES.map(
			([
				name,
				table
			]) => `SELECT '${name}' AS topic, count() AS rows, maxOrNull(accepted) AS accepted, maxOrNull(known) AS known,
					countIf(origin = 'demo') AS demo FROM ${table}`
		).join(' UNION ALL '),
		row: topic,
		...(signal && { signal })
	});

const HOURS = 24;

/**
 * Events that the log took in each of the 24 hours before `now` (ms), the oldest first; what the demo brought is not counted. Reads two
 * short columns of each table.
 */
export async function arrivals(store: Store, now: number, signal?: AbortSignal): Promise<number[]> {
	const rows = await store.select({
		sql: `WITH parseDateTime64BestEffort({now:String}, 3, 'UTC') AS until
			SELECT intDiv(dateDiff('second', accepted, until), 3600) AS ago, count() AS events FROM (${TABLES.map(
				([, table]) => `SELECT accepted, origin FROM ${table}`
			).join(' UNION ALL ')})
			WHERE accepted > until - INTERVAL ${HOURS} HOUR AND accepted <= until AND origin != 'demo' GROUP BY ago`,
		params: { now: formatInstant(now) },
		row: z.object({ ago: whole, events: whole }),
		...(signal && { signal })
	});
	const hours = new Map(rows.map(({ ago, events }) => [ago, events]));
	return Array.from({ length: HOURS }, (_, i) => hours.get(HOURS - 1 - i) ?? 0);
}
