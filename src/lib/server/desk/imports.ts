/** How far files were imported. */
import type { Imports } from './desk.ts';
import type { Database } from './schema.ts';

export const imports = ({ tables }: Database): Imports => ({
	async get(file) {
		return (
			(await tables.selectFrom('imports').selectAll().where('file', '=', file).executeTakeFirst()) ?? null
		);
	},
	async save({ file, ...progress }) {
		await tables
			.insertInto('imports')
			.values({ file, ...progress })
			.onConflict((conflict) => conflict.column('file').doUpdateSet(progress))
			.execute();
	}
});
