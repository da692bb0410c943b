/** What people write, every version of it. */
import { sql, type Selectable } from 'kysely';
import { Problem } from '../errors.ts';
import type { Document, Documents } from './desk.ts';
import type { Database, Schema, Tables } from './schema.ts';

export function documents({ tables }: Database): Documents {
	const versions = (kind: string, id: string) =>
		tables
			.selectFrom('documents')
			.selectAll()
			.where('kind', '=', kind)
			.where('id', '=', id)
			.orderBy('version', 'desc');
	/** What each kind's list was when it was last read. */
	const lists = new Map<string, readonly Document[]>();
	const namesOf = (versions: readonly { id: string; version: unknown }[]) =>
		versions.map(({ id, version }) => `${id} ${String(version)}`).join('\n');
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
				.groupBy('id');
			const last = by === undefined ? lists.get(kind) : undefined;
			if (last && namesOf(await newest.orderBy('id').execute()) === namesOf(last)) return last;
			const rows = await tables
				.selectFrom('documents as d')
				.innerJoin(newest.as('newest'), (join) =>
					join.onRef('newest.id', '=', 'd.id').onRef('newest.version', '=', 'd.version')
				)
				.selectAll('d')
				.where('d.kind', '=', kind)
				.orderBy('d.id')
				.execute();
			const list = Object.freeze(rows.map(read));
			if (by === undefined) lists.set(kind, list);
			return list;
		},
		async history(kind, id, limit) {
			const all = versions(kind, id);
			return (await (limit === undefined ? all : all.limit(limit)).execute()).map(read);
		},
		save: (document) => save(tables, document),
		saveAll: (all) =>
			tables.transaction().execute(async (transaction) => {
				// In one order: of two who save the same ones the second waits for the first, and neither for the other.
				for (const one of all.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)))
					await save(transaction, one);
			})
	};
}

const nameOf = ({ kind, id }: Document) => `${kind} ${id}`;

async function save(tables: Tables, { kind, id, version, body, who, at }: Document): Promise<Document> {
	const next = { kind, id, version: version + 1, body: JSON.stringify(body), who, at };
	// One statement: of two that read the same version the key lets one through.
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

const read = ({ body, ...row }: Selectable<Schema['documents']>): Document => ({
	...row,
	body: JSON.parse(body) as unknown
});
