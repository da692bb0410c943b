/**
 * The event log: one contract, two implementations (embedded.ts, kafka.ts), one suite over both (log.suite.ts).
 *
 * A record holds a *block*: 1 to 1,000 events of one key's partition as NDJSON. Its header names schema version, writer and origin;
 * a record without our header is one event of another producer. The position of an event is offset and row.
 */
import { TOPICS, type InputTopic } from '#lib/domain/events.ts';
import type { Logger } from '../logger.ts';

/** Derived topics carry keys, not facts, and have one partition: what they carry is taken in order. */
const DERIVED_TOPICS = ['articles'] as const;
/** Every topic there is. What cannot be read goes to the desk (docs/decisions/0001). */
export const LOG_TOPICS = [...TOPICS, ...DERIVED_TOPICS] as const;
export type Topic = (typeof LOG_TOPICS)[number];
export const isDerived = (topic: Topic): boolean => (DERIVED_TOPICS as readonly Topic[]).includes(topic);

/** The topics that an event goes through, in order: it can be read once it is stored from the last of them. */
export const STAGES: Readonly<Record<InputTopic, readonly [Topic, ...Topic[]]>> = {
	news: ['news', 'articles'],
	policies: ['policies'],
	traffic: ['traffic']
};

/** By which way an event came in; decides what `known` is assumed to be (design.md, "Truth and time"). */
export const ORIGINS = ['door', 'collector', 'import', 'demo', 'replay'] as const;
export type Origin = (typeof ORIGINS)[number];

/** One event to append: `json` is one line without a newline, already checked. */
export interface Entry {
	key: string;
	json: string;
}

export interface Header {
	/** `major.minor` of the events' schema. */
	schema: { major: number; minor: number };
	writer: string;
	origin: Origin;
	/** Number of events in the block. */
	events: number;
}

export interface LogRecord {
	partition: number;
	/** Position in the partition, from 0; grows by one or more. */
	offset: number;
	/** When the log took it, milliseconds since the epoch, given by the log: a redelivery carries the same. */
	accepted: number;
	key: string;
	/** Null for records of other producers: one event, not checked by anybody. */
	header: Header | null;
	/** NDJSON, the last line without a newline. */
	value: Buffer;
}

export interface Batch {
	topic: Topic;
	partition: number;
	/** In order of offsets, never empty. */
	records: LogRecord[];
	/** Whether this batch reached the end of the partition as known when it was read. */
	caughtUp: boolean;
	/** True once the partition is no longer ours (lease lost, rebalance, shutdown): store nothing further. */
	stale(): boolean;
	/** The same object for as long as the partition is ours without a break: what was remembered under another one may be out of date. */
	assignment: object;
}

export interface ConsumeOptions {
	group: string;
	topic: Topic;
	/**
	 * Stores a batch. When it resolves the batch is committed; when it throws nothing is, and the same records come again after a
	 * backoff (0.1 s to 10 s) without the assignment being lost. Called for one batch of a partition at a time.
	 */
	handler(batch: Batch): Promise<void>;
	/** Told of every failed handler call and of every loss of the log; null when it works again. */
	onError?(error: unknown | null): void;
	/** While following, wait so long for more before handing over. Default 250 ms. */
	lingerMs?: number;
	/** While catching up, hand over at most so many events or bytes (whatever is reached first; at least one record). */
	maxEvents?: number;
	maxBytes?: number;
}

export interface Subscription {
	/** Whether this process holds the topic (embedded: the lease) or some of its partitions (Kafka). */
	active(): boolean;
	/** Lets the running handler finish, commits it, gives the assignment back. */
	close(): Promise<void>;
}

export interface Lag {
	partition: number;
	/** Next offset the group will read. */
	committed: number;
	/** One past the last record. */
	end: number;
	/**
	 * Events not yet committed, exactly 0 when there are none; null where the log cannot tell. Kafka counts records only: there it is
	 * an estimate, records times the mean number of events in those that this process has seen (at least one a record).
	 */
	events: number | null;
	/**
	 * When the oldest record that is not committed was accepted, ms; null when there is none or it is not known (Kafka: known of what
	 * this process is handing over).
	 */
	oldest: number | null;
}

export interface EventLog {
	/**
	 * Appends events in order, as blocks. Resolves once all of them are durable. Rejects with `log-unavailable`, `log-full` (retryable:
	 * some may have been taken; appending again is harmless; never for a derived topic, which is how the log gets emptier) or `too-large`
	 * (an event beyond the limit).
	 */
	append(topic: Topic, entries: readonly Entry[], options: { origin: Origin }): Promise<void>;
	consume(options: ConsumeOptions): Promise<Subscription>;
	/** What a group has still to read of a topic. Rejects with `log-unavailable`. */
	lag(group: string, topic: Topic): Promise<Lag[]>;
	/** Ends all subscriptions, then the log. */
	close(): Promise<void>;
}

export interface LogOptions {
	/** Names the process in block headers. */
	writer: string;
	logger: Logger;
}
