/** What is to happen at a time, kept until it was done. */
import { sql, type Selectable } from 'kysely';
import type { Timer, Timers } from './desk.ts';
import type { Database, Schema } from './schema.ts';

export const timers = ({ tables }: Database): Timers => ({
	async set({ name, due, payload }) {
		const row = { due, payload: JSON.stringify(payload ?? null) };
		await tables
			.insertInto('timers')
			.values({ name, ...row })
			.onConflict((conflict) => conflict.column('name').doUpdateSet(row))
			.execute();
	},
	async due(now, limit, prefix = '') {
		const rows = await tables
			.selectFrom('timers')
			.selectAll()
			.where('due', '<=', now)
			.where(sql<string>`substr(name, 1, ${prefix.length})`, '=', prefix)
			.orderBy('due')
			.orderBy('name')
			.limit(limit)
			.execute();
		return rows.map(read);
	},
	async get(name) {
		const row = await tables.selectFrom('timers').selectAll().where('name', '=', name).executeTakeFirst();
		return row ? read(row) : null;
	},
	async done(name, due) {
		await tables.deleteFrom('timers').where('name', '=', name).where('due', '=', due).execute();
	}
});

const read = (row: Selectable<Schema['timers']>): Timer => ({
	...row,
	payload: JSON.parse(row.payload) as unknown
});
