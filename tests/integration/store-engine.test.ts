import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '#lib/server/store/open.ts';
import type { Store } from '#lib/server/store/store.ts';
import { insertTraffic } from '#lib/server/store/traffic.ts';
import { hasEngine, openTestStore, quiet, serverAddress, temporaryFolder, until } from '../support/engine.ts';
import { startOwner } from '../support/owner.ts';

/** Whether a process works; one that waits to be reaped does not. */
function lives(pid: number): boolean {
	const file = `/proc/${pid}/stat`;
	return existsSync(file) && readFileSync(file, 'utf8').split(') ')[1]?.[0] !== 'Z';
}

const one = { sql: 'SELECT 1 AS one', row: z.object({ one: z.number() }) };
const count = async (store: Store, sql: string) =>
	(await store.select({ sql, row: z.object({ n: z.coerce.number() }) }))[0]?.n;

describe.runIf(hasEngine)('the embedded engine', () => {
	const endings: (() => Promise<unknown>)[] = [];
	afterEach(async () => {
		for (const end of endings.splice(0).reverse()) await end();
	});
	async function open() {
		const given = await openTestStore();
		endings.push(given.end);
		return given;
	}
	async function folderOnly() {
		const { folder, remove } = await temporaryFolder();
		endings.push(remove);
		return folder;
	}

	test('keeps its folder and its passwords to its own account', async () => {
		const { folder } = await open();
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		const run = (await readdir(folder)).find((name) => name.startsWith('run-')) ?? '';
		expect(statSync(join(folder, run)).mode & 0o777).toBe(0o700);
		for (const file of ['engine.json', `${run}/config.xml`, `${run}/users.xml`])
			expect(statSync(join(folder, file)).mode & 0o777, file).toBe(0o600);
	});

	test('answers nobody without a password', async () => {
		const { folder } = await open();
		const { origin } = new URL((await serverAddress(folder)).url);
		for (const query of [
			'SELECT * FROM telltale.traffic',
			"SELECT * FROM file('/etc/passwd', 'LineAsString')",
			'SELECT 1'
		]) {
			const response = await fetch(origin, { method: 'POST', body: query });
			expect([query, response.ok]).toEqual([query, false]);
		}
	});

	test('killed during inserts it is back within a second; no acknowledged row is lost or repeated', async () => {
		const { store, folder } = await open();
		const rows = 500;
		const line = (i: number) =>
			JSON.stringify({
				...{
					$accepted: 1_790_000_000_000,
					$position: i,
					$origin: 'door',
					provider: 'site',
					destination: 'shop',
					source: `s${i}`
				},
				...{ from: '2026-11-01', to: '2026-11-01', metric: 'visits', value: i }
			});
		let [blocks, repeats, inserting] = [0, 0, true];
		const inserts = (async () => {
			for (; inserting; blocks++) {
				const body = Buffer.from(Array.from({ length: rows }, (_, i) => line(blocks * rows + i)).join('\n'));
				for (let stored = false; !stored;) {
					try {
						await insertTraffic(store, body, `block-${blocks}`);
						stored = true;
					} catch (error) {
						expect(error).toMatchObject({ code: 'store-unavailable' });
						repeats++;
						await store.ping().catch(() => new Promise((done) => setTimeout(done, 20)));
					}
				}
			}
		})();
		const outages: number[] = [];
		const { url } = await serverAddress(folder);
		for (let kills = 1; kills <= 3; kills++) {
			const before = blocks;
			await until('some blocks are in', () => blocks > before + 5);
			const { pid } = await serverAddress(folder);
			const began = performance.now();
			process.kill(pid, 'SIGKILL');
			await until('it is gone', () => !lives(pid));
			await until('it was started again', () => store.status().restarts === kills && store.status().up);
			await store.ping();
			outages.push(performance.now() - began);
		}
		inserting = false;
		await inserts;
		expect(repeats).toBeGreaterThan(0);
		expect(await count(store, 'SELECT count() AS n FROM traffic')).toBe(blocks * rows);
		expect(await count(store, 'SELECT uniqExact(position) AS n FROM traffic')).toBe(blocks * rows);
		// The best of three: the machine that runs tests has other things to do as well.
		expect(Math.min(...outages)).toBeLessThan(1_000);
		expect((await serverAddress(folder)).url).toBe(url);
		expect(store.status()).toMatchObject({ form: 'embedded', up: true, restarts: 3, error: null });
	});

	test('while it starts again reads wait and inserts are refused at once', async () => {
		const { store, folder } = await open();
		const { pid } = await serverAddress(folder);
		process.kill(pid, 'SIGKILL');
		await until('the loss is noticed', () => !store.status().up);
		const began = performance.now();
		const insert = store.insert({ sql: 'INSERT INTO traffic FORMAT JSONEachRow', body: Buffer.from('{}') });
		await expect(insert).rejects.toMatchObject({ code: 'store-unavailable', retryable: true });
		expect(performance.now() - began).toBeLessThan(100);
		expect(await store.select(one)).toEqual([{ one: 1 }]);
	});

	test('a read that was under way when it was killed is sent again', async () => {
		const { store, folder } = await open();
		const { pid } = await serverAddress(folder);
		const read = store.select({
			sql: 'SELECT toUInt8(sum(sleepEachRow(0.01)) + 1) AS one FROM numbers(50) SETTINGS max_block_size = 10',
			row: one.row
		});
		process.kill(pid, 'SIGKILL');
		expect(await read).toEqual([{ one: 1 }]);
	});

	test('ends when its parent is killed, and the folder is free for the next one at once', async () => {
		const folder = await folderOnly();
		const owner = await startOwner(folder);
		const pid = owner.pid ?? 0;
		expect(lives(pid)).toBe(true);
		owner.kill();
		const store = await openStore({ at: { folder }, logger: quiet });
		endings.push(() => store.close());
		expect(await count(store, 'SELECT count() AS n FROM traffic')).toBe(0);
		expect(lives(pid)).toBe(false);
	});

	test('ends with the store, and leaves no process behind', async () => {
		const { folder, remove } = await temporaryFolder();
		const store = await openStore({ at: { folder }, logger: quiet });
		const { pid } = await serverAddress(folder);
		await store.close();
		expect(lives(pid)).toBe(false);
		await expect(store.select(one)).rejects.toMatchObject({ code: 'store-unavailable' });
		await remove();
	});

	test('refuses a folder where another engine works, and leaves that one alone', async () => {
		const { store, folder } = await open();
		const before = await readdir(folder);
		await expect(openStore({ at: { folder }, logger: quiet })).rejects.toMatchObject({
			code: 'folder-in-use'
		});
		expect(await startOwner(folder)).toMatchObject({ code: 'folder-in-use' });
		expect(await store.select(one)).toEqual([{ one: 1 }]);
		expect((await readdir(folder)).toSorted()).toEqual(before.toSorted());
		await store.ping();
	});

	test('a command beside a product uses its engine, across a restart, and does not end it', async () => {
		const { store, folder } = await open();
		const beside = await openStore({ at: { folder, attach: true }, logger: quiet });
		expect(await beside.select(one)).toEqual([{ one: 1 }]);
		process.kill((await serverAddress(folder)).pid, 'SIGKILL');
		await until('it was started again', () => store.status().restarts === 1 && store.status().up);
		expect(await beside.select(one)).toEqual([{ one: 1 }]);
		await beside.close();
		await store.ping();
	});

	test('there is nothing to attach to where no product runs', async () => {
		const folder = await folderOnly();
		const attach = () => openStore({ at: { folder, attach: true }, logger: quiet });
		await expect(attach()).rejects.toMatchObject({ code: 'store-unavailable' });
		const owner = await startOwner(folder);
		await owner.end();
		await expect(attach()).rejects.toMatchObject({ code: 'store-unavailable' });
	});

	test('works in a folder whose name would break a query or a configuration', async () => {
		const folder = join(await folderOnly(), "it's <a> & b");
		const store = await openStore({ at: { folder }, logger: quiet });
		expect(await store.select(one)).toEqual([{ one: 1 }]);
		await store.close();
	});
});
