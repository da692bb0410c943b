import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
	insertSignals,
	signals,
	signalsAt,
	signalsOf,
	tallies,
	type SignalQuery,
	type SignalRow
} from '#lib/server/store/signals.ts';
import { insertStories } from '#lib/server/store/stories.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const on = (day: number) => new Date(Date.UTC(2026, 9, 1 + day)).toISOString();
/** A signal of the article `article`, as said on its day. */
const row = (id: number, article: number, more: Partial<SignalRow> = {}): SignalRow => ({
	a: 'harbor', b: 'lantern', id: String(id), recorded: on(article), at: on(article), happened: null, type: 'talks', probability: 0.8,
	quote: `said ${id}`, source: `Paper ${article}`, reliability: 'C', copyOf: '0', evidence: { kind: 'news', id: String(article) },
	detector: 'detector 1', live: true, position: 0, field: 'text', start: id * 10, end: id * 10 + 9, agent: '', person: '', ...more
}); // prettier-ignore

describe.runIf(hasEngine)('signals', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		for (const table of ['signals', 'stories']) await given.store.command(`TRUNCATE TABLE ${table}`);
	});

	/** `[article, the article whose text it repeats, day]`. */
	const inStories = (...members: [number, number | null, number?][]) =>
		insertStories(
			given.store,
			members.map(([id, copyOf, day = id]) => ({
				id: String(id), content: String(id), story: '1', copyOf: copyOf === null ? null : String(copyOf),
				publishedAt: on(day), known: on(day), recorded: on(day)
			}))
		); // prettier-ignore
	const found = async (query: Partial<SignalQuery> = {}) =>
		(await signals(given.store, { limit: 100, ...query })).map(({ id, copyOf }) => [
			Number(id),
			Number(copyOf)
		]);

	test('that one article says several times count once: the first of the most probable', async () => {
		await insertSignals(given.store, [
			row(1, 1, { probability: 0.7 }),
			row(2, 1),
			row(3, 1),
			row(4, 1, { type: 'denial' })
		]);
		expect(await found()).toEqual([[4, 0], [3, 2], [2, 0], [1, 2]]); // prettier-ignore
		expect(await found({ own: true })).toEqual([[4, 0], [2, 0]]); // prettier-ignore
	});

	test('of a copy repeat what the original says of the same pair, whenever its story is told', async () => {
		await insertSignals(given.store, [
			row(1, 1, { probability: 0.6 }),
			row(2, 2),
			row(3, 3),
			row(4, 3, { a: 'harbor', b: 'inkstone' })
		]);
		expect(await found()).toEqual([[4, 0], [3, 0], [2, 0], [1, 0]]); // prettier-ignore
		await inStories([1, null], [2, 1], [3, 1]);
		expect(await found()).toEqual([[4, 0], [3, 1], [2, 1], [1, 0]]); // prettier-ignore
		expect((await signals(given.store, { limit: 9, own: true })).map(({ articles }) => articles)).toEqual([
			1, 3
		]);
	});

	test('of copies whose original says nothing count once, as the first copy says it', async () => {
		await insertSignals(given.store, [row(2, 2), row(3, 3, { probability: 0.99 })]);
		await inStories([1, null], [2, 1], [3, 1]);
		expect(await found()).toEqual([[3, 2], [2, 0]]); // prettier-ignore
	});

	test('as of a day do not know of a story that was told later', async () => {
		await insertSignals(given.store, [row(1, 1), row(2, 2)]);
		await inStories([1, null], [2, 1, 5]);
		expect(await found({ asOf: on(3) })).toEqual([[2, 0], [1, 0]]); // prettier-ignore
		expect(await found({ asOf: on(5) })).toEqual([[2, 1], [1, 0]]); // prettier-ignore
	});

	test('that a re-reading no longer finds are gone, and what it finds with another probability is told so', async () => {
		await insertSignals(given.store, [
			row(1, 1),
			row(2, 2),
			row(1, 1, { live: false, recorded: on(8) }),
			row(2, 2, { probability: 0.3, recorded: on(8) })
		]);
		expect(await found()).toEqual([[2, 0]]);
		expect(await found({ least: 0.5 })).toEqual([]);
	});

	test('are filtered by what they say, who says it and when, and a copy finds its original outside the filter', async () => {
		await insertSignals(given.store, [
			row(1, 1, { reliability: 'A' }), row(2, 2), row(3, 3, { b: '' }), row(4, 4, { a: 'harbor', b: 'inkstone', type: 'supply', probability: 0.2 }),
			row(5, 5, { evidence: { kind: 'policy', id: `Talk/Terms/${'0'.repeat(64)}` }, type: 'policy_clause' })
		]); // prettier-ignore
		await inStories([1, null], [2, 1]);
		const ids = async (query: Partial<SignalQuery>) => (await found(query)).map(([id]) => id);
		expect(await ids({ pairs: [['harbor', 'lantern']] })).toEqual([5, 2, 1]);
		expect(await ids({ pairs: [['harbor', ''], ['harbor', 'inkstone']] })).toEqual([4, 3]); // prettier-ignore
		expect(await ids({ types: ['supply', 'policy_clause'] })).toEqual([5, 4]);
		expect(await ids({ organisation: 'inkstone' })).toEqual([4]);
		expect(await ids({ reliability: ['A', 'B'] })).toEqual([1]);
		expect(await ids({ least: 0.5 })).toEqual([5, 3, 2, 1]);
		expect(await ids({ sources: ['Paper 3', 'Paper 4'] })).toEqual([4, 3]);
		expect(await ids({ kind: 'policy' })).toEqual([5]);
		expect(await ids({ among: ['1', '4'], without: ['4'] })).toEqual([1]);
		expect(await ids({ among: [] })).toEqual([]);
		expect(await found({ from: on(2), to: on(2) })).toEqual([[2, 1]]);
	});

	test('come page by page, also where whole stretches of copies are left out', async () => {
		const copies = Array.from({ length: 200 }, (_, i) => i + 2);
		await insertSignals(given.store, [
			row(1, 1),
			...copies.map((n) => row(n, n)),
			row(500, 300, { type: 'denial' })
		]);
		await inStories([1, null], ...copies.map((n): [number, number] => [n, 1]));
		const first = await signals(given.store, { limit: 1, own: true });
		expect(first.map(({ id }) => id)).toEqual(['500']);
		const second = await signals(given.store, { limit: 1, own: true, ...(first[0] && { before: first[0] }) });
		expect(second).toMatchObject([{ id: '1', articles: 201 }]);
		expect(
			await signals(given.store, { limit: 1, own: true, ...(second[0] && { before: second[0] }) })
		).toEqual([]);
	});

	test('of some articles are all there, in order of appearance', async () => {
		await insertSignals(given.store, [
			row(1, 1),
			row(2, 2),
			row(3, 2, { field: 'title', start: 0 }),
			row(4, 3)
		]);
		await inStories([1, null], [2, 1]);
		const own = await signalsOf(given.store, ['2', '9']);
		expect(own.map(({ id, copyOf, field }) => [id, copyOf, field])).toEqual([['3', '1', 'title'], ['2', '1', 'text']]); // prettier-ignore
		expect(await signalsOf(given.store, [])).toEqual([]);
	});

	test('are counted by pair, type and source: of those within the view the ones that count, and the new ones', async () => {
		await insertSignals(given.store, [
			row(1, 1), row(2, 2), row(3, 3, { probability: 0.3 }), row(4, 4, { type: 'denial' }), row(5, 5, { b: '' }),
			row(6, 6, { type: 'denial' })
		]); // prettier-ignore
		await inStories([1, null], [2, 1]);
		const all = await tallies(given.store, { wrong: ['6'], from: on(2), since: on(4) });
		const counted = all.map(({ by, key, all, found, counting, fresh }) => [
			by,
			key,
			all,
			found,
			counting,
			fresh
		]);
		expect(counted.filter(([by]) => by === 'all')).toEqual([['all', '', 5, 4, 2, 1]]);
		expect(counted.filter(([by]) => by === 'pair')).toEqual([['pair', 'harbor lantern', 4, 3, 1, 0], ['pair', 'harbor', 1, 1, 1, 1]]); // prettier-ignore
		expect(counted.filter(([by]) => by === 'type')).toEqual([['type', 'denial', 2, 2, 1, 0], ['type', 'talks', 3, 2, 1, 1]]); // prettier-ignore
		expect(counted).toContainEqual(['source', 'Paper 1', 1, 0, 0, 0]);
		expect(counted).not.toContainEqual(expect.arrayContaining(['Paper 2']));
	});

	test('are counted of the first pairs, types and sources only, and how many there are is said', async () => {
		await insertSignals(given.store, [row(1, 1), row(2, 2), row(3, 3, { b: 'inkstone' }), row(4, 3, { b: 'mint' })]);
		const first = await tallies(given.store, { wrong: [], limit: 1, from: on(2) });
		expect(first.map(({ by, key, found, keys }) => [by, key, found, keys]).sort()).toEqual([
			['all', '', 3, 1], ['pair', 'harbor inkstone', 1, 3], ['source', 'Paper 3', 2, 2], ['type', 'talks', 3, 1]
		]);
	}); // prettier-ignore

	test('are counted as one by one', async () => {
		await fc.assert(
			fc.asyncProperty(world, asked, async ({ rows, stories }, query) => {
				for (const table of ['signals', 'stories']) await given.store.command(`TRUNCATE TABLE ${table}`);
				// Twice, as where a batch comes again.
				await insertSignals(given.store, rows);
				await insertSignals(given.store, rows.slice(0, 3));
				await inStories(...stories);
				const counted = await tallies(given.store, query);
				const plain = counted.map(({ by, key, all, found, counting, fresh }) => `${by} ${key}: ${all} ${found} ${counting} ${fresh}`);
				expect(plain.sort()).toEqual(recounted(rows, new Map(stories), query));
			}),
			{ numRuns: Number(process.env['RUNS'] ?? 12) }
		);
	}); // prettier-ignore

	test('of some evidence are there as they stand now', async () => {
		await insertSignals(given.store, [
			row(1, 1),
			row(2, 1),
			row(3, 2),
			row(2, 1, { live: false, recorded: on(8) }),
			row(4, 5, { evidence: { kind: 'policy', id: 'a/b/c' } }),
			row(5, 5, { evidence: { kind: 'policy', id: '1' } })
		]);
		const at = async (...evidence: SignalRow['evidence'][]) =>
			(await signalsAt(given.store, evidence)).map(({ id }) => id).sort();
		expect(await at({ kind: 'news', id: '1' })).toEqual(['1']);
		expect(await at({ kind: 'policy', id: 'a/b/c' }, { kind: 'news', id: '2' })).toEqual(['3', '4']);
		expect(await at()).toEqual([]);
	});
});

