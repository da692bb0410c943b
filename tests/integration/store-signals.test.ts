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

	test('of some evidence are there as they stand now', async () => {
		await insertSignals(given.store, [
			row(1, 1),
			row(2, 1),
			row(3, 2),
			row(2, 1, { live: false, recorded: on(8) })
		]);
		expect((await signalsAt(given.store, ['1'])).map(({ id }) => id)).toEqual(['1']);
	});
});
