/** What every store does, whichever ClickHouse it is given. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Store } from '#lib/server/store/store.ts';
import { until } from '../support/engine.ts';

interface Given {
	store: Store;
	end(): Promise<void>;
}

const count = z.object({ n: z.coerce.number() });

/** `ownReader`: reads go by a user that has no other rights, and not just by a read-only session of the writer. */
export function storeSuite(
	name: string,
	open: () => Promise<Given>,
	{ ownReader }: { ownReader: boolean }
): void {
	describe(name, () => {
		let given: Given;
		let store: Store;
		const table = `scratch_${randomUUID().replaceAll('-', '')}`;
		const insert = (rows: object[], token?: string) =>
			store.insert({
				sql: `INSERT INTO ${table} FORMAT JSONEachRow`,
				body: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
				...(token && { token })
			});
		const rows = async (where: string, params = {}) =>
			(await store.select({ sql: `SELECT count() AS n FROM ${table} WHERE ${where}`, params, row: count }))[0]
				?.n;

		beforeAll(async () => {
			given = await open();
			store = given.store;
			await store.command(`CREATE TABLE ${table} (
				kind String, text String, big UInt64, low Int64, at DateTime64(3, 'UTC'), day Date
			) ENGINE = MergeTree ORDER BY kind SETTINGS non_replicated_deduplication_window = 1000`);
		});
		afterAll(async () => {
			await store.command(`DROP TABLE ${table} SYNC`);
			await given.end();
		});

		test('keeps 64-bit integers to the last digit', async () => {
			const [big, low] = ['18446744073709551615', '-9223372036854775808'];
			await insert([{ kind: 'integers', big, low }]);
			const row = z.object({ big: z.string(), low: z.string() });
			expect(
				await store.select({ sql: `SELECT big, low FROM ${table} WHERE kind = 'integers'`, row })
			).toEqual([{ big, low }]);
		});

		test('reads instants of any offset and gives them back in UTC with milliseconds', async () => {
			const given = ['2026-11-20T08:00:00.123+08:00', '1969-12-31T23:59:59.999Z', '2024-02-29T12:00:00Z'];
			await insert(given.map((at) => ({ kind: 'instants', at, day: '2024-02-29' })));
			const found = await store.select({
				sql: `SELECT at, day FROM ${table} WHERE kind = 'instants' ORDER BY at`,
				row: z.object({ at: z.string(), day: z.string() })
			});
			expect(found).toEqual(
				['1969-12-31T23:59:59.999Z', '2024-02-29T12:00:00.000Z', '2026-11-20T00:00:00.123Z'].map((at) => ({
					at,
					day: '2024-02-29'
				}))
			);
		});

		test('binds parameters: what looks like SQL stays text', async () => {
			const text = `'); DROP TABLE ${table}; -- \\ \n\t{x:String} 微信`;
			await insert([{ kind: 'bound', text }]);
			expect(await rows('text = {text:String}', { text })).toBe(1);
			expect(await rows('text IN {texts:Array(String)}', { texts: [text, "'"] })).toBe(1);
			expect(await rows('text = {text:String}', { text: "' OR 1 --" })).toBe(0);
		});

		test('takes parameters that are longer than an address may be', async () => {
			const texts = Array.from({ length: 1_000 }, (_, i) => `text-${i}-${'x'.repeat(100)}`);
			expect(await rows('text IN {texts:Array(String)}', { texts })).toBe(0);
		});

		test('tells by code what went wrong', async () => {
			const row = z.unknown();
			const failures = {
				syntax: store.select({ sql: 'SELEC 1', row }),
				table: store.select({ sql: 'SELECT * FROM nowhere', row }),
				value: insert([{ kind: 'bad', big: 'many' }]),
				type: insert([{ kind: { not: 'text' } }]),
				shape: store.select({ sql: 'SELECT 1 AS one', row: z.object({ two: z.string() }) }),
				command: store.command('DROP TABLE nowhere'),
				memory: store.select({
					sql: 'SELECT length(groupArray(number)) FROM numbers(100000000) SETTINGS max_memory_usage = 10000000',
					row
				})
			};
			const codes = await Promise.all(
				Object.entries(failures).map(async ([name, failure]) => [
					name,
					await failure.then(
						() => 'no failure',
						(error: { code: string }) => error.code
					)
				])
			);
			expect(Object.fromEntries(codes)).toEqual({
				syntax: 'store-failed',
				table: 'store-failed',
				value: 'store-refused',
				type: 'store-refused',
				shape: 'store-failed',
				command: 'store-failed',
				memory: 'store-unavailable'
			});
			expect(await rows("kind = 'bad'")).toBe(0);
		});

		const forbidden = [
			`DROP TABLE ${table}`,
			`INSERT INTO ${table} (kind) SELECT 'by the reader'`,
			`ALTER TABLE ${table} DELETE WHERE true`,
			`TRUNCATE TABLE ${table}`,
			'CREATE TABLE mine (i UInt8) ENGINE = Memory'
		];
		const outside = [
			"SELECT * FROM file('/etc/passwd', 'LineAsString')",
			"SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')",
			"SELECT * FROM remote('127.0.0.1:9000', system.one)",
			'SELECT * FROM system.users',
			"INSERT INTO FUNCTION file('/tmp/out', 'LineAsString') SELECT 'x'"
		];
		test.each([...forbidden, ...(ownReader ? outside : [])])('refuses the reader: %s', async (sql) => {
			await expect(store.select({ sql, row: z.unknown() })).rejects.toMatchObject({
				code: 'store-forbidden'
			});
		});

		test('streams a million rows in little memory', async () => {
			const row = z.object({ number: z.string(), text: z.string() });
			const before = process.memoryUsage().heapUsed;
			let [n, sum, peak] = [0, 0, 0];
			for await (const { number } of store.stream({
				sql: "SELECT number, repeat('x', 100) AS text FROM numbers(1000000)",
				row
			})) {
				sum += Number(number);
				if (++n % 100_000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before);
			}
			expect([n, sum]).toEqual([1_000_000, 499_999_500_000]);
			expect(peak).toBeLessThan(150_000_000);
		});

		test('tells of a failure in the middle of a stream', async () => {
			const stream = store.stream({
				sql: 'SELECT throwIf(number = 2000000) AS x FROM numbers(3000000)',
				row: z.unknown()
			});
			const drain = async () => {
				for await (const _ of stream);
			};
			await expect(drain()).rejects.toMatchObject({ code: 'store-failed' });
		});

		/** How many queries with `mark` the server is working on, by way of the writer: the reader sees no system tables. */
		async function running(mark: string): Promise<number> {
			const kind = `running ${randomUUID()}`;
			await store.command(
				`INSERT INTO ${table} (kind, big) SELECT {kind:String}, count() FROM system.processes
				WHERE query LIKE {like:String} AND query NOT LIKE '%system.processes%'`,
				{ kind, like: `%${mark}%` }
			);
			const [found] = await store.select({
				sql: `SELECT big AS n FROM ${table} WHERE kind = {kind:String}`,
				params: { kind },
				row: count
			});
			return found?.n ?? 0;
		}

		test('ends a cancelled query on the server too', async () => {
			const mark = randomUUID();
			const stop = new AbortController();
			const sql = `SELECT sum(sleepEachRow(0.01)) /* ${mark} */ FROM numbers(1000) SETTINGS max_block_size = 10`;
			const query = store.select({ sql, row: z.unknown(), signal: stop.signal });
			const outcome = expect(query).rejects.toThrow('enough');
			await until('the query runs', async () => (await running(mark)) === 1);
			stop.abort(new Error('enough'));
			await outcome;
			await until('the query is gone', async () => (await running(mark)) === 0, 5_000);
		});

		test('ends a stream that nobody reads further on the server too', async () => {
			const mark = randomUUID();
			const sql = `SELECT number, sleepEachRow(0.001) /* ${mark} */ FROM numbers(100000) SETTINGS max_block_size = 100`;
			for await (const _ of store.stream({ sql, row: z.unknown() })) {
				expect(await running(mark)).toBe(1);
				break;
			}
			await until('the query is gone', async () => (await running(mark)) === 0, 5_000);
		});

		test('sends nothing for a request that was cancelled before', async () => {
			const signal = AbortSignal.abort(new Error('too late'));
			await expect(store.select({ sql: 'SELECT 1', row: z.unknown(), signal })).rejects.toThrow('too late');
		});

		test('takes a repeated block once', async () => {
			const block = Array.from({ length: 1000 }, (_, i) => ({ kind: 'repeated', big: i }));
			for (const token of ['a', 'b', 'a', 'a', 'b']) await insert(block, `${table}-${token}`);
			expect(await rows("kind = 'repeated'")).toBe(2000);
		});

		test('shows whole blocks only to those who read during inserts', async () => {
			let inserting = true;
			const writes = (async () => {
				for (let block = 0; block < 20; block++)
					await insert(Array.from({ length: 500 }, (_, big) => ({ kind: 'concurrent', big })));
			})().finally(() => (inserting = false));
			const seen: number[] = [];
			while (inserting) seen.push((await rows("kind = 'concurrent'")) ?? -1);
			await writes;
			expect(seen.every((n) => n % 500 === 0)).toBe(true);
			expect(seen).toEqual(seen.toSorted((a, b) => a - b));
			expect(await rows("kind = 'concurrent'")).toBe(10_000);
		});

		test('answers a ping and says that it is up', async () => {
			await store.ping();
			expect(store.status()).toMatchObject({ up: true, error: null, restarts: 0 });
		});
	});
}