/** Few articles that say few things, some of them several times, some read again. */
const world = fc.record({
	rows: fc
		.uniqueArray(
			fc.record({
				article: fc.integer({ min: 1, max: 6 }),
				b: fc.constantFrom('inkstone', 'lantern', ''),
				type: fc.constantFrom('talks' as const, 'denial' as const),
				field: fc.constantFrom('title' as const, 'text' as const),
				start: fc.nat(2),
				readings: fc.array(
					fc.record({
						probability: fc.constantFrom(0.3, 0.5, 0.8, 0.9),
						live: fc.boolean(),
						again: fc.nat(3)
					}),
					{ minLength: 1, maxLength: 3 }
				)
			}),
			{ selector: ({ article, b, type, field, start }) => [article, b, type, field, start].join(), maxLength: 24 }
		)
		.map((said) =>
			said.flatMap(({ article, b, type, field, start, readings }, n) =>
				readings.map(({ probability, live, again }, position) =>
					row(n + 1, article, {
						b, type, field, start, probability, live, position, at: on(Math.ceil(article / 2) + ((again + position) % 2)),
						recorded: on(10 + again + position * 3), source: `Paper ${article % 3}`, reliability: article % 2 ? 'A' : 'C'
					})
				)
			)
		),
	stories: fc.tuple(...[3, 4, 5, 6].map((article) => fc.constantFrom(null, 1, 2).map((of): [number, number | null] => [article, of])))
}); // prettier-ignore
const asked = fc
	.record(
		{
			least: fc.constantFrom(0.5, 0.8),
			types: fc.constant(['talks' as const]),
			reliability: fc.constant(['A' as const]),
			among: fc.array(fc.integer({ min: 1, max: 9 }).map(String)),
			without: fc.array(fc.integer({ min: 1, max: 9 }).map(String)),
			from: fc.constantFrom(on(2), on(3)),
			since: fc.constantFrom(on(1), on(2)),
			asOf: fc.constantFrom(on(2), on(3), on(6))
		},
		{ requiredKeys: [] }
	)
	.chain((query) =>
		fc.array(fc.integer({ min: 1, max: 9 }).map(String)).map((wrong) => ({ ...query, wrong }))
	);

