/** What every event log must do; run over both implementations (embedded.test.ts, tests/integration/log-kafka.test.ts). */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EVENT_BYTES } from '#lib/domain/events.ts';
import { events } from './block.ts';
import type { Batch, ConsumeOptions, Entry, EventLog, LogRecord, Subscription, Topic } from './log.ts';

export interface LogHarness {
	/** Opens the same log once more, as another process would. */
	open(): Promise<EventLog>;
	/** Puts records on a topic as a producer that is none of ours. */
	produce(topic: Topic, records: { key: string; value: Buffer | null }[]): Promise<void>;
	/** Appends `key-0` … in a process that is killed with -9 right after the last acknowledgement. */
	appendAndDie(topic: Topic, key: string, count: number): Promise<void>;
	/** Consumes in a process that kills itself with -9 in the handler; what it had been handed as `offset accepted`. */
	consumeAndDie(topic: Topic, group: string): Promise<string[]>;
	/** Whether consumers of a group share the partitions of a topic, or stand by. */
	shares: boolean;
	/** A consumer that gives no sign of life loses its assignment after this. */
	sessionMs: number;
	/** Closes what was opened and removes the log. */
	dispose(): Promise<void>;
}

const WAIT = { timeout: 40_000, interval: 20 };
const numbered = (key: string, from: number, to: number): Entry[] =>
	Array.from({ length: to - from }, (_, i) => ({ key, json: JSON.stringify(`${key}-${from + i}`) }));
const names = (key: string, from: number, to: number) => numbered(key, from, to).map(({ json }) => json);
const waiting = async (log: EventLog, group: string, topic: Topic) =>
	(await log.lag(group, topic)).reduce((sum, { events }) => sum + (events ?? NaN), 0);

/** A consumer that remembers what it was handed. */
async function collect(log: EventLog, options: Partial<ConsumeOptions> & { topic: Topic }) {
	const batches: Batch[] = [];
	const records: LogRecord[] = [];
	const subscription = await log.consume({
		group: 'g',
		lingerMs: 0,
		...options,
		async handler(batch) {
			batches.push(batch);
			await options.handler?.(batch);
			records.push(...batch.records);
		}
	});
	// A log delivers at least once: what comes again counts where it came first.
	const lines = () => [...new Set(records.flatMap(events).map(String))];
	return { subscription, batches, records, lines };
}

/** Something to hold a handler with. */
function gate() {
	const { promise, resolve } = Promise.withResolvers<undefined>();
	return { passed: promise, open: () => resolve(undefined) };
}

