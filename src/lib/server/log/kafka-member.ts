/**
 * One life of a kafkajs consumer: from joining its group until it is closed or dies. Whoever made it makes the next one
 * (kafka-consumer.ts): after a broker's restart kafkajs may end for good although it was told to go on.
 */
import type { Batch as KafkaBatch, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { Problem } from '../errors.ts';
import { decodeHeader, HEADER_NAME } from './block.ts';
import type { Batch, ConsumeOptions, LogRecord } from './log.ts';
import { createBell, untilHandled, within, type Report } from './wait.ts';

const SESSION_MS = 10_000;
const REBALANCE_MS = 30_000;
const HEARTBEAT_MS = 2_000;
/** Above the largest message (kafka.ts), or a partition stands still. */
const PARTITION_BYTES = 16 * 1024 * 1024;
/** While following, a fetch returns after the linger or with so much. */
const LINGER_BYTES = 1024 * 1024;
/** A consumer that shows no sign of life for so long is dead, whatever it says. */
const SILENCE_MS = 60_000;
/** Both together stay below the ten seconds in which a product must end. */
const DRAIN_MS = 6_000;
const LEAVE_MS = 2_000;

export interface Member {
	/** Partitions that are ours now. */
	assigned(): ReadonlySet<number>;
	/** Why it ended; never rejects. */
	ended: Promise<unknown>;
	/** Ends it after the running handler, which is committed; a handler that takes longer than 6 s is left uncommitted. */
	close(): Promise<void>;
}

export interface MemberOptions {
	topic: string;
	group: string;
	consume: ConsumeOptions;
	report: Report;
	/** Told when partitions were assigned. */
	joined(): void;
	/** Told of the records that are being handed over (null: nothing now), for lag. */
	handling(partition: number, records: readonly LogRecord[] | null): void;
}

export function startMember(kafka: Kafka, options: MemberOptions): Member {
	const { topic, group, consume, report } = options;
	const { lingerMs = 250, maxEvents = 100_000, maxBytes = 32 * 1024 * 1024 } = consume;
	const consumer = kafka.consumer({
		groupId: group,
		sessionTimeout: SESSION_MS,
		rebalanceTimeout: REBALANCE_MS,
		heartbeatInterval: HEARTBEAT_MS,
		maxBytesPerPartition: PARTITION_BYTES,
		maxBytes: Math.max(maxBytes, PARTITION_BYTES),
		minBytes: lingerMs > 0 ? LINGER_BYTES : 1,
		maxWaitTimeInMs: lingerMs > 0 ? lingerMs : 250,
		retry: { retries: 5, initialRetryTime: 200, maxRetryTime: 2_000, restartOnFailure: async () => false }
	});
	const bell = createBell();
	const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
	let assigned: ReadonlySet<number> = new Set();
	/** Another one with every change of assignment: what was fetched before it may be committed only by its new owner. */
	let assignment = {};
	let closing = false;
	let running: Promise<void> | null = null;
	let lastSign = performance.now();

	const reassign = (partitions: readonly number[]) => {
		assignment = {};
		assigned = new Set(partitions);
	};
	const { events } = consumer;
	consumer.on(events.GROUP_JOIN, ({ payload }) => {
		reassign(payload.memberAssignment[topic] ?? []);
		lastSign = performance.now();
		options.joined();
	});
	consumer.on(events.REBALANCING, () => reassign([]));
	consumer.on(events.STOP, () => reassign([]));
	consumer.on(events.CRASH, ({ payload }) => end(payload.error));
	for (const sign of [events.FETCH, events.HEARTBEAT] as const)
		consumer.on(sign, () => void (lastSign = performance.now()));
	const watchdog = setInterval(() => {
		if (!running && performance.now() - lastSign > SILENCE_MS)
			end(new Problem('log-unavailable', `the consumer of ${topic} fell silent`));
	}, 5_000);

	const handleSlice = async (payload: EachBatchPayload, records: LogRecord[], next: string, born: object) => {
		const { batch, heartbeat, commitOffsetsIfNecessary, isRunning, isStale, resolveOffset } = payload;
		const { partition } = batch;
		const pulse = startPulse(heartbeat);
		const stale = () =>
			assignment !== born || !assigned.has(partition) || !isRunning() || isStale() || pulse.expelled();
		const caughtUp = BigInt(next) >= BigInt(batch.highWatermark);
		const handed: Batch = { topic: consume.topic, partition, records, caughtUp, stale, assignment: born };
		const over = () => closing || stale() || pulse.error() !== null;
		try {
			const handled = await untilHandled(handed, consume.handler, { report, over, bell });
			await pulse.stop();
			if (handled && !stale()) {
				await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] });
				if (!stale()) resolveOffset(String(BigInt(next) - 1n));
			}
		} finally {
			await pulse.stop();
		}
		// kafkajs must hear of a lost membership, or it goes on for ever without one.
		if (pulse.error() !== null) throw pulse.error();
	};

	const handle = async (payload: EachBatchPayload) => {
		const { batch } = payload;
		const born = assignment;
		try {
			for (const { records, next } of slices(batch, maxEvents, maxBytes)) {
				if (closing || assignment !== born || !assigned.has(batch.partition)) return;
				options.handling(batch.partition, records);
				await handleSlice(payload, records, next, born);
			}
		} finally {
			options.handling(batch.partition, null);
		}
	};

	const run = async () => {
		await consumer.connect();
		await consumer.subscribe({ topics: [topic], fromBeginning: true });
		// One worker: kafkajs hands over what is left of a generation that ended, and only one batch of a partition may run at a time.
		await consumer.run({
			autoCommit: false,
			eachBatchAutoResolve: false,
			partitionsConsumedConcurrently: 1,
			eachBatch: (payload) => (running = handle(payload).finally(() => (running = null)))
		});
	};
	const started = run().catch(end);

	return {
		assigned: () => assigned,
		ended,
		async close() {
			closing = true;
			bell.ring();
			clearInterval(watchdog);
			// The drain is bounded: what is not committed by then comes again.
			const drained = running?.catch(() => undefined) ?? Promise.resolve();
			await within(DRAIN_MS, drained, 'the handler did not end').catch(() => undefined);
			reassign([]);
			const disconnected = Promise.allSettled([started, consumer.disconnect()]);
			await within(LEAVE_MS, disconnected, 'the consumer did not end').catch(() => undefined);
			end(null);
		}
	};
}

