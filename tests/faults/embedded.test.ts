import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
	launch,
	settled,
	startProduct,
	telltale,
	temporaryFolder,
	until,
	type Running
} from '../support/product.ts';
import { Ledger, NOTHING, observation, random } from './ledger.ts';

const { folder, remove } = temporaryFolder();
let product: Running | undefined;
afterEach(async () => {
	await product?.stop('SIGKILL');
});
// The folder is kept from test to test: each goes on with what the one before left.
process.on('exit', remove);

const enginePid = (): number =>
	(JSON.parse(readFileSync(join(folder, 'engine', 'engine.json'), 'utf8')) as { pid: number }).pid;

describe('on the embedded default', () => {
	it('a product killed with -9 again and again has every acknowledged observation, once', async () => {
		const rnd = random(7);
		const ledger = new Ledger('killed', 7);
		for (let round = 0; round < 4; round++) {
			product = await startProduct({ folder });
			const done = ledger.write(product.url);
			const before = ledger.acknowledged.size;
			await until('a push is acknowledged', () => ledger.acknowledged.size > before);
			await wait(rnd() * 1_500);
			await product.stop('SIGKILL');
			await done();
		}
		product = await startProduct({ folder });
		await settled(product.url);
		expect(ledger.acknowledged.size).toBeGreaterThan(200);
		expect(await ledger.judge(product.url)).toEqual(NOTHING);
		expect(ledger.odd).toEqual([]);
	});

	it('an engine killed with -9 during inserts is back by itself, and nothing is lost or stored twice', async () => {
		const ledger = new Ledger('engine', 8);
		product = await startProduct({ folder });
		const done = ledger.write(product.url);
		for (let round = 0; round < 3; round++) {
			const before = ledger.acknowledged.size;
			const pid = await until('the engine runs', () => enginePid());
			await until('a push is acknowledged', () => ledger.acknowledged.size > before);
			process.kill(pid, 'SIGKILL');
			await until('another engine runs', () => enginePid() !== pid);
			await until('the product is ready', async () => (await fetch(`${product?.url}/readyz`)).ok);
		}
		await done();
		await settled(product.url);
		expect(await ledger.judge(product.url)).toEqual(NOTHING);
		expect(ledger.odd).toEqual([]);
		expect(await (await fetch(`${product.url}/api/v1/dead-letters`)).json()).toEqual([]);
	});

	it('an import killed in the middle goes on where it was, without the product and beside it', async () => {
		const count = 25_000;
		const file = join(folder, 'import.ndjson');
		writeFileSync(
			file,
			Array.from({ length: count }, (_, i) => `${JSON.stringify(observation('import', i))}\n`).join('')
		);
		const env = {
			TELLTALE_DATA: folder,
			KAFKA_BROKERS: undefined,
			CLICKHOUSE_URL: undefined,
			DATABASE_URL: undefined
		};
		const logged = () => statSync(join(folder, 'log.sqlite-wal'), { throwIfNoEntry: false })?.mtimeMs;
		const killed = async () => {
			const before = logged();
			const command = launch('ingest/cli.ts', ['import', 'traffic', file], env);
			await until('the import has appended something', () => logged() !== before);
			command.kill('SIGKILL');
			return new Promise((done) => command.on('close', (code) => done(code)));
		};
		expect(await killed()).toBeNull();
		product = await startProduct({ folder });
		const { code, stdout } = await telltale(['import', 'traffic', file], env);
		expect({ code, stdout }).toMatchObject({
			code: 0,
			stdout: expect.stringMatching(/\d+ accepted, \d+ skipped, 0 rejected/) as string
		});
		expect((await telltale(['import', 'traffic', file], env)).stdout).toContain(
			`0 accepted, ${count} skipped`
		);
		await settled(product.url);
		const ledger = new Ledger('import', 9);
		for (let i = 0; i < count; i++) {
			ledger.tried.add(i);
			ledger.acknowledged.add(i);
		}
		expect(await ledger.judge(product.url)).toEqual(NOTHING);
	});

	it('SIGTERM ends it with status 0, an open stream or not', async () => {
		product = await startProduct({ folder });
		const stream = await fetch(`${product.url}/api/v1/stream`);
		expect(stream.ok).toBe(true);
		const began = performance.now();
		expect(await product.stop('SIGTERM')).toBe(0);
		expect(performance.now() - began).toBeLessThan(10_000);
	});
});
