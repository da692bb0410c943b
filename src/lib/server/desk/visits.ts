/** How visits to sources went, counted by day. */
import { sql } from 'kysely';
import type { Visits } from './desk.ts';
import type { Database } from './schema.ts';

/** Days that are kept. */
const KEPT = 62;
const DAY = 86_400_000;

export const visits = ({ tables, relaxed }: Database): Visits => ({
	/** A count that a power failure forgets is no loss worth a wait for the disk. */
	async count(source, at, good) {
		const row = { source, day: dayOf(at), good: good ? 1 : 0, failed: good ? 0 : 1 };
		await relaxed(async (connection) => {
			await connection
				.insertInto('visits')
				.values(row)
				.onConflict((conflict) =>
					conflict.columns(['source', 'day']).doUpdateSet({
						good: sql<number>`visits.good + ${row.good}`,
						failed: sql<number>`visits.failed + ${row.failed}`
					})
				)
				.execute();
			await connection
				.deleteFrom('visits')
				.where('source', '=', source)
				.where('day', '<', dayOf(at - KEPT * DAY))
				.execute();
		});
	},
	since: (day) =>
		tables.selectFrom('visits').selectAll().where('day', '>=', day).orderBy('source').orderBy('day').execute()
});

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
