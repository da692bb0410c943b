/** Times in which sources gave nothing: kept, with their beginning and their end. */
import type { Selectable } from 'kysely';
import type { Silence, Silences } from './desk.ts';
import type { Database, Schema } from './schema.ts';

export const silences = ({ tables }: Database): Silences => ({
	async begin(silence) {
		const kept = await tables
			.insertInto('silences')
			.values({ ...silence, until: null })
			.onConflict((conflict) => conflict.columns(['source', 'since']).doNothing())
			.returning('source')
			.executeTakeFirst();
		return kept !== undefined;
	},
	async end(source, until) {
		await tables
			.updateTable('silences')
			.set({ until })
			.where('source', '=', source)
			.where('until', 'is', null)
			.execute();
	},
	async list({ source, open = false, limit }) {
		let rows = tables.selectFrom('silences').selectAll();
		if (source !== undefined) rows = rows.where('source', '=', source);
		if (open) rows = rows.where('until', 'is', null);
		return (await rows.orderBy('since', 'desc').orderBy('source').limit(limit).execute()).map(read);
	}
});

const read = (row: Selectable<Schema['silences']>): Silence => row;
