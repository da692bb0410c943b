/** What lies between two policy texts: derived, and a function of the two alone, so that a sighting that comes late changes nothing. */
import { z } from 'zod';
import type { Into } from './derived.ts';
import { inParts, ndjson } from './rows.ts';
import type { Store } from './store.ts';

export interface Pair {
	/** SHA-256 of the texts, in hex. */
	before: string;
	after: string;
}
export interface TextChange extends Pair {
	/** Version of the comparison. */
	differ: string;
	/** JSON. */
	changes: string;
}

export async function insertChanges(
	store: Store,
	rows: readonly TextChange[],
	{ table = 'policy_changes' }: Into = {}
): Promise<void> {
	if (rows.length === 0) return;
	await store.insert({
		sql: `INSERT INTO {table:Identifier} (before, after, differ, changes)
			SELECT unhex(before), unhex(after), differ, changes
			FROM input('before String, after String, differ String, changes String') FORMAT JSONEachRow`,
		params: { table },
		body: ndjson(rows)
	});
}

/** The comparisons of `pairs` that are stored, made by `differ`. */
export const changesFor = (
	store: Store,
	pairs: readonly Pair[],
	differ: string,
	signal?: AbortSignal
): Promise<TextChange[]> =>
	inParts(pairs, (part) =>
		store.select({
			sql: `SELECT lower(hex(before)) AS before, lower(hex(after)) AS after, differ, changes FROM policy_changes AS c FINAL
				WHERE differ = {differ:String} AND (c.before, c.after) IN (
					SELECT toFixedString(unhex(pair.1), 32), toFixedString(unhex(pair.2), 32)
					FROM (SELECT arrayJoin(arrayZip({before:Array(String)}, {after:Array(String)})) AS pair)
				)`,
			params: { differ, before: part.map((pair) => pair.before), after: part.map((pair) => pair.after) },
			row: z.object({ before: z.string(), after: z.string(), differ: z.string(), changes: z.string() }),
			...(signal && { signal })
		})
	);
