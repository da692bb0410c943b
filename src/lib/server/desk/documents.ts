/** What people write, every version of it. */
import { sql, type Selectable } from 'kysely';
import { Problem } from '../errors.ts';
import type { Document, Documents } from './desk.ts';
import type { Database, Schema } from './schema.ts';

export function documents({ tables }: Database): Documents {
	const versions = (kind: string, id: string) =>
		tables
			.selectFrom('documents')
			.selectAll()
			.where('kind', '=', kind)
			.where('id', '=', id)
			.orderBy('version', 'desc');
	return {
		async get(kind, id) {
			const row = await versions(kind, id).limit(1).executeTakeFirst();
			return row ? read(row) : null;
		},
		async list(kind, by) {
			const newest = tables
				.selectFrom('documents')
				.select((column) => ['id', column.fn.max('version').as('version')])
				.where('kind', '=', kind)
				.$if(by !== undefined, (query) => query.where('at', '<=', by as number))
				.groupBy('id')
				.as('newest');
			const rows = await tables
				.selectFrom('documents as d')
				.innerJoin(newest, (join) =>
					join.onRef('newest.id', '=', 'd.id').onRef('newest.version', '=', 'd.version')
				)
				.selectAll('d')
				.where('d.kind', '=', kind)
				.orderBy('d.id')
				.execute();
			return rows.map(read);
		},
		async history(kind, id) {
			return (await versions(kind, id).execute()).map(read);
		},
		async save({ kind, id, version, body, who, at }) {
			const next = { kind, id, version: version + 1, body: JSON.stringify(body), who, at };
			// One statement, so that no transaction has to be repeated: of two that read the same version the key lets one through.
			const { rows } = await sql`
				insert into documents (kind, id, version, body, who, at)
				select ${kind}, ${id}, cast(${next.version} as bigint), ${next.body}, ${who}, cast(${at} as bigint)
				where ${version} = (select coalesce(max(version), 0) from documents where kind = ${kind} and id = ${id})
				on conflict do nothing
				returning version`.execute(tables);
			if (rows.length === 0)
				throw new Problem('conflict', `${kind} ${id} was changed after version ${version} was read`);
			return read(next);
		}
	};
}

const read = ({ body, ...row }: Selectable<Schema['documents']>): Document => ({
	...row,
	body: JSON.parse(body) as unknown
});