export function describeLog(name: string, make: () => Promise<LogHarness>): void {
	describe(name, () => {
		let harness: LogHarness;
		let log: EventLog;
		beforeEach(async () => {
			harness = await make();
			log = await harness.open();
		});
		afterEach(() => harness.dispose());
		const active = (...subscriptions: Subscription[]) =>
			vi.waitFor(() => expect(subscriptions.every((s) => s.active())).toBe(true), WAIT);

		test('keeps the order of a key, across appends and blocks', async () => {
			const keys = ['a', 'b', 'c', '微信/隐私'];
			for (let i = 0; i < 1500; i += 500)
				await log.append(
					'news',
					keys.flatMap((key) => numbered(key, i, i + 500)),
					{ origin: 'door' }
				);
			const { lines } = await collect(log, { topic: 'news' });
			await vi.waitFor(() => expect(lines()).toHaveLength(6000), WAIT);
			for (const key of keys)
				expect(lines().filter((line) => line.startsWith(`"${key}-`))).toEqual(names(key, 0, 1500));
		});

		test('keeps the order of all that a derived topic carries, whatever its keys', async () => {
			for (const key of ['a', 'b', 'c', 'd', 'e', 'f'])
				await log.append('articles', numbered(key, 0, 200), { origin: 'door' });
			const { lines, records } = await collect(log, { topic: 'articles' });
			await vi.waitFor(() => expect(lines()).toHaveLength(1200), WAIT);
			expect(lines()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].flatMap((key) => names(key, 0, 200)));
			expect(new Set(records.map(({ partition }) => partition))).toEqual(new Set([0]));
		});

		test('tells by its assignment whether a partition was ours all the while', async () => {
			const held = async (count: number) => {
				const { subscription, batches } = await collect(log, { topic: 'articles' });
				const seen = [];
				for (let n = 0; n < count; n++) {
					const before = batches.length;
					await log.append('articles', numbered('k', n, n + 1), { origin: 'door' });
					await vi.waitFor(() => expect(batches.length).toBeGreaterThan(before), WAIT);
					seen.push(batches.at(-1)?.assignment);
				}
				await subscription.close();
				return new Set(seen);
			};
			const [first, second] = [await held(3), await held(2)];
			expect([first.size, second.size]).toEqual([1, 1]);
			expect(first.union(second).size).toBe(2);
		});

		test('keeps the order of a key among appends that do not wait for one another', async () => {
			await Promise.all(
				Array.from({ length: 100 }, (_, i) =>
					log.append('traffic', numbered('k', i, i + 1), { origin: 'door' })
				)
			);
			const { lines } = await collect(log, { topic: 'traffic' });
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 100)), WAIT);
		});

		test('packs events into blocks of at most 1,000 that say who wrote them', async () => {
			await log.append('traffic', numbered('k', 0, 2500), { origin: 'import' });
			const { records, lines } = await collect(log, { topic: 'traffic' });
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 2500)), WAIT);
			expect(records.map(({ header }) => header?.events)).toEqual([1000, 1000, 500]);
			expect(records[0]).toMatchObject({
				key: 'k',
				header: { schema: { major: 1 }, writer: 'suite', origin: 'import' }
			});
			expect(Math.abs((records[0]?.accepted ?? 0) - Date.now())).toBeLessThan(60_000);
			const offsets = records.map(({ offset }) => offset);
			expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
		});

		test('has what it acknowledged, although the process was killed right after', async () => {
			await harness.appendAndDie('policies', 'k', 20);
			const { lines } = await collect(log, { topic: 'policies' });
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 20)), WAIT);
		});

		test('delivers again, at the same positions and times, what a killed process had not committed', async () => {
			await log.append('news', numbered('k', 0, 3), { origin: 'door' });
			const handed = await harness.consumeAndDie('news', 'g');
			expect(handed.length).toBeGreaterThan(0);
			const { records, lines } = await collect(log, { topic: 'news' });
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 3)), WAIT);
			expect(records.map(({ offset, accepted }) => `${offset} ${accepted}`)).toEqual(handed);
		});

		test('hands over the same records until the handler takes them, and tells of failure and recovery', async () => {
			const told: unknown[] = [];
			let calls = 0;
			await log.append('news', numbered('k', 0, 5), { origin: 'door' });
			const { batches } = await collect(log, {
				topic: 'news',
				onError: (error) => void told.push(error instanceof Error ? error.message : error),
				handler: async () => {
					if (++calls < 3) throw new Error(`no ${calls}`);
				}
			});
			await vi.waitFor(() => expect(told).toEqual(['no 1', 'no 2', null]), WAIT);
			const offsets = batches.map(({ records }) => records.map(({ offset }) => offset));
			expect(offsets[1]).toEqual(offsets[0]);
			expect(offsets[2]).toEqual(offsets[0]);
			await vi.waitFor(async () => expect(await waiting(log, 'g', 'news')).toBe(0), WAIT);
		});

		test('commits only when the handler is done', async () => {
			const held = gate();
			await log.append('news', numbered('k', 0, 5), { origin: 'door' });
			const { batches } = await collect(log, { topic: 'news', handler: () => held.passed });
			await vi.waitFor(() => expect(batches).toHaveLength(1), WAIT);
			expect(await waiting(log, 'g', 'news')).toBe(5);
			held.open();
			await vi.waitFor(async () => expect(await waiting(log, 'g', 'news')).toBe(0), WAIT);
		});

		test('keeps the assignment while a handler fails for longer than a session', async () => {
			const until = performance.now() + harness.sessionMs * 1.3;
			const seen: boolean[] = [];
			await log.append('news', numbered('k', 0, 5), { origin: 'door' });
			const { lines, batches, subscription } = await collect(log, {
				topic: 'news',
				handler: async ({ stale }) => {
					seen.push(subscription.active() && !stale());
					if (performance.now() < until) throw new Error('the store is down');
				}
			});
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 5)), WAIT);
			expect(batches.length).toBeGreaterThan(2);
			expect(new Set(seen.slice(1))).toEqual(new Set([true]));
		});

		test('on closing lets the handler finish, commits that, and hands over nothing more', async () => {
			const held = gate();
			await log.append('news', numbered('k', 0, 5), { origin: 'door' });
			const first = await collect(log, { topic: 'news', handler: () => held.passed });
			await vi.waitFor(() => expect(first.batches).toHaveLength(1), WAIT);
			const closing = first.subscription.close();
			await log.append('news', numbered('k', 5, 10), { origin: 'door' });
			expect(first.subscription.active()).toBe(true);
			held.open();
			await closing;
			expect(first.subscription.active()).toBe(false);
			expect(first.lines()).toEqual(names('k', 0, 5));
			const second = await collect(log, { topic: 'news' });
			await vi.waitFor(() => expect(second.lines()).toEqual(names('k', 5, 10)), WAIT);
		});

		test('takes an event of 4 MB and refuses a larger one with its size', async () => {
			const json = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;
			const large = [{ key: 'k', json: json(EVENT_BYTES + 1) }];
			await expect(log.append('news', large, { origin: 'door' })).rejects.toMatchObject({
				code: 'too-large',
				message: expect.stringContaining(String(EVENT_BYTES + 1))
			});
			const entries = [
				numbered('k', 0, 1),
				{ key: 'k', json: json(EVENT_BYTES) },
				numbered('k', 1, 2)
			].flat();
			await log.append('news', entries, { origin: 'door' });
			const { lines } = await collect(log, { topic: 'news' });
			await vi.waitFor(() => expect(lines().map((line) => line.length)).toEqual([5, EVENT_BYTES, 5]), WAIT);
		});

		test('takes 32 MB in one append', async () => {
			const entries = Array.from({ length: 64 }, (_, i) => ({
				key: `k${i % 5}`,
				json: `"${i}${'x'.repeat(500_000)}"`
			}));
			await log.append('policies', entries, { origin: 'door' });
			const { lines } = await collect(log, { topic: 'policies' });
			await vi.waitFor(() => expect(lines()).toHaveLength(64), WAIT);
			expect(new Set(lines())).toEqual(new Set(entries.map(({ json }) => json)));
		});

		test('gives records of other producers one by one, without a header', async () => {
			const odd = [Buffer.from('{\n"a": 1}'), Buffer.from([0xff, 0x7b, 0]), null];
			await harness.produce(
				'traffic',
				odd.map((value) => ({ key: 'k', value }))
			);
			const { records } = await collect(log, { topic: 'traffic' });
			await vi.waitFor(() => expect(records).toHaveLength(3), WAIT);
			expect(records.map(({ header }) => header)).toEqual([null, null, null]);
			expect(records.flatMap(events)).toEqual(odd.map((value) => value ?? Buffer.alloc(0)));
		});

		test('hands over at most so many events at a time while catching up', async () => {
			for (let i = 0; i < 5; i++)
				await log.append('traffic', numbered('k', i * 100, i * 100 + 100), { origin: 'door' });
			const { batches, lines } = await collect(log, { topic: 'traffic', maxEvents: 200 });
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 500)), WAIT);
			expect(batches.map(({ records }) => records.length)).toEqual([2, 2, 1]);
			expect(batches.map(({ caughtUp }) => caughtUp)).toEqual([false, false, true]);
		});

		test('waits for more while following, so that what comes together is handed over together', async () => {
			const { subscription, batches, lines } = await collect(log, { topic: 'traffic', lingerMs: 700 });
			await active(subscription);
			for (let i = 0; i < 10; i++) await log.append('traffic', numbered('k', i, i + 1), { origin: 'door' });
			await vi.waitFor(() => expect(lines()).toEqual(names('k', 0, 10)), WAIT);
			expect(batches.length).toBeLessThanOrEqual(2);
		});

		test('gives every group everything', async () => {
			await log.append('news', numbered('k', 0, 5), { origin: 'door' });
			const one = await collect(log, { topic: 'news', group: 'one' });
			const two = await collect(log, { topic: 'news', group: 'two' });
			await vi.waitFor(
				() => expect([one.lines(), two.lines()]).toEqual([names('k', 0, 5), names('k', 0, 5)]),
				WAIT
			);
		});

		test('gives a topic to several consumers of a group without loss, and what one leaves to the other', async () => {
			const other = await harness.open();
			const one = await collect(log, { topic: 'news' });
			await active(one.subscription);
			const two = await collect(other, { topic: 'news' });
			if (harness.shares) await active(one.subscription, two.subscription);
			const keys = Array.from({ length: 60 }, (_, i) => `key${i}`);
			await log.append(
				'news',
				keys.flatMap((key) => numbered(key, 0, 5)),
				{ origin: 'door' }
			);
			const all = () => new Set([...one.lines(), ...two.lines()]);
			await vi.waitFor(() => expect(all().size).toBe(300), WAIT);
			expect(two.lines().length > 0).toBe(harness.shares);
			expect(two.subscription.active()).toBe(harness.shares);
			await one.subscription.close();
			const before = one.lines().length;
			await log.append(
				'news',
				keys.flatMap((key) => numbered(key, 5, 10)),
				{ origin: 'door' }
			);
			await vi.waitFor(() => expect(all().size).toBe(600), WAIT);
			expect(one.lines()).toHaveLength(before);
			for (const key of keys)
				expect(
					two
						.lines()
						.filter((line) => line.startsWith(`"${key}-`))
						.slice(-5)
				).toEqual(names(key, 5, 10));
		});

		test('says how far a group is behind, and since when', async () => {
			expect(await waiting(log, 'g', 'traffic')).toBe(0);
			await log.append('traffic', numbered('k', 0, 1500), { origin: 'door' });
			const behind = (await log.lag('g', 'traffic')).filter(({ end, committed }) => end > committed);
			expect(behind).toHaveLength(1);
			expect(behind[0]?.events).toBeGreaterThan(0);
			const { subscription } = await collect(log, { topic: 'traffic' });
			await vi.waitFor(async () => expect(await waiting(log, 'g', 'traffic')).toBe(0), WAIT);
			await subscription.close();
			expect((await log.lag('g', 'traffic')).every(({ oldest }) => oldest === null)).toBe(true);
		});

		test('takes nothing once it is closed', async () => {
			await log.append('news', [], { origin: 'door' });
			await log.close();
			const refused = { code: 'log-unavailable' };
			await expect(log.append('news', numbered('k', 0, 1), { origin: 'door' })).rejects.toMatchObject(
				refused
			);
			await expect(log.lag('g', 'news')).rejects.toMatchObject(refused);
		});
	});
}
