import { Kafka, logLevel } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { events } from '#lib/server/log/block.ts';
import { openKafkaLog } from '#lib/server/log/kafka.ts';
import { LOG_TOPICS, type EventLog } from '#lib/server/log/log.ts';
import { describeLog } from '#lib/server/log/log.suite.ts';
import { createLogger } from '#lib/server/logger.ts';
import { brokerAvailable, startBroker, type TestBroker } from '../support/broker.ts';
import { processDeeds } from '../support/log-process.ts';

const WAIT = { timeout: 50_000, interval: 50 };
const options = { writer: 'suite', logger: createLogger('silent') };
const prefix = () => `t${randomUUID().slice(0, 8)}.`;

describe.skipIf(!brokerAvailable())('on a real broker', () => {
	let broker: TestBroker;
	beforeAll(async () => {
		broker = await startBroker();
	});
	afterAll(() => broker?.stop());
	const brokers = () => broker.address.split(',');
	const client = () => new Kafka({ brokers: brokers(), logLevel: logLevel.NOTHING });

	describeLog('the log on Kafka', async () => {
		const place = { brokers: brokers(), prefix: prefix() };
		const logs: EventLog[] = [];
		return {
			async open() {
				const log = await openKafkaLog(place, options);
				logs.push(log);
				return log;
			},
			async produce(topic, records) {
				const producer = client().producer();
				await producer.connect();
				await producer.send({ topic: place.prefix + topic, messages: records });
				await producer.disconnect();
			},
			...processDeeds(place),
			shares: true,
			sessionMs: 10_000,
			dispose: async () => void (await Promise.all(logs.map((log) => log.close())))
		};
	});

	test('topics are made as the log needs them, once, and another number of partitions is refused by name', async () => {
		const place = { brokers: brokers(), prefix: prefix() };
		const logs = await Promise.all([openKafkaLog(place, options), openKafkaLog(place, options)]);
		await Promise.all(logs.map((log) => log.close()));
		const admin = client().admin();
		await admin.connect();
		const { topics } = await admin.fetchTopicMetadata({
			topics: LOG_TOPICS.map((topic) => place.prefix + topic)
		});
		await admin.disconnect();
		const made = topics.map(({ name, partitions }) => [name.slice(place.prefix.length), partitions.length]);
		expect(Object.fromEntries(made)).toEqual({ news: 6, policies: 6, traffic: 6, articles: 1 });
		await expect(openKafkaLog({ ...place, partitions: 3 }, options)).rejects.toMatchObject({
			code: 'log-mismatch',
			message: `the Kafka topic ${place.prefix}news has 6 partitions, not 3`
		});
	});

	test('a broker that is killed and started again loses nothing, and the consumer lives on', async (context) => {
		if (!broker.restartable) return context.skip('the broker is not ours to kill');
		const log = await openKafkaLog({ brokers: brokers(), prefix: prefix() }, options);
		const seen = new Set<string>();
		const told: unknown[] = [];
		const subscription = await log.consume({
			group: 'g',
			topic: 'traffic',
			onError: (error) => void told.push(error),
			async handler({ records }) {
				for (const line of records.flatMap(events)) seen.add(String(line));
			}
		});
		const acknowledged: string[] = [];
		let refused = 0;
		const append = async (n: number) => {
			const json = JSON.stringify(`event ${n}`);
			try {
				await log.append('traffic', [{ key: `k${n % 20}`, json }], { origin: 'door' });
				acknowledged.push(json);
			} catch (error) {
				expect(error).toMatchObject({ code: 'log-unavailable' });
				refused++;
			}
		};
		let n = 0;
		let over = false;
		const writers = [1, 2, 3].map(async () => {
			while (!over) await append(n++);
		});
		await vi.waitFor(() => expect(seen.size).toBeGreaterThan(50), WAIT);
		await broker.kill();
		await vi.waitFor(() => expect(refused, 'says that it cannot take them').toBeGreaterThan(2), WAIT);
		await broker.start();
		const before = acknowledged.length;
		await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 50), WAIT);
		over = true;
		await Promise.all(writers);
		await vi.waitFor(() => expect(acknowledged.filter((json) => !seen.has(json))).toEqual([]), WAIT);
		expect(subscription.active()).toBe(true);
		expect(told.length === 0 || told.at(-1) === null, 'it said that it works again').toBe(true);
		await vi.waitFor(async () => {
			const lag = await log.lag('g', 'traffic');
			expect(lag.reduce((sum, { events }) => sum + (events ?? NaN), 0)).toBe(0);
		}, WAIT);
		await log.close();
	}, 180_000);

	test('a closed log ends within its bounds although the broker is gone', async (context) => {
		if (!broker.restartable) return context.skip('the broker is not ours to kill');
		const log = await openKafkaLog({ brokers: brokers(), prefix: prefix() }, options);
		const subscription = await log.consume({ group: 'g', topic: 'news', handler: async () => undefined });
		await vi.waitFor(() => expect(subscription.active()).toBe(true), WAIT);
		await broker.kill();
		const began = performance.now();
		await log.close();
		expect(performance.now() - began).toBeLessThan(9_000);
		await broker.start();
	});
});