/** Heartbeats while a handler runs, so that a long one keeps its partitions. */
function startPulse(heartbeat: () => Promise<void>) {
	const bell = createBell();
	let error: unknown = null;
	let over = false;
	const beating = (async () => {
		while (!over) {
			await bell.wait(HEARTBEAT_MS / 2);
			if (over) return;
			try {
				await heartbeat();
			} catch (failure) {
				error = failure;
				over = true;
			}
		}
	})();
	return {
		error: () => error,
		/** During a rebalance the partition is still ours until we join again: what is stored may be committed. */
		expelled: () => error !== null && !isRebalance(error),
		stop() {
			over = true;
			bell.ring();
			return beating;
		}
	};
}

const isRebalance = (error: unknown): boolean =>
	error instanceof Error && 'type' in error && error.type === 'REBALANCE_IN_PROGRESS';

/** Cuts a fetched batch into what one handler call may take. `next`: the offset to commit after it. */
function* slices(
	batch: KafkaBatch,
	maxEvents: number,
	maxBytes: number
): Generator<{ records: LogRecord[]; next: string }> {
	let records: LogRecord[] = [];
	let events = 0;
	let bytes = 0;
	for (const message of batch.messages) {
		const record = recordOf(batch.partition, message);
		const count = record.header?.events ?? 1;
		if (records.length > 0 && (events + count > maxEvents || bytes + record.value.length > maxBytes)) {
			yield { records, next: message.offset };
			records = [];
			events = bytes = 0;
		}
		records.push(record);
		events += count;
		bytes += record.value.length;
	}
	// The last offset may be that of a transaction's marker, which is no message.
	if (records.length > 0) yield { records, next: String(BigInt(batch.lastOffset()) + 1n) };
}

function recordOf(partition: number, { offset, timestamp, key, value, headers }: KafkaMessage): LogRecord {
	const header = headers?.[HEADER_NAME];
	return {
		partition,
		offset: Number(offset),
		accepted: Number(timestamp),
		key: key?.toString() ?? '',
		header: decodeHeader(Buffer.isBuffer(header) ? header.toString() : null),
		value: value ?? Buffer.alloc(0)
	};
}