type Asked = Parameters<typeof tallies>[1];
/** What `tallies` says, by going through the rows; a story is known on the day of its article. */
function recounted(rows: readonly SignalRow[], copyOf: ReadonlyMap<number, number | null>, query: Asked): string[] {
	const { wrong, least = 0, types, reliability, among, without, from = '', since, asOf = '9' } = query;
	const newest = new Map<string, SignalRow>();
	const last = ({ recorded, position }: SignalRow) => recorded + String(position);
	for (const row of rows)
		if (row.at <= asOf && last(row) >= last(newest.get(row.id) ?? { ...row, recorded: '' })) newest.set(row.id, row);
	const articleOf = ({ evidence }: SignalRow) => Number(evidence.id);
	const rootOf = (row: SignalRow) => (on(articleOf(row)) <= asOf ? copyOf.get(articleOf(row)) : null) ?? articleOf(row);
	const order = (row: SignalRow) =>
		[rootOf(row) === articleOf(row) ? 0 : 1, row.at, 1 - row.probability, row.field === 'title' ? 0 : 1, row.start, row.id.padStart(3, '0')].join('~');
	const heads = new Map<string, SignalRow>();
	for (const row of newest.values()) {
		const key = [rootOf(row), row.type, row.b].join();
		const other = heads.get(key);
		if (row.live && (!other || order(row) < order(other))) heads.set(key, row);
	}
	const counts = new Map<string, number[]>();
	for (const row of heads.values()) {
		const likely = row.probability >= least;
		const within = likely && row.at >= from && (types?.some((type) => type === row.type) ?? true) && (reliability?.some((letter) => letter === row.reliability) ?? true)
			&& (among?.includes(row.id) ?? true) && !without?.includes(row.id);
		const counting = within && row.probability >= 0.5 && !wrong.includes(row.id);
		const add = [likely, within, counting, counting && since !== undefined && row.at > since];
		for (const key of ['all ', `pair ${`harbor ${row.b}`.trim()}`, `type ${row.type}`, `source ${row.source}`])
			counts.set(key, (counts.get(key) ?? [0, 0, 0, 0]).map((n, i) => n + Number(add[i])));
	}
	if (!counts.size) return ['all : 0 0 0 0'];
	return [...counts].map(([key, numbers]) => `${key}: ${numbers.join(' ')}`).sort();
} // prettier-ignore
