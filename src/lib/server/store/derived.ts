/** Everything in the store that can be made again from the inputs. */
import { isDeepStrictEqual } from 'node:util';
import { formatInstant } from '#lib/domain/time.ts';
import { ndjson } from './rows.ts';
import type { Store } from './store.ts';

export const DERIVED = ['mentions', 'stories', 'policy_changes', 'signals'] as const;
export type Derived = (typeof DERIVED)[number];

/** Where derived rows go. */
export interface Into {
	/** Another table of the same shape, for a rebuild. */
	table?: string;
	/** Equal for a repeated block, which is then cheap. */
	token?: string;
}

export async function insertDerived(
	store: Store,
	name: Derived,
	rows: readonly object[],
	{ table = name, token }: Into
): Promise<void> {
	if (rows.length === 0) return;
	await store.insert({
		sql: 'INSERT INTO {table:Identifier} FORMAT JSONEachRow',
		params: { table },
		body: ndjson(rows),
		...(token && { token })
	});
}

/**
 * The rows that are missing where `stored` is what was last written and `found` what a reading finds now: those that are new or say
 * something else and, as dead, those that it no longer finds. `recorded` (ms) dates a row; `was` is the one that it takes the place of.
 */
export function differences<R extends { live: boolean; recorded: string }>(
	found: readonly R[],
	stored: readonly R[],
	{ key, said, recorded }: { key: (row: R) => string; said: (row: R) => unknown; recorded: (row: R, was?: R) => number }
): R[] {
	const known = new Map(stored.map((row) => [key(row), row]));
	const dated = (row: R, was?: R): R => ({ ...row, recorded: formatInstant(recorded(row, was)) });
	const written = found.flatMap((row) => {
		const was = known.get(key(row));
		known.delete(key(row));
		if (was ? isDeepStrictEqual(said(row), said(was)) : !row.live) return [];
		return [dated(row, was)];
	});
	const fell = [...known.values()].filter(({ live }) => live);
	return [...written, ...fell.map((row) => dated({ ...row, live: false }, row))];
} // prettier-ignore

/** Empties a derived table. */
export const truncateDerived = (store: Store, name: Derived): Promise<void> =>
	store.command('TRUNCATE TABLE {name:Identifier}', { name });

/**
 * Makes a derived table again: `fill` writes into a new one, which then takes the place of the old at once; readers never see a part.
 * What consumers store meanwhile goes to both. Resolves to what `fill` does. Killed halfway, the old table stands; run it again. Two
 * rebuilds of one table at once are not provided for.
 */
export async function rebuildTable<T>(
	store: Store,
	name: Derived,
	fill: (table: string) => Promise<T>
): Promise<T> {
	// Names come from the closed list above; a table to be copied cannot be a parameter.
	const [fresh, follower] = [`${name}_fresh`, `${name}_follower`];
	const discard = async () => {
		await store.command(`DROP TABLE IF EXISTS ${follower} SYNC`);
		await store.command(`DROP TABLE IF EXISTS ${fresh} SYNC`);
	};
	await discard();
	try {
		await store.command(`CREATE TABLE ${fresh} AS ${name}`);
		await store.command(`CREATE MATERIALIZED VIEW ${follower} TO ${fresh} AS SELECT * FROM ${name}`);
		const result = await fill(fresh);
		await store.command(`EXCHANGE TABLES ${fresh} AND ${name}`);
		return result;
	} finally {
		await discard();
	}
}
