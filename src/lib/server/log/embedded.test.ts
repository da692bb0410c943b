import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { processDeeds, startLogProcess } from '../../../../tests/support/log-process.ts';
import { createLogger } from '../logger.ts';
import { openLogFile } from './embedded-file.ts';
import { createLeaseKeeper, describeProcess, isAlive } from './embedded-lease.ts';
import { asProblem } from './embedded-problem.ts';
import { openEmbeddedLog, type EmbeddedLog, type EmbeddedOptions } from './embedded.ts';
import type { Entry, LogRecord } from './log.ts';
import { describeLog } from './log.suite.ts';

const LEASE_MS = 600;
const WAIT = { timeout: 15_000, interval: 10 };
const logger = createLogger('silent');
const origin = { origin: 'door' } as const;
const one = (json: string): Entry[] => [{ key: 'k', json }];

let folder: string;
let file: string;
let logs: EmbeddedLog[];
const open = async (options: Partial<EmbeddedOptions> = {}) => {
	const log = await openEmbeddedLog(file, { writer: 'suite', logger, leaseMs: LEASE_MS, ...options });
	logs.push(log);
	return log;
};
const setUp = () => {
	folder = mkdtempSync(join(tmpdir(), 'telltale-log-'));
	file = join(folder, 'log.sqlite');
	logs = [];
};
const tearDown = async () => {
	await Promise.all(logs.map((log) => log.close()));
	rmSync(folder, { recursive: true, force: true });
};
/** Reads what the file holds, past every consumer. */
const kept = () => {
	const raw = openLogFile(file, 'log.sqlite');
	const { records } = raw.read('news', { offset: 0, events: 0, bytes: 0 }, 1e9, 1e12);
	raw.close();
	return records;
};
const consume = (log: EmbeddedLog, handler: (records: LogRecord[]) => Promise<void> | void, group = 'g') =>
	log.consume({ group, topic: 'news', lingerMs: 0, handler: async ({ records }) => handler(records) });

describeLog('the embedded log', async () => {
	setUp();
	const path = file;
	return {
		open,
		async produce(topic, records) {
			const raw = openLogFile(path, 'log.sqlite');
			const values = records.map(({ key, value }) => {
				return { key, header: null, events: 1, value: value ?? Buffer.alloc(0) };
			});
			raw.transaction(() => raw.append(topic, values, Date.now()));
			raw.close();
		},
		...processDeeds({ file: path, leaseMs: 60_000 }),
		shares: false,
		sessionMs: LEASE_MS,
		dispose: tearDown
	};
});

