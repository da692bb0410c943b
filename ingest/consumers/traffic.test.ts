import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import type { Batch, LogRecord } from '#lib/server/log/log.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../../tests/support/engine.ts';
import { trafficConsumer } from './traffic.ts';

const event = (n: number) => ({
	provider: 'site',
	destination: 'shop',
	source: `s${n % 7}.example`,
	from: '2026-10-01',
	to: '2026-10-01',
	metric: 'new_users',
	value: n
});
const record = (offset: number, values: readonly unknown[]): LogRecord => ({
	partition: 0,
	offset,
	accepted: 1_790_000_000_000 + offset,
	key: 'site/shop',
	header: { schema: { major: 1, minor: 0 }, writer: 'test', origin: 'door', events: values.length },
	value: Buffer.from(values.map((value) => JSON.stringify(value)).join('\n'))
});
const batch = (records: LogRecord[]): Batch => ({
	topic: 'traffic',
	partition: 0,
	records,
	caughtUp: true,
	stale: () => false,
	assignment: {}
});

describe.skipIf(!hasEngine)('the consumer of traffic', () => {
	let test: TestStore;
	let desk: Desk;
	beforeAll(async () => {
		test = await openTestStore();
		desk = await openDesk({ file: ':memory:' }, { logger: quiet });
	});
	afterAll(async () => {
		await test.end();
		await desk.close();
	});
	const consume = (records: LogRecord[]) =>
		trafficConsumer({ store: test.store, desk, logger: quiet, now: () => 0 })(batch(records));
	const stored = () =>
		test.store.select({
			sql: 'SELECT value, position FROM traffic ORDER BY position',
			row: z.object({ value: z.number(), position: z.coerce.number() })
		});

	it('gives each event its place in the log, over the ten and the hundred', async () => {
		await consume([
			record(
				0,
				Array.from({ length: 1_000 }, (_, n) => event(n))
			),
			record(3, [event(7)])
		]);
		expect(await stored()).toEqual([
			...Array.from({ length: 1_000 }, (_, n) => ({ value: n, position: n })),
			{ value: 7, position: 3 * 1_024 }
		]);
	});

	it('stores everything but what the store refuses, wherever in many megabytes it stands', async () => {
		await test.store.command('TRUNCATE TABLE traffic');
		const bad = new Set([0, 31_500, 59_999]);
		const events = Array.from({ length: 60_000 }, (_, n) =>
			bad.has(n) ? { ...event(n), value: 'many' } : event(n)
		);
		await consume(
			Array.from({ length: 60 }, (_, block) =>
				record(block + 10, events.slice(block * 1_000, (block + 1) * 1_000))
			)
		);
		const rows = await stored();
		expect(rows.map(({ value }) => value)).toEqual(
			events.flatMap(({ value }, n) => (bad.has(n) ? [] : [value]))
		);
		const letters = await desk.deadLetters.list({ limit: 10 });
		expect(letters.map(({ id }) => id).sort()).toEqual([
			'traffic:0:10:0',
			'traffic:0:41:500',
			'traffic:0:69:999'
		]);
		expect(letters.map(({ bytes }) => JSON.parse(bytes.toString()) as unknown)).toContainEqual(
			events[31_500]
		);
	});

	it('a batch that comes again changes nothing', async () => {
		const before = await stored();
		await consume([
			record(
				20,
				Array.from({ length: 1_000 }, (_, n) => event(10_000 + n))
			)
		]);
		await test.store.command('OPTIMIZE TABLE traffic FINAL');
		expect(await stored()).toEqual(before);
	});
});
