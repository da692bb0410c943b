/** The same on a real broker, beside what one would write first: one event a message, JSON, an insert per 1,000. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { z } from 'zod';
import { openKafkaLog } from '#lib/server/log/kafka.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { ndjson } from '#lib/server/store/rows.ts';
import type { Store } from '#lib/server/store/store.ts';
import { startBroker } from '../tests/support/broker.ts';
import { consume, quiet } from './consuming.ts';
import { readable } from './ingest.ts';
import type { Report } from './report.ts';
import { alternate, median } from './sample.ts';
import { observations, pushes } from './traffic.ts';

const ROUNDS = 3;
const WORLD = { shops: 30, sources: 100, days: 80, first: '2024-01-01' };
const PUSH = 10_000;
const PARTITIONS = 6;
const PEER_BATCH = 1_000;

export async function ingestOnKafka(report: Report, store: Store, folder: string): Promise<void> {
	const all = pushes(observations(WORLD, 2), PUSH);
	const events = all.reduce((sum, push) => sum + push.length, 0);
	const broker = await startBroker();
	try {
		const kafka = new Kafka({ brokers: [broker.address], logLevel: logLevel.NOTHING });
		const log = await openKafkaLog(
			{ brokers: [broker.address], prefix: 'bench-' },
			{ writer: 'bench', logger: quiet }
		);
		for (const push of all) await log.append('traffic', push, { origin: 'door' });
		await produceOneByOne(kafka, all);
		const perSecond = (ms: number) => events / (ms / 1000);
		let round = 0;
		const { ours, peer, ratio } = await alternate(
			ROUNDS,
			async () => {
				await store.command('TRUNCATE TABLE traffic');
				const own = join(folder, `desk-${round}`);
				await mkdir(own);
				const consuming = await consume(log, store, own, `bench-${round++}`);
				await consuming.stored(events);
				await readable(store, events);
				const ms = performance.now() - (consuming.began() ?? Number.NaN);
				await consuming.close();
				await rm(own, { recursive: true });
				return perSecond(ms);
			},
			async () => {
				await store.command('TRUNCATE TABLE traffic');
				return perSecond(await plainConsumer(kafka, store, `peer-${round}`, events));
			}
		);
		const say = (what: string, value: number, unit: string, goal?: number) =>
			report.add({ bench: 'ingest', what, value, unit, ...(goal && { goal: { is: '>=', value: goal } }) });
		say('on Kafka, from the first message to readable', median(ours), 'events/s');
		say('a plain consumer, one event a message', median(peer), 'events/s');
		say('on Kafka beside the plain consumer', ratio, '×', 3);
		await log.close();
	} finally {
		await broker.stop();
	}
}

const PEER_TOPIC = 'bench-peer';

async function produceOneByOne(kafka: Kafka, all: readonly Entry[][]): Promise<void> {
	const admin = kafka.admin();
	await admin.connect();
	await admin.createTopics({
		topics: [{ topic: PEER_TOPIC, numPartitions: PARTITIONS }],
		waitForLeaders: true
	});
	await admin.disconnect();
	const producer = kafka.producer();
	await producer.connect();
	for (const push of all)
		await producer.send({ topic: PEER_TOPIC, messages: push.map(({ key, json }) => ({ key, value: json })) });
	await producer.disconnect();
}

const anything = z.record(z.string(), z.unknown());

/** Milliseconds from its first message until all can be read. */
async function plainConsumer(kafka: Kafka, store: Store, groupId: string, events: number): Promise<number> {
	const consumer = kafka.consumer({ groupId });
	const done = Promise.withResolvers<undefined>();
	let began: number | undefined;
	let rows: object[] = [];
	let stored = 0;
	await consumer.connect();
	await consumer.subscribe({ topics: [PEER_TOPIC], fromBeginning: true });
	await consumer.run({
		eachMessage: async ({ message }) => {
			began ??= performance.now();
			rows.push(anything.parse(JSON.parse(String(message.value))));
			if (rows.length < PEER_BATCH && stored + rows.length < events) return;
			const batch = rows;
			rows = [];
			await store.insert({ sql: 'INSERT INTO traffic FORMAT JSONEachRow', body: ndjson(batch) });
			stored += batch.length;
			if (stored === events) done.resolve(undefined);
		}
	});
	await done.promise;
	await readable(store, events);
	const ms = performance.now() - (began ?? Number.NaN);
	await consumer.disconnect();
	return ms;
}
