/** What is to happen at a time, kept until it was done. */
import type { Timers } from './desk.ts';
import type { Database } from './schema.ts';

export const timers = ({ tables }: Database): Timers => ({
	async set({ name, due, payload }) {
		const row = { due, payload: JSON.stringify(payload ?? null) };
		await tables
			.insertInto('timers')
			.values({ name, ...row })
			.onConflict((conflict) => conflict.column('name').doUpdateSet(row))
			.execute();
	},
	async due(now, limit) {
		const rows = await tables
			.selectFrom('timers')
			.selectAll()
			.where('due', '<=', now)
			.orderBy('due')
			.orderBy('name')
			.limit(limit)
			.execute();
		return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as unknown }));
	},
	async done(name, due) {
		await tables.deleteFrom('timers').where('name', '=', name).where('due', '=', due).execute();
	}
});
