/** How much there is, and how fresh. */
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

/** One row a topic. Reads three short columns of each table. */
export const overview = (store: Store, signal?: AbortSignal): Promise<TopicOverview[]> =>
	store.select({
		sql: [
			['news', 'news'],
			['policies', 'policy_sightings'],
			['traffic', 'traffic']
		]
			.map(
				([
					name,
					table
				]) => `SELECT '${name}' AS topic, count() AS rows, maxOrNull(accepted) AS accepted, maxOrNull(known) AS known,
					countIf(origin = 'demo') AS demo FROM ${table}`
			)
			.join(' UNION ALL '),
		row: topic,
		...(signal && { signal })
	});
