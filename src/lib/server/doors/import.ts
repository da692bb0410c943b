/** Import files as streams of items, in constant memory: NDJSON, JSON and CSV. */
import { isUtf8 } from 'node:buffer';
import { finished } from 'node:stream/promises';
import { parse, type CsvError, type InfoRecord } from 'csv-parse';
import { EVENT_BYTES, type FieldError } from '#lib/domain/events.ts';
import { Problem } from '../errors.ts';
import { csvOptions, csvRow, withoutMark } from './csv.ts';
import { parseLine } from './door.ts';
import { elements, lines, urlElements, type Piece } from './pieces.ts';

export const IMPORT_FORMATS = ['ndjson', 'json', 'csv'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
/**
 * How a file is cut into items: ours, or `lines` of text as they are, the elements of the array in a JSON object (`list`), the `url`
 * elements of a sitemap.
 */
export type ItemFormat = ImportFormat | 'lines' | 'list' | 'sitemap';

export type Read = { value: unknown } | { error: FieldError };
/** How a CSV file may differ from ours. */
export interface CsvDialect {
	/** Begins a line that is a comment. */
	comment?: string;
	comment_no_infix?: boolean;
	/** Rows may have more or fewer cells than the header. */
	relax_column_count?: boolean;
}
export interface Item {
	/** Bytes of the unpacked stream up to the end of this item; grows from item to item. */
	offset: number;
	/** Counts items from 0; blank lines and a header are none. */
	index: number;
	/** Counts from 1; null where the format has no lines. */
	line: number | null;
	/** Parses it: an item that is skipped costs nothing. */
	read(): Read;
}

/** The format by the name's ending (`.gz` aside), else by the first bytes. */
export function formatOf(name: string, head: Buffer): ImportFormat {
	const ending = /\.(ndjson|jsonl|json|csv)(\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
	if (ending === 'csv' || ending === 'json') return ending;
	if (ending !== undefined) return 'ndjson';
	const start = head.toString('utf8').replace(/^\uFEFF/, '').trimStart(); // prettier-ignore
	if (start.startsWith('[')) return 'json';
	if (start.startsWith('{')) return /^\{\s*[\r\n]/.test(start) ? 'json' : 'ndjson';
	return 'csv';
}

/**
 * The items of a stream, in order. What cannot be read is an item with an error; a stream that cannot be read on throws `invalid`.
 * `csv`: how the file differs from ours, like comment lines.
 */
export async function* readItems(
	chunks: AsyncIterable<Buffer>,
	format: ItemFormat,
	csv: CsvDialect = {}
): AsyncGenerator<Item> {
	const start = await afterMark(chunks);
	switch (format) {
		case 'csv':
			yield* readCsv(start, csv);
			break;
		case 'json':
			yield* readPieces(elements(start.chunks, start.base), readPiece);
			break;
		case 'list':
			yield* readPieces(elements(start.chunks, start.base, 'within'), readPiece);
			break;
		case 'sitemap':
			yield* readPieces(urlElements(start.chunks, start.base), readText);
			break;
		default:
			yield* readLines(start, format === 'lines' ? readText : readPiece);
	}
}

/** A stream without its byte order mark, and how many bytes that had. */
interface Start {
	chunks: AsyncIterable<Buffer>;
	base: number;
}

async function afterMark(chunks: AsyncIterable<Buffer>): Promise<Start> {
	const iterator = chunks[Symbol.asyncIterator]();
	let head: Buffer = Buffer.alloc(0);
	while (head.length < 3) {
		const next = await iterator.next();
		if (next.done) break;
		head = Buffer.concat([head, next.value]);
	}
	const first = withoutMark(head);
	async function* rest(): AsyncGenerator<Buffer> {
		try {
			yield first;
			for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
		} finally {
			await iterator.return?.();
		}
	}
	return { chunks: rest(), base: head.length - first.length };
}

async function* readLines({ chunks, base }: Start, read: (piece: Piece) => Read): AsyncGenerator<Item> {
	let index = 0;
	let line = 0;
	for await (const piece of lines(chunks, base)) {
		line++;
		if (piece.bytes && isBlank(piece.bytes)) continue;
		yield { offset: piece.end, index: index++, line, read: () => read(piece) };
	}
}

async function* readPieces(pieces: AsyncIterable<Piece>, read: (piece: Piece) => Read): AsyncGenerator<Item> {
	let index = 0;
	for await (const piece of pieces)
		yield { offset: piece.end, index: index++, line: null, read: () => read(piece) };
}

/** The piece itself, as text. */
function readText({ bytes, size }: Piece): Read {
	if (!bytes) return whole(`has ${size} bytes; an event may have ${EVENT_BYTES}`);
	return isUtf8(bytes) ? { value: bytes.toString('utf8') } : whole('is not UTF-8');
}

function readPiece({ bytes, size }: Piece): Read {
	if (!bytes) return whole(`has ${size} bytes; an event may have ${EVENT_BYTES}`);
	const parsed = parseLine(bytes);
	return 'reason' in parsed ? whole(parsed.reason) : parsed;
}

const whole = (message: string): Read => ({ error: { path: '', message } });
const isBlank = (line: Buffer) => line.every((byte) => byte === 32 || byte === 9 || byte === 13);

/** Chunk by chunk, so that rows and refusals come in the order of the file and no faster than they are taken. */
async function* readCsv({ chunks, base }: Start, dialect: CsvDialect): AsyncGenerator<Item> {
	const ready: Item[] = [];
	let index = 0;
	let offset = base;
	const add = (end: number, line: number, read: () => Read) => {
		offset = Math.max(offset + 1, end);
		ready.push({ offset, index: index++, line, read });
	};
	const parser = parse({
		...csvOptions,
		...dialect,
		on_record: (record: Record<string, string>, { bytes, lines }: InfoRecord) => {
			add(base + bytes, lines, () => {
				const row = csvRow(record);
				return row.ok ? { value: row.value } : { error: { path: row.path, message: row.message } };
			});
			return null;
		},
		on_skip: (error: CsvError | undefined) => {
			const line: unknown = error?.lines;
			add(0, typeof line === 'number' ? line : 0, () => whole(error?.message ?? 'is not a CSV row'));
			return undefined;
		}
	});
	// Every call tells its own error; nothing comes out of the stream itself, which must flow to end.
	parser.on('error', () => undefined).resume();
	try {
		for await (const chunk of chunks) {
			await new Promise<void>((resolve, reject) => {
				parser.write(chunk, (error) => (error ? reject(error) : resolve()));
			});
			yield* ready.splice(0);
		}
		parser.end();
		await finished(parser);
	} catch (cause) {
		if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('CSV_'))
			throw new Problem('invalid', cause.message, { cause });
		throw cause;
	} finally {
		parser.destroy();
	}
	yield* ready;
}
