/** Events that reached a topic and cannot be read: listed, mended, replayed, never dropped. */
import { sql, type Selectable } from 'kysely';
import type { DeadLetter, DeadLetters, DeadLetterState } from './desk.ts';
import type { Database, Schema } from './schema.ts';

/** Letters a statement: one may hold 4 MB. */
const CHUNK = 50;

export const deadLetters = ({ tables }: Database): DeadLetters => ({
	async put(letters) {
		for (let start = 0; start < letters.length; start += CHUNK) {
			const rows = letters.slice(start, start + CHUNK).map((letter) => ({
				...letter,
				topic: keepable(letter.topic),
				key: keepable(letter.key),
				reason: keepable(letter.reason),
				path: keepable(letter.path),
				writer: keepable(letter.writer),
				state: 'waiting' as const,
				who: null,
				at: null
			}));
			await tables
				.insertInto('dead_letters')
				.values(rows)
				.onConflict((conflict) => conflict.column('id').doNothing())
				.execute();
		}
	},
	async get(id) {
		const row = await tables.selectFrom('dead_letters').selectAll().where('id', '=', id).executeTakeFirst();
		return row ? read(row) : null;
	},
	async list({ state, limit, before }) {
		let query = tables.selectFrom('dead_letters').selectAll();
		if (state !== undefined) query = query.where('state', '=', state);
		if (before !== undefined)
			query = query.where(({ exists, selectFrom }) =>
				exists(
					selectFrom('dead_letters as last').select('last.id').where('last.id', '=', before)
						.where(sql<boolean>`(dead_letters.accepted, dead_letters.topic, dead_letters."partition", dead_letters."offset", dead_letters."row")
						< (last.accepted, last.topic, last."partition", last."offset", last."row")`)
				)
			);
		const rows = await query
			.orderBy('accepted', 'desc')
			.orderBy('topic', 'desc')
			.orderBy('partition', 'desc')
			.orderBy('offset', 'desc')
			.orderBy('row', 'desc')
			.limit(limit)
			.execute();
		return rows.map(read);
	},
	async count() {
		const counts: Record<DeadLetterState, number> = { waiting: 0, replayed: 0, 'set-aside': 0 };
		const rows = await tables
			.selectFrom('dead_letters')
			.select(({ fn }) => ['state', fn.countAll<number>().as('letters')])
			.groupBy('state')
			.execute();
		for (const { state, letters } of rows) counts[state] = letters;
		return counts;
	},
	async settle(id, state, who, at) {
		const settled = await tables
			.updateTable('dead_letters')
			.set({ state, who, at })
			.where('id', '=', id)
			.where('state', '=', 'waiting')
			.returning('id')
			.executeTakeFirst();
		return settled !== undefined;
	}
});

/** PostgreSQL's text has no NUL; a foreign key with one must not make its letter impossible to keep. The bytes stay as they are. */
const keepable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

const read = ({ bytes, ...row }: Selectable<Schema['dead_letters']>): DeadLetter => ({
	...row,
	bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
});
