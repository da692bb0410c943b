/** The event log on Apache Kafka, through kafkajs 2.2.4 (design.md, "Delivery"). Its traps are named where they are stepped around. */
import { Kafka, logLevel, Partitioners, type Admin } from 'kafkajs';
import { isProblem, Problem } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { superviseConsumer } from './kafka-consumer.ts';
import { createAppender, unavailable } from './kafka-produce.ts';
import {
	isDerived,
	LOG_TOPICS,
	type EventLog,
	type Lag,
	type LogOptions,
	type LogRecord,
	type Topic
} from './log.ts';
import { backoff, createBell, within } from './wait.ts';

export interface KafkaAddress {
	/** `host:port` of each. */
	brokers: string[];
	/** Keeps two products on one cluster apart: stands before the names of topics and groups. */
	prefix: string;
	/** Of `news`, `policies` and `traffic`, fixed when the topics are made; derived topics have one. Default 6. */
	partitions?: number;
}

const OPEN_MS = 30_000;
const LAG_MS = 5_000;
const CLOSE_MS = 2_000;
const MESSAGE_BYTES = 8 * 1024 * 1024;
const RETENTION_MS = 30 * 86_400_000;

/**
 * Opens the log and makes the topics that are missing. Waits half a minute for a broker; rejects with `log-unavailable` where there is
 * none, with `log-mismatch` where a topic has another number of partitions.
 */
export async function openKafkaLog(address: KafkaAddress, options: LogOptions): Promise<EventLog> {
	const { brokers, prefix, partitions = 6 } = address;
	const { logger, writer } = options;
	const kafka = new Kafka({
		clientId: 'telltale',
		brokers,
		connectionTimeout: 3_000,
		retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 },
		logLevel: logger.isLevelEnabled('debug') ? logLevel.INFO : logLevel.WARN,
		logCreator: () => (entry) => logKafka(logger, entry)
	});
	const name = (topic: Topic) => prefix + topic;
	const partitionsOf = (topic: Topic) => (isDerived(topic) ? 1 : partitions);
	// A group a topic: kafkajs gives every member of a group the topics of its leader.
	const groupOf = (group: string, topic: Topic) => `${prefix}${group}.${topic}`;

	const admin = kafka.admin();
	const producer = kafka.producer({
		createPartitioner: Partitioners.DefaultPartitioner,
		idempotent: false,
		maxInFlightRequests: 1,
		allowAutoTopicCreation: false,
		retry: { retries: 8, initialRetryTime: 100, maxRetryTime: 1_000 }
	});
	const disconnect = () =>
		within(
			CLOSE_MS,
			Promise.allSettled([producer.disconnect(), admin.disconnect()]),
			'Kafka did not let go'
		).catch((error: unknown) => logger.warn({ err: error }, 'closing the connections to Kafka'));
	try {
		await untilThere(brokers, async () => {
			await admin.connect();
			await makeTopics(
				admin,
				LOG_TOPICS.map((topic) => ({ topic: name(topic), partitions: partitionsOf(topic) }))
			);
			await producer.connect();
		});
	} catch (error) {
		await disconnect();
		throw error;
	}

	const appender = createAppender(producer, { partitionsOf, name, writer, logger });
	const subscriptions = new Set<{ close(): Promise<void> }>();
	const counts = countRecords();
	let closed: Promise<void> | null = null;
	const refuseClosed = () => {
		if (closed) throw new Problem('log-unavailable', 'the event log is closed');
	};

	const lag = async (group: string, topic: Topic): Promise<Lag[]> => {
		const [ends, [committed]] = await Promise.all([
			admin.fetchTopicOffsets(name(topic)),
			admin.fetchOffsets({ groupId: groupOf(group, topic), topics: [name(topic)] })
		]);
		return ends
			.map(({ partition, low, high }) => {
				const own = Number(committed?.partitions.find((p) => p.partition === partition)?.offset ?? -1);
				// Nothing committed yet, or what was committed is gone: reading begins at what is kept.
				const from = Math.max(own, Number(low));
				const end = Number(high);
				const waiting = Math.max(0, end - from);
				return {
					partition,
					committed: from,
					end,
					events: counts.estimate(topic, waiting),
					oldest: waiting > 0 ? counts.oldest(group, topic, partition) : null
				};
			})
			.sort((a, b) => a.partition - b.partition);
	};
	const close = async () => {
		await Promise.all([...subscriptions].map((subscription) => subscription.close()));
		await within(CLOSE_MS, appender.close(), 'Kafka took no more').catch((error: unknown) =>
			logger.warn({ err: error }, 'closing the event log')
		);
		await disconnect();
	};

	return {
		async append(topic, entries, { origin }) {
			refuseClosed();
			await appender.append(topic, entries, origin);
		},
		async consume(consume) {
			refuseClosed();
			const { group, topic } = consume;
			const handling = (partition: number, records: readonly LogRecord[] | null) =>
				counts.handling(group, topic, partition, records);
			const subscription = superviseConsumer(
				kafka,
				{ topic: name(topic), group: groupOf(group, topic), consume, handling },
				logger
			);
			subscriptions.add(subscription);
			return {
				active: subscription.active,
				close: () => subscription.close().finally(() => subscriptions.delete(subscription))
			};
		},
		async lag(group, topic) {
			refuseClosed();
			try {
				return await within(LAG_MS, lag(group, topic), 'Kafka did not say what it holds');
			} catch (error) {
				throw unavailable(error);
			}
		},
		close: () => (closed ??= close())
	};
}

