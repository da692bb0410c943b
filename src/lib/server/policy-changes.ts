/** Changes of policy documents: versions from the sightings, and between two of them the comparison, made once for each pair of texts. */
import { z } from 'zod';
import { CAPABILITIES } from '#lib/domain/policies/capabilities.ts';
import { differ, type PolicyDiff } from '#lib/domain/policies/diff.ts';
import { namesBetween, pairsIn, timeline } from '#lib/domain/policies/timeline.ts';
import type { NamesChanged, Sighting, TextPair, Version } from '#lib/domain/policies/timeline.ts';
import { TOPICS } from '#lib/domain/policies/topics.ts';
import { compile, type VersionMatcher } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { changesFor, insertChanges } from './store/changes.ts';
import type { Into } from './store/derived.ts';
import { sightings, sightingsOfAll, texts, type Sighting as Seen } from './store/policies.ts';
import type { Store } from './store/store.ts';

/** Version of the comparison: a new one makes every pair be compared anew. */
export const DIFFER = '4';
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
/** Whose names are looked for, and the version of that watchlist: what was compared with another is compared anew. */
export interface Reading {
	matcher: Pick<VersionMatcher, 'mentions' | 'reader'>;
	watchlist: string;
}
const STARTER: Reading = { matcher: compile(starter), watchlist: 'starter' };

/** What lies between two texts: the clauses, and the names that only one of the texts has. */
interface Comparison {
	diff: PolicyDiff;
	names: NamesChanged;
}

const passage = z.object({ heading: z.string(), text: z.string() });
const stored = z.object({
	diff: z.object({
		changes: z.array(
			z.object({
				kind: z.enum(['added', 'removed', 'modified', 'moved', 'split', 'merged']),
				before: passage.optional(),
				after: passage.optional(),
				topics: z.array(z.enum(TOPICS)),
				capabilities: z.array(z.object({ capability: z.enum(CAPABILITIES), direction: z.enum(['opened', 'closed']) })),
				organisations: z.array(z.object({ organisation: z.string(), name: z.string(), direction: z.enum(['opens', 'closes', 'mentions']) }))
			})
		),
		stats: z.object({
			before: z.int(), after: z.int(), unchanged: z.int(), added: z.int(), removed: z.int(), modified: z.int(), moved: z.int(),
			split: z.int(), merged: z.int()
		})
	}),
	names: z.object({ introduced: z.array(z.string()), vanished: z.array(z.string()) })
}); // prettier-ignore

/**
 * Every change of the text of a document that was known by `asOf` (RFC 3339), in order of time, judged by the clock `now` (ms); null where
 * the document was never seen. The service itself is none of the organisations that a change names.
 */
export async function readChanges(
	store: Store,
	of: DocumentKey,
	{ now, asOf, reading = STARTER }: { now: number; asOf?: string | undefined; reading?: Reading }
): Promise<DocumentChange[] | null> {
	const seen = await sightingsOf(store, of, asOf);
	if (seen.length === 0) return null;
	const known = await compare(store, pairsIn(seen), reading);
	return told(of, seen, known, now, reading);
}

/** The same of several documents, in their order, with as few queries as one takes; nothing of those that were never seen. */
export async function readAllChanges(
	store: Store,
	all: readonly DocumentKey[],
	{ now, asOf, reading = STARTER }: { now: number; asOf?: string | undefined; reading?: Reading }
): Promise<DocumentChange[][]> {
	const name = ({ service, document }: DocumentKey) => JSON.stringify([service, document]);
	const rows = Map.groupBy(await sightingsOfAll(store, all, { asOf }), name);
	const seen = all.map((of) => (rows.get(name(of)) ?? []).map(sightingOf));
	const pairs = new Map(seen.flatMap((own) => pairsIn(own).map((pair) => [keyOf(pair), pair])));
	const known = await compare(store, [...pairs.values()], reading);
	return all.map((of, i) => told(of, seen[i] ?? [], known, now, reading));
}

