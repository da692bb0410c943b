/** What the consumers of the three topics share: reading blocks row by row, and setting aside what cannot be read. */
import { isUtf8 } from 'node:buffer';
import { SCHEMA, type Check, type FieldError } from '#lib/domain/events.ts';
import type { DeadLetter, DeadLetters } from '#lib/server/desk/desk.ts';
import { isProblem, Problem } from '#lib/server/errors.ts';
import { events } from '#lib/server/log/block.ts';
import type { Batch, LogRecord, Topic } from '#lib/server/log/log.ts';

/** An event with its position in the log. */
export interface Placed<T> {
	event: T;
	record: LogRecord;
	row: number;
}

/** Rows of a record that fit below a block's most: offset and row in one number, so that positions of a partition are in order. */
export const ROWS = 1024;
export const positionOf = (record: LogRecord, row: number): number => record.offset * ROWS + row;

/** Rejects with `newer-schema` (it pauses the consumer and says so): reading on would make dead letters of good events. */
export function requireReadable(topic: Topic, record: LogRecord): void {
	const major = record.header?.schema.major ?? SCHEMA.major;
	if (major > SCHEMA.major)
		throw new Problem(
			'newer-schema',
			`${topic} has events of schema ${major} at ${record.partition}:${record.offset}; this version reads up to ${SCHEMA.major}`
		);
}

/** A letter for one row that cannot be read. */
export function letterOf(
	topic: Topic,
	record: LogRecord,
	row: number,
	bytes: Buffer,
	errors: FieldError[]
): Letter {
	const [first] = errors;
	return {
		id: `${topic}:${record.partition}:${record.offset}:${row}`,
		topic,
		partition: record.partition,
		offset: record.offset,
		row,
		key: record.key,
		reason: errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; '),
		path: first?.path ?? '',
		bytes,
		writer: record.header?.writer ?? '',
		accepted: record.accepted
	};
}
type Letter = Omit<DeadLetter, 'state' | 'who' | 'at'>;

/** One row's event, or why it is none. */
export function readRow<T>(bytes: Buffer, check: Check<T>): { event: T } | { errors: FieldError[] } {
	if (!isUtf8(bytes)) return { errors: [{ path: '', message: 'is not UTF-8' }] };
	let value: unknown;
	try {
		value = JSON.parse(bytes.toString('utf8'));
	} catch {
		return { errors: [{ path: '', message: bytes.length ? 'is not JSON' : 'is empty' }] };
	}
	const checked = check(value);
	return checked.ok ? { event: checked.event } : { errors: checked.errors };
}

/** All events of a batch, in order; what cannot be read becomes dead letters before this resolves. */
export async function readBatch<T>(
	batch: Batch,
	check: Check<T>,
	deadLetters: DeadLetters
): Promise<Placed<T>[]> {
	const good: Placed<T>[] = [];
	const bad: Letter[] = [];
	for (const record of batch.records) {
		requireReadable(batch.topic, record);
		for (const [row, bytes] of events(record).entries()) {
			const read = readRow(bytes, check);
			if ('event' in read) good.push({ event: read.event, record, row });
			else bad.push(letterOf(batch.topic, record, row, bytes, read.errors));
		}
	}
	if (bad.length) await deadLetters.put(bad);
	return good;
}

/**
 * Stores items, and halves what the store refuses until the bad one stands alone: that one goes to `refused`, its neighbours are kept.
 * `token` names the whole; its parts are named after it. Rejects with everything but a refusal.
 */
export async function storeAll<T>(
	items: readonly T[],
	token: string,
	store: (items: readonly T[], token: string) => Promise<void>,
	refused: (item: T, reason: string) => Promise<void>
): Promise<void> {
	const [only] = items;
	if (only === undefined) return;
	try {
		await store(items, token);
	} catch (error) {
		if (!isProblem(error, 'store-refused')) throw error;
		if (items.length === 1) return refused(only, error.message);
		const middle = items.length >> 1;
		await storeAll(items.slice(0, middle), `${token}a`, store, refused);
		await storeAll(items.slice(middle), `${token}b`, store, refused);
	}
}

/**
 * Names a batch to the store, so that a retry of the same insert is cheap. The times tell a log that was made anew from the old one,
 * whose offsets it repeats.
 */
export function tokenOf({ topic, partition, records }: Batch): string {
	const [first, last] = [records[0], records.at(-1)];
	return `${topic}:${partition}:${first?.offset}@${first?.accepted}-${last?.offset}@${last?.accepted}`;
}