/** Tries again until it works or half a minute is over. */
async function untilThere(brokers: string[], connect: () => Promise<void>): Promise<void> {
	const deadline = performance.now() + OPEN_MS;
	const bell = createBell();
	for (let failures = 1; ; failures++) {
		const left = Math.max(0, deadline - performance.now());
		try {
			return await within(left, connect(), `no answer in ${OPEN_MS / 1000} s`);
		} catch (error) {
			if (isProblem(error, 'log-mismatch')) throw error;
			const wait = Math.min(2_000, backoff(failures));
			if (performance.now() + wait >= deadline) {
				const reason = error instanceof Error ? error.message : String(error);
				throw new Problem('log-unavailable', `cannot reach Kafka at ${brokers.join(', ')}: ${reason}`, {
					cause: error
				});
			}
			await bell.wait(wait);
		}
	}
}

/** Makes what is missing (several processes may do so at once) and checks what is there. */
async function makeTopics(admin: Admin, wanted: { topic: string; partitions: number }[]): Promise<void> {
	const there = new Set(await admin.listTopics());
	const missing = wanted.filter(({ topic }) => !there.has(topic));
	if (missing.length > 0)
		await admin.createTopics({
			waitForLeaders: true,
			topics: missing.map(({ topic, partitions }) => ({
				topic,
				numPartitions: partitions,
				configEntries: [
					{ name: 'message.timestamp.type', value: 'LogAppendTime' },
					{ name: 'max.message.bytes', value: String(MESSAGE_BYTES) },
					{ name: 'retention.ms', value: String(RETENTION_MS) }
				]
			}))
		});
	const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
	for (const { topic, partitions } of wanted) {
		const found = topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
		if (found !== partitions)
			throw new Problem(
				'log-mismatch',
				`the Kafka topic ${topic} has ${found} partitions, not ${partitions}`
			);
		// The leaders of a topic that was just made are named before they answer.
		await admin.fetchTopicOffsets(topic);
	}
}

/** What this process has seen of the topics: Kafka counts records, readers ask for events. */
function countRecords() {
	const seen = new Map<Topic, { records: number; events: number }>();
	const oldest = new Map<string, number>();
	return {
		handling(group: string, topic: Topic, partition: number, records: readonly LogRecord[] | null) {
			const id = `${group} ${topic} ${partition}`;
			const [first] = records ?? [];
			if (!records || !first) return void oldest.delete(id);
			oldest.set(id, first.accepted);
			const sum = seen.get(topic) ?? { records: 0, events: 0 };
			sum.records += records.length;
			sum.events += records.reduce((events, { header }) => events + (header?.events ?? 1), 0);
			seen.set(topic, sum);
		},
		/** Records times the mean number of events in those seen so far; at least one event a record, exactly 0 for none. */
		estimate(topic: Topic, records: number): number {
			const { records: n, events } = seen.get(topic) ?? { records: 1, events: 1 };
			return Math.round((records * events) / n);
		},
		/** Known only of what is being handed over. */
		oldest: (group: string, topic: Topic, partition: number): number | null =>
			oldest.get(`${group} ${topic} ${partition}`) ?? null
	};
}

/** kafkajs calls errors what it then retries; what ends a consumer or an append is said by ours. */
function logKafka(
	logger: Logger,
	{
		namespace,
		level,
		log
	}: { namespace: string; level: logLevel; log: { message: string; [key: string]: unknown } }
): void {
	const { message, broker, groupId, error } = log;
	const line = { kafka: namespace, broker, groupId, error: error instanceof Error ? error.message : error };
	if (level === logLevel.ERROR || level === logLevel.WARN) logger.info(line, message);
	else logger.debug(line, message);
}
