/** From a policy document that changes to its signals: through the log, the consumer, the desk's timers and the store. */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { DAY, formatInstant } from '#lib/domain/time.ts';
import { clearDemo } from '#lib/server/demo/clear.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import type { EventLog, Origin } from '#lib/server/log/log.ts';
import { TIMERS } from '#lib/server/policy-signals.ts';
import { signals } from '#lib/server/store/signals.ts';
import { rebuild } from '../../ingest/commands/rebuild.ts';
import { policiesConsumer } from '../../ingest/consumers/policies.ts';
import { PolicySignals } from '../../ingest/consumers/policy-signals.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../support/engine.ts';

const START = Date.UTC(2026, 9, 1);
const on = (day: number) => formatInstant(START + day * DAY);
const BEFORE = `# Privacy\n\n${'We keep your name for as long as you stay with us, and not a day longer. '.repeat(4)}\n`;
const AFTER = `${BEFORE}\nWe share your orders with Alipay. You can pay with PayPal.\n`;
const AGAIN = `${AFTER}\nWe answer your letters.\n`;

describe.runIf(hasEngine)('signals of a policy document', () => {
	let given: TestStore;
	let desk: Desk;
	let log: EventLog;
	let desks = 0;
	let clock = START;
	const now = () => clock;

	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		clock = START;
		for (const table of ['policy_texts', 'policy_sightings', 'policy_changes', 'signals'])
			await given.store.command(`TRUNCATE TABLE ${table}`);
		const name = `${desks++}`;
		desk = await openDesk({ file: join(given.folder, `desk-${name}.sqlite`) }, { logger: quiet });
		log = await openEmbeddedLog(join(given.folder, `log-${name}.sqlite`), { writer: 'test', logger: quiet });
	});
	afterEach(async () => {
		await log.close();
		await desk.close();
	});

	/** The page is read on `day`, and the consumer stores it at that time. */
	const seen = async (day: number, text: string, origin: Origin = 'collector') => {
		clock = Math.max(clock, START + day * DAY);
		const event = { service: 'WeChat', document: 'Privacy Policy', fetchedAt: on(day), text };
		await log.append('policies', [{ key: 'WeChat', json: JSON.stringify(event) }], { origin });
		await consume('store');
	};
	const consume = async (group: string) => {
		const handler = policiesConsumer({ store: given.store, desk, logger: quiet, now });
		const subscription = await log.consume({ group, topic: 'policies', handler });
		await vi.waitFor(
			async () => {
				for (const { committed, end } of await log.lag(group, 'policies')) expect(committed).toBe(end);
			},
			{ timeout: 30_000, interval: 20 }
		);
		await subscription.close();
	};
	const process = (holder = 'one') =>
		new PolicySignals({ store: given.store, desk, logger: quiet, now, holder });
	/** The clock comes to `day`, and a process looks what is due. */
	const look = async (day: number) => {
		clock = START + day * DAY + 1;
		await process().look();
	};
	const told = async (query: { asOf?: string; organisation?: string } = {}) =>
		(await signals(given.store, { ...query, limit: 100 })).map(({ a, b, at, quote }) => ({
			pair: [a, b].join(' '),
			at,
			quote
		}));
	const rows = () =>
		given.store.select({
			sql: 'SELECT * FROM signals FINAL ORDER BY ALL',
			row: z.record(z.string(), z.unknown())
		});
	const DOORS = [
		{ pair: 'alipay wechat', at: on(3), quote: 'We share your orders with Alipay.' },
		{ pair: 'paypal wechat', at: on(3), quote: 'You can pay with PayPal.' }
	];
	const sorted = (list: Awaited<ReturnType<typeof told>>) =>
		list.toSorted((x, y) => (x.pair < y.pair ? -1 : 1));

	test('are there once its change is confirmed, one for each pair it names, and not a moment earlier', async () => {
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(2, AFTER);
		await look(2.9);
		expect(await told()).toEqual([]);
		await look(3);
		expect(sorted(await told())).toEqual(DOORS);
		expect(await told({ organisation: 'alipay' })).toEqual(DOORS.slice(0, 1));
		expect(await told({ asOf: on(2.9) })).toEqual([]);
		expect(await desk.timers.due(Number.MAX_SAFE_INTEGER, 10, TIMERS)).toEqual([]);
	});

	test('are the same rows when the wake comes late, comes again, or the log is read again', async () => {
		const run = async (days: number[]) => {
			await given.store.command('TRUNCATE TABLE signals');
			for (const day of days) await look(day);
			return rows();
		};
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(2, AFTER);
		await look(2);
		const timers = await desk.timers.due(Number.MAX_SAFE_INTEGER, 10, TIMERS);
		expect(timers).toMatchObject([{ due: START + 3 * DAY }]);
		const inTime = await run([3]);
		expect(inTime).toHaveLength(2);
		for (const timer of timers) await desk.timers.set(timer);
		expect(await run([30])).toEqual(inTime);
		for (const timer of timers) await desk.timers.set(timer);
		await consume('again');
		await look(31);
		expect(await rows()).toEqual(inTime);
	});

	test('are none where the page went back, and stay where it only grew', async () => {
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(2, BEFORE);
		await look(30);
		expect(await told()).toEqual([]);
		expect(await rows()).toEqual([]);
		await seen(50, AFTER);
		await seen(60, AFTER);
		await seen(61, AGAIN);
		await seen(70, AGAIN);
		await look(71);
		expect((await told()).map(({ pair }) => pair).toSorted()).toEqual(['alipay wechat', 'paypal wechat']);
	});

	test('are written once by several processes, and a process that died leaves them due', async () => {
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(2, AFTER);
		clock = START + 4 * DAY;
		// One died with the document in hand: its lease runs out, and nothing was done.
		const lease = `${TIMERS}${JSON.stringify(['WeChat', 'Privacy Policy'])}`;
		await desk.leases.claim(lease, 'dead', DAY, clock);
		await process().look();
		expect(await told()).toEqual([]);
		clock += 2 * DAY;
		await Promise.all(['one', 'two', 'three'].map((holder) => process(holder).look()));
		expect(await rows()).toHaveLength(2);
		expect(sorted(await told())).toEqual(DOORS);
	});

	test('fall away when a late sighting shows that the page had gone back, and the row that was told is kept', async () => {
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(4, AFTER);
		await look(5);
		expect(await told()).toHaveLength(2);
		await seen(2, BEFORE);
		await look(6);
		expect(await told()).toEqual([]);
		expect((await rows()).map(({ live }) => live).toSorted()).toEqual([false, false, true, true]);
	});

	test('are made again by the rebuild, row for row', async () => {
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(2, AFTER);
		await look(20);
		const before = await rows();
		expect(before).toHaveLength(2);
		const out = new Writable({ write: (_chunk, _encoding, done) => done() });
		clock = START + 90 * DAY;
		await rebuild({ what: 'signals', store: given.store, desk, now, out });
		expect(await rows()).toEqual(before);
	});

	test('are told page after page, newest first', async () => {
		await seen(0, BEFORE);
		await seen(1, AFTER);
		await seen(2, AFTER);
		await look(3);
		const all = await signals(given.store, { limit: 10 });
		const [first] = await signals(given.store, { limit: 1 });
		expect(first).toEqual(all[0]);
		expect(first).toMatchObject({
			type: 'policy_clause',
			happened: on(1),
			source: 'WeChat',
			reliability: 'A',
			evidence: { kind: 'policy', id: expect.stringMatching(/^WeChat\/Privacy Policy\/[0-9a-f]{64}$/) },
			live: true
		});
		expect(await signals(given.store, { limit: 10, ...(first && { before: first }) })).toEqual(all.slice(1));
		expect(await signals(given.store, { limit: 10, types: ['talks'] })).toEqual([]);
		expect(await signals(given.store, { limit: 10, from: on(3), to: on(3) })).toHaveLength(2);
		expect(await signals(given.store, { limit: 10, from: on(3.1) })).toEqual([]);
	});

	test('go with a demo that is cleared, and do not come back', async () => {
		await seen(0, BEFORE, 'demo');
		await seen(1, AFTER, 'demo');
		await seen(4, AFTER, 'demo');
		await look(5);
		expect(await told()).toHaveLength(2);
		await clearDemo({ store: given.store, desk, now, who: 'ada' });
		expect(await rows()).toEqual([]);
		await look(6);
		expect(await told()).toEqual([]);
	});
});
