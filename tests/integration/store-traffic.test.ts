import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TrafficEvent } from '#lib/domain/events.ts';
import { readShares } from '#lib/server/shares.ts';
import { destinations, exportTraffic, insertTraffic, observations } from '#lib/server/store/traffic.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const ACCEPTED = Date.parse('2026-11-20T08:00:00.250Z');

const event = (more: Partial<TrafficEvent> = {}): TrafficEvent => ({
	provider: 'site',
	destination: 'shop',
	source: 'app.example',
	from: '2026-11-01',
	to: '2026-11-01',
	metric: 'visits',
	value: 10,
	...more
});

describe.runIf(hasEngine)('traffic in the store', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(() => given.store.command('TRUNCATE TABLE traffic'));

	/** Inserts events as the consumer does. */
	let blocks = 0;
	const insert = (events: object[], { accepted = ACCEPTED, position = 0, origin = 'door' } = {}) =>
		insertTraffic(
			given.store,
			Buffer.from(
				events
					.map((event, row) =>
						JSON.stringify({ $accepted: accepted, $position: position + row, $origin: origin, ...event })
					)
					.join('\n')
			),
			`block-${blocks++}`
		);
	const read = (more = {}) => observations(given.store, { destination: 'shop', metric: 'visits', ...more });
	const exported = async () => {
		const all: TrafficEvent[] = [];
		for await (const event of exportTraffic(given.store)) all.push(event);
		return all;
	};

	test('the range of a share is the same whatever part of the series is asked for', async () => {
		const days = Array.from({ length: 28 }, (_, i) => `2026-11-${String(i + 1).padStart(2, '0')}`);
		await insert(
			days.flatMap((from, i) => [
				event({ from, to: from, value: 200 + 3 * i + 40 * (i % 3) }),
				event({ from, to: from, source: 'other.example', value: 900 })
			])
		);
		const last = async (more: { from?: string; to?: string }) => {
			const query = { destination: 'shop', metric: 'visits', by: 'source', grain: 'day' } as const;
			const { series } = await readShares(given.store, { ...query, ...more });
			return series[0]?.points.find(({ from }) => from === '2026-11-27');
		};
		const whole = await last({});
		expect(whole?.low).toBeLessThan(whole?.share ?? 0);
		expect(await last({ from: '2026-11-21' })).toEqual(whole);
		expect(await last({ from: '2026-11-27', to: '2026-11-27' })).toEqual(whole);
	});

	test('keeps the highest revision, whatever the order of arrival', async () => {
		await insert([event({ value: 3, revision: 2 })], { accepted: ACCEPTED });
		await insert([event({ value: 2, revision: 1 })], { accepted: ACCEPTED + 1000 });
		await insert([event({ value: 1 })], { accepted: ACCEPTED + 2000 });
		expect(await read()).toMatchObject([{ value: 3, revision: 2 }]);
	});

	test('of equal revisions keeps the one accepted last, of one instant the later position', async () => {
		await insert([event({ value: 2 }), event({ value: 3 })], { accepted: ACCEPTED + 1000, position: 7 });
		await insert([event({ value: 1 })], { accepted: ACCEPTED, position: 4096 });
		expect(await read()).toMatchObject([{ value: 3 }]);
	});

	test('a block that is stored again changes nothing', async () => {
		const block = [event(), event({ source: 'other.example', value: 4 })];
		await insert(block);
		const before = await read();
		await insert(block);
		expect(await read()).toEqual(before);
		expect(await exported()).toHaveLength(2);
	});

	test('was known when it was observed, else when it was accepted', async () => {
		await insert([event({ observedAt: '2026-11-02T09:00:00.000Z' }), event({ source: 'late.example' })]);
		expect(await read()).toMatchObject([
			{ source: 'app.example', known: '2026-11-02T09:00:00.000Z', assumed: false },
			{ source: 'late.example', known: '2026-11-20T08:00:00.250Z', assumed: false }
		]);
	});

	test.each(['import', 'demo'])(
		'from %s it is assumed to be known at the end of its period, or when accepted if that was earlier',
		async (origin) => {
			await insert([event({ to: '2026-11-07' }), event({ from: '2026-11-20', to: '2026-11-20' })], {
				origin
			});
			expect(await read()).toMatchObject([
				{ from: '2026-11-01', known: '2026-11-08T00:00:00.000Z', assumed: true },
				{ from: '2026-11-20', known: '2026-11-20T08:00:00.250Z', assumed: true }
			]);
		}
	);

	test('as of a day it is what was known by then', async () => {
		await insert([event({ value: 1, observedAt: '2026-11-02T00:00:00.000Z' })]);
		await insert([event({ value: 2, revision: 1, observedAt: '2026-11-05T00:00:00.000Z' })]);
		expect(await read({ asOf: '2026-11-01T23:59:59.999Z' })).toEqual([]);
		expect(await read({ asOf: '2026-11-04T00:00:00.000Z' })).toMatchObject([{ value: 1 }]);
		expect(await read({ asOf: '2026-11-05T00:00:00.000Z' })).toMatchObject([{ value: 2 }]);
	});

	test('leaves out periods that are cut by the asked days, and keeps periods of unlike length apart', async () => {
		await insert([
			event({ value: 1 }),
			event({ to: '2026-11-30', value: 30 }),
			event({ from: '2026-10-31', to: '2026-11-02', value: 3 })
		]);
		expect((await read({ from: '2026-11-01', to: '2026-11-02' })).map(({ value }) => value)).toEqual([1]);
		expect((await read({ to: '2026-11-30' })).map(({ value }) => value)).toEqual([3, 1, 30]);
	});

	test('providers, metrics and destinations stand side by side', async () => {
		await insert([
			event(),
			event({ provider: 'panel', value: 5 }),
			event({ metric: 'orders' }),
			event({ destination: 'other' })
		]);
		expect((await read()).map(({ provider }) => provider)).toEqual(['panel', 'site']);
		expect(await read({ provider: 'panel' })).toMatchObject([{ value: 5 }]);
	});

	test('says what can be charted', async () => {
		await insert([
			event(),
			event({ from: '2026-11-03', to: '2026-11-09' }),
			event({ source: '', revision: 1 }),
			event({ destination: 'other', metric: 'orders' })
		]);
		expect(await destinations(given.store)).toEqual([
			{
				destination: 'other', metric: 'orders', provider: 'site',
				first: '2026-11-01', last: '2026-11-01', observations: 1, sources: 1, spans: [1]
			},
			{
				destination: 'shop', metric: 'visits', provider: 'site',
				first: '2026-11-01', last: '2026-11-09', observations: 3, sources: 2, spans: [1, 7]
			}
		]); // prettier-ignore
		expect(await destinations(given.store, { asOf: '2020-01-01T00:00:00.000Z' })).toEqual([]);
	});

	test('gives back every accepted event as it was', async () => {
		const events = [
			event({ source: '' }),
			event({ source: '微信', value: 0.1 }),
			event({ source: "'); DROP TABLE traffic; --", value: 123456789012.5 }),
			event({ revision: 0, value: 0 }),
			event({ revision: 9007199254740991, observedAt: '2026-11-02T09:00:00.001Z', from: '1970-01-01' })
		];
		await insert(events);
		const byText = (a: string, b: string) => (a < b ? -1 : 1);
		const plain = (all: TrafficEvent[]) =>
			all.map((e) => JSON.stringify(Object.entries(e).toSorted())).toSorted(byText);
		expect(plain(await exported())).toEqual(plain(events));
	});

	test('skips fields of a newer minor version', async () => {
		await insert([{ ...event(), note: { deep: [1] } }]);
		expect(await read()).toHaveLength(1);
	});

	test.each([
		['a value that is no number', { value: 'many' }],
		['a value below 0', { value: -1 }],
		['a period that ends before it begins', { from: '2026-11-02' }],
		['a day later than a Date can hold', { to: '9999-12-31' }],
		['an instant that no clock shows', { observedAt: '9999-01-01T00:00:00.000Z' }],
		['a name that is no text', { source: 5 }]
	])('refuses %s, and the whole block with it', async (_, wrong) => {
		await expect(insert([event(), { ...event(), ...wrong }])).rejects.toMatchObject({
			code: 'store-refused',
			retryable: false
		});
		expect(await read()).toEqual([]);
	});
});
