/**
 * Appending to Kafka. One loop sends wave after wave and waits for the acknowledgement of all replicas, so that nothing overtakes
 * anything, retries included. The producer is a plain one: state behind the log is idempotent anyhow, and an idempotent kafkajs
 * producer that gave up on a batch may have the broker take the next one for its duplicate: acknowledged and lost.
 */
import { Partitioners, type Producer } from 'kafkajs';
import { isProblem, Problem } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { blocks, encodeHeader, HEADER_NAME, refuseTooLarge, type Block } from './block.ts';
import type { Entry, Origin, Topic } from './log.ts';
import { within } from './wait.ts';

/** What waits or is under way may have so many bytes: more would only make memory grow while a broker is away. */
const QUEUE_BYTES = 128 * 1024 * 1024;
/** A wave makes one record batch a partition, which `max.message.bytes` limits; and one request, which memory does. */
const BATCH_BYTES = 4 * 1024 * 1024;
const WAVE_BYTES = 16 * 1024 * 1024;
/** After so long an append is given up, so that a door can say 503. */
const GIVE_UP_MS = 8_000;

/** One append, done when all of its blocks are. */
interface Job {
	left: number;
	settled: boolean;
	resolve(): void;
	reject(error: Problem): void;
}
interface Piece {
	job: Job;
	topic: Topic;
	origin: Origin;
	block: Block;
}

export interface KafkaAppender {
	append(topic: Topic, entries: readonly Entry[], origin: Origin): Promise<void>;
	/** Waits for what is under way. */
	close(): Promise<void>;
}

/** `partitionsOf`: how many a topic has; `name`: its name on the broker. */
export function createAppender(
	producer: Pick<Producer, 'sendBatch'>,
	{
		partitionsOf,
		name,
		writer,
		logger
	}: { partitionsOf(topic: Topic): number; name(topic: Topic): string; writer: string; logger: Logger }
): KafkaAppender {
	const partition = Partitioners.DefaultPartitioner();
	let queue: Piece[] = [];
	let queuedBytes = 0;
	let sending: Promise<void> | null = null;

	const partitionOf = (topic: Topic) => {
		const partitionMetadata = Array.from({ length: partitionsOf(topic) }, (_, partitionId) => {
			return { partitionId, leader: 0, replicas: [], isr: [], partitionErrorCode: 0 };
		});
		return (key: string) => partition({ topic, partitionMetadata, message: { key, value: null } });
	};

	const send = async (wave: readonly Piece[]) => {
		const topics = [...new Set(wave.map(({ topic }) => topic))];
		await producer.sendBatch({
			acks: -1,
			timeout: GIVE_UP_MS,
			topicMessages: topics.map((topic) => ({
				topic: name(topic),
				messages: wave
					.filter((piece) => piece.topic === topic)
					.map(({ origin, block: { partition, key, value, events } }) => {
						return {
							partition,
							key,
							value,
							headers: { [HEADER_NAME]: encodeHeader(writer, origin, events) }
						};
					})
			}))
		});
	};

	const sendAll = async () => {
		while (queue.length > 0) {
			const wave = takeWave(queue);
			queue = queue.slice(wave.length);
			const wanted = wave.filter(({ job }) => !job.settled);
			try {
				if (wanted.length > 0) await send(wanted);
				for (const { job } of wanted) if (--job.left === 0) job.resolve();
			} catch (error) {
				const problem = unavailable(error);
				logger.warn({ reason: problem.message, blocks: wanted.length }, 'Kafka did not take a batch');
				for (const { job } of wanted) {
					job.settled = true;
					job.reject(problem);
				}
			}
			for (const { block } of wave) queuedBytes -= block.value.length;
		}
		sending = null;
	};

	return {
		async append(topic, entries, origin) {
			refuseTooLarge(entries);
			if (entries.length === 0) return;
			const packed = blocks(entries, partitionOf(topic));
			const bytes = packed.reduce((sum, { value }) => sum + value.length, 0);
			if (queuedBytes + bytes > QUEUE_BYTES)
				throw new Problem('log-unavailable', `${queuedBytes} bytes already wait for Kafka`);
			const { promise, resolve, reject } = Promise.withResolvers<undefined>();
			const job: Job = { left: packed.length, settled: false, resolve: () => resolve(undefined), reject };
			queuedBytes += bytes;
			for (const block of packed) queue.push({ job, topic, origin, block });
			sending ??= sendAll();
			try {
				await within(GIVE_UP_MS, promise, `Kafka acknowledged nothing for ${GIVE_UP_MS / 1000} s`);
			} finally {
				job.settled = true;
			}
		},
		close: () => sending ?? Promise.resolve()
	};
}

/** The longest beginning of the queue that one request may carry, at least one piece. */
function takeWave(queue: readonly Piece[]): Piece[] {
	const perPartition = new Map<string, number>();
	let bytes = 0;
	const end = queue.findIndex(({ topic, block: { partition, value } }, i) => {
		const id = `${topic} ${partition}`;
		const before = perPartition.get(id) ?? 0;
		if (i > 0 && (bytes + value.length > WAVE_BYTES || (before > 0 && before + value.length > BATCH_BYTES)))
			return true;
		perPartition.set(id, before + value.length);
		bytes += value.length;
		return false;
	});
	return queue.slice(0, end === -1 ? queue.length : end);
}

/** Whatever kafkajs says, the log cannot take events now; its words are kept as the cause. */
export function unavailable(error: unknown): Problem {
	if (isProblem(error)) return error;
	const reason = error instanceof Error ? error.message : String(error);
	return new Problem('log-unavailable', `Kafka cannot be used: ${reason}`, { cause: error });
}
