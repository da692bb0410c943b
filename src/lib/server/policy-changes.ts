/** Changes of policy documents: versions from the sightings, and between two of them the comparison, made once for each pair of texts. */
import { z } from 'zod';
import { diffPolicies, type PolicyDiff } from '#lib/domain/policies/diff.ts';
import { timeline, type Version } from '#lib/domain/policies/timeline.ts';
import { changesFor, insertChanges, type Pair } from './store/changes.ts';
import type { Into } from './store/derived.ts';
import { sightings, texts } from './store/policies.ts';
import type { Store } from './store/store.ts';

/** Version of the comparison: a new one makes every pair be compared anew. */
export const DIFFER = '1';
/** Pairs compared between two breaths of the event loop. */
const AT_ONCE = 20;

export interface DocumentKey {
	service: string;
	document: string;
}
export interface DocumentChange {
	version: Version;
	diff: PolicyDiff;
}

const passage = z.object({ heading: z.string(), text: z.string() });
const stored = z.object({
	changes: z.array(
		z.object({
			kind: z.enum(['added', 'removed', 'modified', 'moved', 'split', 'merged']),
			before: passage.optional(),
			after: passage.optional(),
			topics: z.array(z.string()),
			organisations: z.array(z.object({ name: z.string(), direction: z.enum(['opens', 'closes', 'mentions']) }))
		})
	),
	stats: z.object({
		before: z.int(), after: z.int(), unchanged: z.int(), added: z.int(), removed: z.int(), modified: z.int(), moved: z.int(),
		split: z.int(), merged: z.int()
	})
}); // prettier-ignore

/** The document's versions by `asOf` (RFC 3339), judged by the clock `now` (ms). */
export async function versionsOf(
	store: Store,
	of: DocumentKey,
	now: number,
	asOf?: string
): Promise<Version[]> {
	const seen = await sightings(store, of, asOf === undefined ? {} : { asOf });
	return timeline(
		seen.map(({ fetched, hash, size, collector, extractor }) => ({
			fetched: Date.parse(fetched),
			collector: collector ?? '',
			extractor: extractor ?? '',
			hash,
			bytes: size
		})),
		now
	);
}

/** What lies between each pair of texts, in the order of `pairs`; a pair whose text is not there is left out. */
export async function compare(store: Store, pairs: readonly Pair[]): Promise<Map<string, PolicyDiff>> {
	const known = new Map<string, PolicyDiff>();
	for (const row of await changesFor(store, pairs, DIFFER))
		known.set(keyOf(row), stored.parse(JSON.parse(row.changes)));
	const missing = pairs.filter((pair) => !known.has(keyOf(pair)));
	for await (const [pair, diff] of differences(store, missing)) known.set(keyOf(pair), diff);
	return known;
}

export const keyOf = ({ before, after }: Pair): string => `${before} ${after}`;

/** Every change of the text of a document, in order of time. */
export async function readChanges(
	store: Store,
	of: DocumentKey,
	now: number,
	asOf?: string
): Promise<DocumentChange[]> {
	const versions = await versionsOf(store, of, now, asOf);
	const diffs = await compare(store, pairsOf(versions));
	return versions.flatMap((version) => {
		const diff = diffs.get(keyOf(version));
		return diff ? [{ version, diff }] : [];
	});
}

/** Stores the comparisons of a document that are missing; `all`: every one, into another table. */
export async function deriveChanges(
	store: Store,
	of: DocumentKey,
	{ all = false, ...into }: Into & { all?: boolean } = {}
): Promise<void> {
	const pairs = pairsOf(await versionsOf(store, of, Infinity));
	const done = new Set((all ? [] : await changesFor(store, pairs, DIFFER)).map(keyOf));
	const missing = pairs.filter((pair) => !done.has(keyOf(pair)));
	for (let i = 0; i < missing.length; i += AT_ONCE) {
		const rows = [];
		for await (const [pair, diff] of differences(store, missing.slice(i, i + AT_ONCE)))
			rows.push({ ...pair, differ: DIFFER, changes: JSON.stringify(diff) });
		await insertChanges(store, rows, into);
	}
}

const pairsOf = (versions: readonly Version[]): Pair[] => [
	...new Map(versions.map(({ before, after }) => [keyOf({ before, after }), { before, after }])).values()
];

async function* differences(store: Store, pairs: readonly Pair[]): AsyncGenerator<[Pair, PolicyDiff]> {
	for (let i = 0; i < pairs.length; i += AT_ONCE) {
		const some = pairs.slice(i, i + AT_ONCE);
		const words = await texts(store, [...new Set(some.flatMap(({ before, after }) => [before, after]))]);
		for (const pair of some) {
			const [before, after] = [words.get(pair.before), words.get(pair.after)];
			if (before !== undefined && after !== undefined) yield [pair, diffPolicies(before, after)];
		}
	}
}