function told(
	of: DocumentKey,
	seen: readonly Sighting[],
	known: ReadonlyMap<string, Comparison>,
	now: number,
	reading: Reading
): DocumentChange[] {
	const others = othersThan(of, reading);
	return timeline(seen, now, (pair) => known.get(keyOf(pair))?.names ?? NO_NAMES).flatMap((version) => {
		const comparison = known.get(keyOf(version));
		return comparison ? [{ version, diff: others(comparison.diff) }] : [];
	});
}

/** What lies between any two texts of a document; null where one is not there. */
export async function changesBetween(
	store: Store,
	of: DocumentKey,
	pair: TextPair,
	reading = STARTER
): Promise<PolicyDiff | null> {
	const comparison = (await compare(store, [pair], reading)).get(keyOf(pair));
	return comparison ? othersThan(of, reading)(comparison.diff) : null;
}

/** Stores the comparisons of a document that are missing; `all`: every one, into another table. */
export async function deriveChanges(
	store: Store,
	of: DocumentKey,
	{ all = false, reading = STARTER, ...into }: Into & { all?: boolean; reading?: Reading } = {}
): Promise<void> {
	const pairs = pairsIn(await sightingsOf(store, of));
	const differ = differOf(reading);
	const done = new Set((all ? [] : await changesFor(store, pairs, differ)).map(keyOf));
	const missing = pairs.filter((pair) => !done.has(keyOf(pair)));
	for (let i = 0; i < missing.length; i += AT_ONCE) {
		const rows = [];
		for await (const [pair, comparison] of comparisons(store, missing.slice(i, i + AT_ONCE), reading))
			rows.push({ ...pair, differ, changes: JSON.stringify(comparison) });
		await insertChanges(store, rows, into);
	}
}

/** What lies between each pair of texts; a pair whose text is not there is left out. */
async function compare(
	store: Store,
	pairs: readonly TextPair[],
	reading: Reading
): Promise<Map<string, Comparison>> {
	const known = new Map<string, Comparison>();
	for (const row of await changesFor(store, pairs, differOf(reading)))
		known.set(keyOf(row), stored.parse(JSON.parse(row.changes)));
	const missing = pairs.filter((pair) => !known.has(keyOf(pair)));
	for await (const [pair, comparison] of comparisons(store, missing, reading))
		known.set(keyOf(pair), comparison);
	return known;
}

async function* comparisons(
	store: Store,
	pairs: readonly TextPair[],
	reading: Reading
): AsyncGenerator<[TextPair, Comparison]> {
	const diff = differ(reading.matcher);
	const namesIn = reading.matcher.reader();
	for (let i = 0; i < pairs.length; i += AT_ONCE) {
		const some = pairs.slice(i, i + AT_ONCE);
		const words = await texts(store, [...new Set(some.flatMap(({ before, after }) => [before, after]))]);
		for (const pair of some) {
			const [before, after] = [words.get(pair.before), words.get(pair.after)];
			if (before === undefined || after === undefined) continue;
			const names = namesBetween(namesIn(before), namesIn(after));
			yield [pair, { diff: diff(before, after), names }];
		}
	}
}

const keyOf = ({ before, after }: TextPair): string => `${before} ${after}`;
const differOf = ({ watchlist }: Reading): string => `${DIFFER} ${watchlist}`;
const NO_NAMES: NamesChanged = { introduced: [], vanished: [] };

/** Takes the service itself out of the organisations that a change names. */
function othersThan({ service }: DocumentKey, reading: Reading): (diff: PolicyDiff) => PolicyDiff {
	const own = new Set(reading.matcher.mentions(service).map(({ organisation }) => organisation));
	return ({ changes, stats }) => ({
		stats,
		changes: changes.map(({ organisations, ...change }) => ({
			...change,
			organisations: organisations.filter(({ organisation }) => !own.has(organisation))
		}))
	});
}

const sightingsOf = async (store: Store, of: DocumentKey, asOf?: string): Promise<Sighting[]> =>
	(await sightings(store, of, asOf === undefined ? {} : { asOf })).map(sightingOf);

const sightingOf = ({ fetched, hash, size, collector, extractor }: Seen): Sighting => ({
	fetched: Date.parse(fetched),
	collector: collector ?? '',
	extractor: extractor ?? '',
	hash,
	bytes: size
});