describe('the embedded log by itself', () => {
	beforeEach(setUp);
	afterEach(tearDown);

	test('never lets times go back, although the clock does', async () => {
		const times = [1_000_000, 999_000, 5, 1_000_001];
		const log = await open({ now: () => times.shift() ?? 0 });
		for (const json of ['1', '2', '3', '4']) await log.append('news', one(json), origin);
		expect(kept().map(({ accepted }) => accepted)).toEqual([1_000_000, 1_000_001, 1_000_002, 1_000_003]);
	});

	test('puts what is appended in one turn into shared blocks, by origin', async () => {
		const log = await open();
		await Promise.all([
			log.append('news', one('1'), origin),
			log.append('news', one('2'), origin),
			log.append('news', one('3'), { origin: 'import' }),
			log.append('traffic', one('4'), origin)
		]);
		expect(kept().map(({ value, header }) => [String(value), header?.origin])).toEqual([
			['1\n2', 'door'],
			['3', 'import']
		]);
	});

	test('takes appends of several processes at once, and wakes the consumer for them', async () => {
		const log = await open();
		const lines: string[] = [];
		await consume(log, (records) => void lines.push(...records.map(({ value }) => String(value))));
		const append = (key: string) =>
			startLogProcess(
				{ file, leaseMs: LEASE_MS },
				{ do: 'append', topic: 'news', key, count: 100, die: false }
			);
		const children = [append('a'), append('b')];
		expect(await Promise.all(children.map(({ ended }) => ended))).toEqual([null, null]);
		await vi.waitFor(() => expect(lines).toHaveLength(200), WAIT);
		for (const key of ['a', 'b'])
			expect(lines.filter((line) => line.startsWith(`"${key}`))).toEqual(
				Array.from({ length: 100 }, (_, i) => JSON.stringify(`${key}-${i}`))
			);
		expect(kept().map(({ offset }) => offset)).toEqual(Array.from({ length: 200 }, (_, i) => i));
	});

	test('consumes at once when the process that did was killed, however long its lease', async () => {
		const log = await open({ leaseMs: 3_600_000 });
		await log.append('news', one('1'), origin);
		const child = startLogProcess(
			{ file, leaseMs: 3_600_000 },
			{ do: 'consume', topic: 'news', group: 'g', die: false }
		);
		await vi.waitFor(() => expect(child.lines).toHaveLength(1), WAIT);
		const handed: number[] = [];
		const subscription = await consume(
			log,
			(records) => void handed.push(...records.map(({ offset }) => offset))
		);
		expect(subscription.active()).toBe(false);
		await child.kill();
		await log.append('news', one('2'), origin);
		await vi.waitFor(() => expect(handed).toContain(1), { timeout: 2_000, interval: 10 });
		expect(subscription.active()).toBe(true);
	});

	test('a lease that could not be given back runs out, though its process goes on and renews others', async () => {
		await open();
		const raw = openLogFile(file, 'log.sqlite');
		const release = () => {
			throw new Error('database or disk is full');
		};
		const keeper = createLeaseKeeper({ ...raw, release }, { leaseMs: LEASE_MS, logger });
		try {
			const other = keeper.claim('suite', 'traffic');
			const lease = keeper.claim('suite', 'news');
			expect(() => lease?.release()).toThrow('full');
			await vi.waitFor(() => expect(keeper.claim('suite', 'news')).not.toBeNull(), WAIT);
			expect(other?.held()).toBe(true);
		} finally {
			keeper.close();
			raw.close();
		}
	});

	test('a consumer whose lease was taken meanwhile is told so and commits nothing', async () => {
		const log = await open({ leaseMs: 60_000 });
		await log.append('news', one('1'), origin);
		const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
		let calls = 0;
		await consume(log, () => (++calls === 1 ? held : undefined));
		await vi.waitFor(() => expect(calls).toBe(1), WAIT);
		const raw = openLogFile(file, 'log.sqlite');
		raw.take('g', 'news', { holder: 'thief', process: describeProcess(), until: 0 }, 'another');
		release(undefined);
		// Its commit is refused; the thief's lease has run out, so it begins again where the group stands.
		await vi.waitFor(() => expect(calls).toBe(2), WAIT);
		await vi.waitFor(() => expect(raw.lag('g', 'news').events).toBe(0), WAIT);
		raw.close();
	});

	test('retention drops what is old and committed by all groups, and nothing else', async () => {
		const clock = { now: 1_000_000 };
		const log = await open({ now: () => clock.now, retention: { maxAgeMs: 1_000 } });
		for (let i = 0; i < 10; i++) await log.append('news', one(String(i)), origin);
		clock.now += 10_000;
		await log.retain();
		expect(kept(), 'nobody has read it').toHaveLength(10);

		const fast = await consume(log, () => undefined, 'fast');
		const slow = await log.consume({
			group: 'slow',
			topic: 'news',
			lingerMs: 0,
			maxEvents: 1,
			handler: async ({ records }) => {
				if ((records[0]?.offset ?? 0) >= 4) throw new Error('full');
			}
		});
		const lag = async (group: string) => (await log.lag(group, 'news'))[0]?.events;
		await vi.waitFor(async () => expect([await lag('fast'), await lag('slow')]).toEqual([0, 6]), WAIT);
		await log.retain();
		expect(kept().map(({ offset }) => offset)).toEqual([4, 5, 6, 7, 8, 9]);
		expect([await lag('fast'), await lag('slow'), await lag('new')]).toEqual([0, 6, 6]);
		await Promise.all([fast.close(), slow.close()]);

		const rest = await consume(log, () => undefined, 'slow');
		await vi.waitFor(async () => expect(await lag('slow')).toBe(0), WAIT);
		await rest.close();
		await log.retain();
		expect(kept()).toEqual([]);
		await log.append('news', one('next'), origin);
		expect(
			kept().map(({ offset }) => offset),
			'positions are never given twice'
		).toEqual([10]);
		expect(await lag('slow')).toBe(1);
	});

	test('retention keeps young records until there are too many bytes', async () => {
		const log = await open({ retention: { maxBytes: 5_000 } });
		const subscription = await consume(log, () => undefined);
		for (let i = 0; i < 10; i++) await log.append('news', one(`"${'x'.repeat(998)}"`), origin);
		await vi.waitFor(async () => expect((await log.lag('g', 'news'))[0]?.events).toBe(0), WAIT);
		await subscription.close();
		await log.retain();
		expect(kept().map(({ offset }) => offset)).toEqual([5, 6, 7, 8, 9]);
	});

	test('refuses appends while too much is not committed, and takes them again after', async () => {
		const log = await open({ retention: { maxBytes: 3_000 } });
		for (let i = 0; i < 3; i++) await log.append('news', one(`"${'x'.repeat(998)}"`), origin);
		await expect(log.append('news', one('1'), origin)).rejects.toMatchObject({
			code: 'log-full',
			retryable: true
		});
		expect(kept()).toHaveLength(3);
		await consume(log, () => undefined);
		await vi.waitFor(async () => expect((await log.lag('g', 'news'))[0]?.events).toBe(0), WAIT);
		await log.append('news', one('1'), origin);
	});

	test('takes what is derived although it is full: that is how it gets emptier', async () => {
		const log = await open({ retention: { maxBytes: 3_000 } });
		for (let i = 0; i < 3; i++) await log.append('news', one(`"${'x'.repeat(998)}"`), origin);
		const appends = await Promise.allSettled([
			log.append('news', one('1'), origin),
			log.append('articles', one('2'), origin)
		]);
		expect(appends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
		expect((await log.lag('g', 'articles'))[0]?.events).toBe(1);
	});

	test('a full disk is a full log', () => {
		const db = new DatabaseSync(file);
		db.exec('CREATE TABLE t (x BLOB); PRAGMA max_page_count = 10');
		try {
			db.prepare('INSERT INTO t VALUES (zeroblob(1000000))').run();
			expect.unreachable();
		} catch (error) {
			expect(asProblem(error, 'log.sqlite')).toMatchObject({ code: 'log-full', retryable: true });
		}
		db.close();
	});

	test('refuses a file of a newer version in words', async () => {
		await (await open()).close();
		const db = new DatabaseSync(file);
		db.exec('PRAGMA user_version = 99');
		db.close();
		await expect(open()).rejects.toMatchObject({
			code: 'log-mismatch',
			message: expect.stringContaining('log.sqlite was made by a newer version (layout 99')
		});
	});

	test('gives an older file the topics that it does not have yet, and keeps what it has', async () => {
		const log = await open();
		await log.append('news', one('1'), origin);
		await log.close();
		const db = new DatabaseSync(file);
		db.exec(`DROP TABLE "topic traffic"; DELETE FROM topics WHERE topic = 'traffic'`);
		db.close();
		const again = await open();
		await again.append('traffic', one('2'), origin);
		expect(kept()).toHaveLength(1);
	});

	test('a file that is no log is named, without its folder', async () => {
		writeFileSync(file, 'this is no database, however long one looks at it. '.repeat(100));
		const failure = open();
		await expect(failure).rejects.toMatchObject({ code: 'log-unavailable' });
		await expect(failure).rejects.toThrow('log.sqlite');
		await expect(failure).rejects.not.toThrow(folder);
	});

	test('tells processes apart that had the same number', () => {
		const own = describeProcess();
		expect(isAlive(own)).toBe(true);
		expect(isAlive(own.replace(/\d+$/, '1'))).toBe(process.platform !== 'linux');
		expect(isAlive(`elsewhere ${own.split(' ').slice(1).join(' ')}`), 'cannot be told').toBe(true);
	});
});
