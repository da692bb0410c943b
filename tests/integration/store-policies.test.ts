import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { PolicyEvent } from '#lib/domain/events.ts';
import { changesFor, insertChanges } from '#lib/server/store/changes.ts';
import { truncateDerived } from '#lib/server/store/derived.ts';
import {
	acceptedPolicies,
	documents,
	insertPolicies,
	sightings,
	texts,
	type PolicyRow
} from '#lib/server/store/policies.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const row = (day: number, text: string, event: Partial<PolicyEvent> = {}, accepted = day): PolicyRow => ({
	event: {
		service: 'Lantern',
		document: 'Privacy Policy',
		fetchedAt: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`,
		text,
		...event
	},
	hash: sha256(text),
	accepted: Date.parse('2026-11-20T00:00:00.000Z') + accepted,
	position: accepted,
	origin: 'import'
});
const policy = { service: 'Lantern', document: 'Privacy Policy' };

describe.runIf(hasEngine)('policies in the store', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		for (const table of ['policy_texts', 'policy_sightings', 'policy_changes'])
			await given.store.command(`TRUNCATE TABLE ${table}`);
	});

	let blocks = 0;
	const insert = (...rows: PolicyRow[]) => insertPolicies(given.store, rows, `block-${blocks++}`);

	test('stores a text once and every time it was seen', async () => {
		await insert(row(1, 'one'), row(2, 'one'));
		await insert(row(3, 'two'), row(4, 'one'));
		const count = await given.store.select({
			sql: 'SELECT count() AS n FROM policy_texts',
			row: z.object({ n: z.string() })
		});
		expect(count).toEqual([{ n: '2' }]);
		const seen = await sightings(given.store, policy);
		expect(seen.map(({ fetched, hash, size }) => [fetched.slice(8, 10), hash, size])).toEqual(
			['one', 'one', 'two', 'one'].map((text, i) => [`0${i + 1}`, sha256(text), 3])
		);
		const [one, two] = [sha256('one'), sha256('two')];
		expect(await texts(given.store, [one, two, sha256('three')])).toEqual(new Map([[one, 'one'], [two, 'two']])); // prettier-ignore
	});

	test('says of each document how often, since when and how it was seen, and when it last changed', async () => {
		await insert(
			row(1, 'one'),
			row(3, 'two'),
			row(5, 'two'),
			row(2, 'one', { collector: 'b' }),
			row(4, 'one', { collector: 'b' })
		);
		await insert(row(1, 'alone', { document: 'Terms' }));
		expect(await documents(given.store)).toEqual([
			{
				...policy, versions: 2, sightings: 5, recent: 5, first: '2026-11-01T00:00:00.000Z', last: '2026-11-05T00:00:00.000Z',
				collectors: ['', 'b'], changed: '2026-11-03T00:00:00.000Z'
			},
			{
				service: 'Lantern', document: 'Terms', versions: 1, sightings: 1, recent: 1, first: '2026-11-01T00:00:00.000Z',
				last: '2026-11-01T00:00:00.000Z', collectors: [''], changed: null
			}
		]); // prettier-ignore
		const before = await documents(given.store, { asOf: '2026-11-02T00:00:00.000Z' });
		expect(before[0]).toMatchObject({ versions: 1, sightings: 2, changed: null });
		expect(await sightings(given.store, policy, { collector: '' })).toHaveLength(3);
		expect(
			await sightings(given.store, policy, { collector: 'b', asOf: '2026-11-03T00:00:00.000Z' })
		).toHaveLength(1);
	});

	test('a sighting that is stored again changes nothing; of two with one key the later accepted counts', async () => {
		await insert(row(1, 'one', { url: 'https://later.example/' }, 9));
		await insert(row(1, 'one', { url: 'https://earlier.example/' }, 5));
		expect(await sightings(given.store, policy)).toMatchObject([{ url: 'https://later.example/' }]);
	});

	test('gives back every accepted event as it was, in the order of acceptance', async () => {
		const rows = [
			row(3, '# Heading\n\n微信 "text"\\', {
				url: 'https://x.example/',
				language: 'zh',
				collector: 'c',
				extractor: 'rules-2'
			}),
			row(1, '', { collector: '', extractor: '' }),
			row(2, 'x'.repeat(2_000_000))
		];
		await insert(...rows);
		const found: PolicyRow[] = [];
		for await (const row of acceptedPolicies(given.store)) found.push(row);
		expect(found).toEqual(rows.toSorted((a, b) => a.accepted - b.accepted));
	});

	test('changes are kept by the two texts they lie between and the version that compared them', async () => {
		const [a, b, c] = ['a', 'b', 'c'].map(sha256) as [string, string, string];
		const rows = [
			{ before: a, after: b, differ: '1', changes: '[{"kind":"added"}]' },
			{ before: b, after: c, differ: '1', changes: '[]' },
			{ before: a, after: b, differ: '2', changes: '[2]' }
		];
		await insertChanges(given.store, rows);
		await insertChanges(given.store, rows);
		expect(await changesFor(given.store, [{ before: a, after: b }, { before: b, after: a }], '1')).toEqual([rows[0]]); // prettier-ignore
		expect(await changesFor(given.store, [{ before: b, after: c }], '2')).toEqual([]);
		await truncateDerived(given.store, 'policy_changes');
		expect(await changesFor(given.store, [{ before: b, after: c }], '1')).toEqual([]);
		await insertChanges(given.store, rows);
		expect(await changesFor(given.store, [{ before: b, after: c }], '1')).toEqual([rows[1]]);
	});
});
