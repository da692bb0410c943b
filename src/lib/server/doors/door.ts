/**
 * The door: bytes in, checked events out. What is good goes to the log, what is bad is told to the caller with its index and field, and
 * spoils nothing but itself.
 */
import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse';
import {
	EVENT_BYTES,
	keyOf,
	type Check,
	type EventOf,
	type FieldError,
	type InputTopic
} from '#lib/domain/events.ts';
import { Problem } from '../errors.ts';
import type { Entry } from '../log/log.ts';
import { csvOptions, csvRow, withoutMark } from './csv.ts';

export interface Rejected {
	/** Counts events from 0, blank lines not. */
	index: number;
	errors: FieldError[];
}
export interface Sorted {
	entries: Entry[];
	rejected: Rejected[];
}

const whole = (message: string): FieldError[] => [{ path: '', message }];

/** What the readers of the formats give to, value by value. */
interface Sink {
	take(value: unknown): void;
	reject(errors: FieldError[]): void;
}

/** Collects the events of one push, in order. */
class Sorter<T extends InputTopic> implements Sink {
	readonly entries: Entry[] = [];
	readonly rejected: Rejected[] = [];
	#index = 0;
	readonly #check: Check<EventOf[T]>;
	readonly #key: (event: EventOf[T]) => string;
	constructor(topic: T, check: Check<EventOf[T]>) {
		this.#check = check;
		this.#key = keyOf[topic];
	}
	reject(errors: FieldError[]): void {
		this.rejected.push({ index: this.#index++, errors });
	}
	take(value: unknown): void {
		const entry = checkEvent(value, this.#check, this.#key);
		if ('errors' in entry) return this.reject(entry.errors);
		this.#index++;
		this.entries.push(entry);
	}
}

/** An event as an entry for the log, or what is wrong with it. */
export function checkEvent<T>(
	value: unknown,
	check: Check<T>,
	key: (event: T) => string
): Entry | { errors: FieldError[] } {
	const checked = check(value);
	if (!checked.ok) return { errors: checked.errors };
	const json = JSON.stringify(checked.event);
	const size = json.length > EVENT_BYTES / 3 ? Buffer.byteLength(json) : 0;
	if (size > EVENT_BYTES) return { errors: whole(`has ${size} bytes; an event may have ${EVENT_BYTES}`) };
	return { key: key(checked.event), json };
}

/** One event from the bytes of a line; null where they cannot be read, with the reason. */
export function parseLine(line: Buffer): { value: unknown } | { reason: string } {
	if (line.length > 2 * EVENT_BYTES)
		return { reason: `has ${line.length} bytes; an event may have ${EVENT_BYTES}` };
	if (!isUtf8(line)) return { reason: 'is not UTF-8' };
	try {
		const value: unknown = JSON.parse(line.toString('utf8'));
		return { value };
	} catch {
		return { reason: 'is not JSON' };
	}
}

function json(body: Buffer, sorter: Sink): void {
	if (!isUtf8(body)) throw new Problem('invalid', 'the body is not UTF-8');
	let value: unknown;
	try {
		value = JSON.parse(body.toString('utf8'));
	} catch (cause) {
		throw new Problem('invalid', 'the body is not JSON', { cause });
	}
	if (Array.isArray(value)) for (const event of value) sorter.take(event);
	else sorter.take(value);
}

function ndjson(body: Buffer, sorter: Sink): void {
	for (let at = 0; at < body.length;) {
		const newline = body.indexOf(10, at);
		const end = newline < 0 ? body.length : newline;
		const line = body.subarray(at, end > at && body[end - 1] === 13 ? end - 1 : end);
		at = end + 1;
		if (isBlank(line)) continue;
		const parsed = parseLine(line);
		if ('reason' in parsed) sorter.reject(whole(parsed.reason));
		else sorter.take(parsed.value);
	}
}
const isBlank = (line: Buffer) => line.every((byte) => byte === 32 || byte === 9);

async function csv(body: Buffer, sorter: Sink): Promise<void> {
	const parser = parse(body, {
		...csvOptions,
		on_record: (record: Record<string, string>) => {
			const row = csvRow(record);
			if (row.ok) sorter.take(row.value);
			else sorter.reject([{ path: row.path, message: row.message }]);
			return null;
		},
		on_skip: (error) => {
			sorter.reject(whole(error?.message ?? 'is not a CSV row'));
		}
	});
	try {
		for await (const _ of parser);
	} catch (cause) {
		throw new Problem('invalid', cause instanceof Error ? cause.message : 'the body is not CSV', { cause });
	}
}

const READERS: Record<string, (body: Buffer, sorter: Sink) => void | Promise<void>> = {
	'application/json': json,
	'application/x-ndjson': ndjson,
	'text/csv': csv
};

/**
 * Reads a body of events of `topic`. Rejects with `unsupported` for a media type that this door does not read and with `invalid` for a
 * body that cannot be read as a whole.
 */
export async function sortBody<T extends InputTopic>(
	topic: T,
	contentType: string | null,
	body: Buffer,
	check: Check<EventOf[T]>
): Promise<Sorted> {
	const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	const read = type === 'text/csv' && topic !== 'traffic' ? undefined : READERS[type];
	if (!read) {
		const known = Object.keys(READERS).filter((name) => name !== 'text/csv' || topic === 'traffic');
		throw new Problem('unsupported', `Content-Type must be ${known.join(', ')}, not ${type || 'nothing'}`);
	}
	const sorter = new Sorter(topic, check);
	await read(withoutMark(body), sorter);
	return { entries: sorter.entries, rejected: sorter.rejected };
}
