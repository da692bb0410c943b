/** Blocks: how events are packed into log records, and taken out again. Pure. */
import { z } from 'zod';
import { EVENT_BYTES, SCHEMA } from '#lib/domain/events.ts';
import { Problem } from '../errors.ts';
import { ORIGINS, type Entry, type Header, type LogRecord, type Origin } from './log.ts';

/** A block ends before it would have more than this; one larger event makes a block by itself. */
export const BLOCK_EVENTS = 1000;
export const BLOCK_BYTES = 1024 * 1024;

/** Name of the record header that ours carry. */
export const HEADER_NAME = 'telltale';

const NEWLINE = 10;

export interface Block {
	partition: number;
	/** Key of its first event. */
	key: string;
	events: number;
	/** NDJSON, the last line without a newline. */
	value: Buffer;
}

/** Rejects with `too-large` where an event is larger than the log takes; the message has its size. */
export function refuseTooLarge(entries: readonly Entry[]): void {
	for (const { json } of entries) {
		// A character has at most three bytes in UTF-8: most events need no counting.
		if (json.length * 3 <= EVENT_BYTES) continue;
		const bytes = Buffer.byteLength(json);
		if (bytes > EVENT_BYTES)
			throw new Problem('too-large', `an event has ${bytes} bytes; the log takes at most ${EVENT_BYTES}`);
	}
}

/** Packs events into blocks of one partition each. Within a partition the order of the events is kept, across blocks as well. */
export function blocks(entries: readonly Entry[], partitionOf: (key: string) => number): Block[] {
	const closed: Block[] = [];
	const open = new Map<number, { key: string; lines: string[]; bytes: number }>();
	const close = (partition: number) => {
		const block = open.get(partition);
		if (!block) return;
		open.delete(partition);
		const { key, lines } = block;
		closed.push({ partition, key, events: lines.length, value: Buffer.from(lines.join('\n')) });
	};
	for (const { key, json } of entries) {
		const partition = partitionOf(key);
		const bytes = Buffer.byteLength(json);
		const before = open.get(partition);
		if (before && (before.lines.length === BLOCK_EVENTS || before.bytes + 1 + bytes > BLOCK_BYTES))
			close(partition);
		const block = open.get(partition);
		if (!block) open.set(partition, { key, lines: [json], bytes });
		else {
			block.lines.push(json);
			block.bytes += 1 + bytes;
		}
	}
	for (const partition of [...open.keys()]) close(partition);
	return closed;
}

/** The header of a block of ours, as JSON. */
export const encodeHeader = (writer: string, origin: Origin, events: number): string =>
	JSON.stringify({ schema: `${SCHEMA.major}.${SCHEMA.minor}`, writer, origin, events });

const headerSchema = z.object({
	schema: z
		.string()
		.regex(/^\d{1,6}\.\d{1,6}$/)
		.transform((version) => {
			const [major, minor] = version.split('.');
			return { major: Number(major), minor: Number(minor) };
		}),
	writer: z.string(),
	// A newer minor version may know other ways in; `known` is then assumed as at a door.
	origin: z.enum(ORIGINS).catch('door'),
	events: z.number().int().min(1)
});

/** Reads a record's header; null where it is none of ours. */
export function decodeHeader(text: string | null): Header | null {
	if (text === null) return null;
	try {
		return headerSchema.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}

/** The events of a record, in order, as slices of its bytes: the lines of a block, the whole of another producer's record. */
export function events({ header, value }: Pick<LogRecord, 'header' | 'value'>): Buffer[] {
	if (header === null) return [value];
	const lines: Buffer[] = [];
	let start = 0;
	for (let end = value.indexOf(NEWLINE); end !== -1; end = value.indexOf(NEWLINE, start)) {
		lines.push(value.subarray(start, end));
		start = end + 1;
	}
	lines.push(value.subarray(start));
	return lines;
}
