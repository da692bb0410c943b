/** How far each partition of each topic has come. */
import type { Desk } from './desk.ts';
import type { Database } from './schema.ts';

export const progress = ({ tables, relaxed }: Database): Desk['progress'] => ({
	/** Comes about twice a second, and what it says is a second old at most: worth no wait for the disk. */
	async report(rows) {
		if (rows.length === 0) return;
		const values = rows.map(({ topic, partition, end, stored, waiting, oldest, at }) => ({
			topic, partition, end, stored, waiting, oldest, at
		})); // prettier-ignore
		await relaxed(async (connection) => {
			await connection
				.insertInto('progress')
				.values(values)
				.onConflict((conflict) =>
					conflict.columns(['topic', 'partition']).doUpdateSet(({ ref }) => ({
						end: ref('excluded.end'),
						stored: ref('excluded.stored'),
						waiting: ref('excluded.waiting'),
						oldest: ref('excluded.oldest'),
						at: ref('excluded.at')
					}))
				)
				.execute();
		});
	},
	all: () => tables.selectFrom('progress').selectAll().orderBy('topic').orderBy('partition').execute()
});
