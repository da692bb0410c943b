import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Kafka, logLevel } from 'kafkajs';
import { brokerAvailable, startBroker, type TestBroker } from '../support/broker.ts';
import { settled, startProduct, temporaryFolder, until, type Running } from '../support/product.ts';
import { Ledger, NOTHING, observation } from './ledger.ts';

describe.skipIf(!brokerAvailable())('on a Kafka broker', () => {
	const { folder, remove } = temporaryFolder();
	let broker: TestBroker;
	let product: Running | undefined;
	beforeAll(async () => {
		broker = await startBroker();
	});
	afterEach(async () => {
		await product?.stop('SIGKILL');
	});
	afterAll(async () => {
		await broker.stop();
		remove();
	});
	const start = () => startProduct({ folder, env: { KAFKA_BROKERS: broker.address } });

	it('a broker killed and started again loses nothing, and the product lives through it', async () => {
		const ledger = new Ledger('broker', 11);
		product = await start();
		const done = ledger.write(product.url);
		await until('pushes are acknowledged', () => ledger.acknowledged.size > 100);
		await broker.kill();
		await until('/sources says that something is wrong', async () => {
			const sources = (await (await fetch(`${product?.url}/api/v1/sources`)).json()) as {
				lag?: number | null;
				state: string;
			}[];
			return sources.some(({ lag, state }) => lag === null || state === 'failing');
		});
		await broker.start();
		const before = ledger.acknowledged.size;
		await until('pushes are acknowledged again', () => ledger.acknowledged.size > before + 100, 60_000);
		await done();
		await settled(product.url, 90_000);
		expect(await ledger.judge(product.url)).toEqual(NOTHING);
		expect(ledger.odd).toEqual([]);
	});

	it('a product killed with -9 has every acknowledged observation, once', async () => {
		const ledger = new Ledger('killed', 12);
		for (let round = 0; round < 2; round++) {
			product = await start();
			const done = ledger.write(product.url);
			const before = ledger.acknowledged.size;
			await until('pushes are acknowledged', () => ledger.acknowledged.size > before + 200);
			await product.stop('SIGKILL');
			await done();
		}
		product = await start();
		await settled(product.url, 90_000);
		expect(await ledger.judge(product.url)).toEqual(NOTHING);
	});

	it("another producer's records are read one by one, and what is no event waits among the dead letters, alone", async () => {
		product = await start();
		const producer = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING }).producer();
		await producer.connect();
		const values = [
			JSON.stringify(observation('beside', 0)),
			Buffer.from([0xff, 0x7b, 0]),
			'{"provider":"faults"}',
			JSON.stringify(observation('beside', 80))
		];
		await producer.send({
			topic: 'traffic',
			messages: values.map((value) => ({ key: 'faults/beside-0', value }))
		});
		await producer.disconnect();
		await settled(product.url);
		const ledger = new Ledger('beside', 0);
		for (const i of [0, 80]) {
			ledger.tried.add(i);
			ledger.acknowledged.add(i);
		}
		const url = product.url;
		const shares = (await (
			await fetch(`${url}/api/v1/shares?destination=beside-0&metric=new_users&provider=faults`)
		).json()) as { series: { points: unknown[] }[] };
		expect(shares.series.flatMap(({ points }) => points)).toHaveLength(2);
		const letters = (await (await fetch(`${url}/api/v1/dead-letters`)).json()) as {
			id: string;
			reason: string;
		}[];
		expect(letters.map(({ reason }) => reason).sort()).toEqual([
			'destination is missing; source is missing; from is missing; to is missing; metric is missing; value is missing',
			'is not UTF-8'
		]);
	});
});
