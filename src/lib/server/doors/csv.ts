/** CSV with a header row of field names (RFC 4180), as the traffic door and the import read it. */
import { isUtf8 } from 'node:buffer';
import type { Options } from 'csv-parse';

/**
 * Options for csv-parse. Bytes are read as Latin-1, so that every byte comes through, and each cell is decoded by itself: a row that
 * is not UTF-8 spoils nothing but itself. A byte order mark must be gone before ({@link withoutMark}): csv-parse's own `bom` would turn
 * to UTF-8. Rows with too few or too many cells are skipped one by one.
 */
export const csvOptions = {
	encoding: 'latin1',
	columns: (header: string[]) => header.map((name) => (decodeCell(name) ?? name).trim()),
	record_delimiter: ['\r\n', '\n'],
	skip_empty_lines: true,
	skip_records_with_error: true,
	max_record_size: 8 * 1024 * 1024
} satisfies Options;

/** The bytes after a UTF-8 byte order mark, where there is one. */
export const withoutMark = (bytes: Buffer): Buffer =>
	bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

const NUMBERS = new Set(['value', 'revision']);
const OPTIONAL = new Set(['value', 'revision', 'observedAt']);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const beyondAscii = (text: string) => {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return true;
	return false;
};

/** A cell read as Latin-1, as the UTF-8 it is; null where it is not UTF-8. */
export function decodeCell(cell: string): string | null {
	if (!beyondAscii(cell)) return cell;
	const bytes = Buffer.from(cell, 'latin1');
	return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

export type CsvRow =
	{ ok: true; value: Record<string, unknown> } | { ok: false; path: string; message: string };

/** The event in a row: numbers parsed, optional fields without content left out; names the column that is not UTF-8. */
export function csvRow(record: Record<string, string>): CsvRow {
	const value: Record<string, unknown> = {};
	for (const [name, cell] of Object.entries(record)) {
		const text = decodeCell(cell);
		if (text === null) return { ok: false, path: name, message: 'is not UTF-8' };
		if (text === '' && OPTIONAL.has(name)) continue;
		const number = NUMBERS.has(name) ? text.trim() : '';
		value[name] = NUMBER.test(number) ? Number(number) : text;
	}
	return { ok: true, value };
}
