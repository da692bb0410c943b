/** Cuts a byte stream into lines or into the elements of a JSON array, holding one piece at a time. */
import { EVENT_BYTES } from '#lib/domain/events.ts';
import { Problem } from '../errors.ts';

export interface Piece {
	/** Null where the piece is too large to be an event: then nobody held it. */
	bytes: Buffer | null;
	size: number;
	/** Bytes of the stream up to the end of this piece. */
	end: number;
}

/** Escapes can make an event's JSON longer than the event; a longer piece is none. */
const MOST = 2 * EVENT_BYTES;

class Collector {
	#parts: Buffer[] = [];
	size = 0;

	take(bytes: Buffer): void {
		this.size += bytes.length;
		if (this.size > MOST) this.#parts = [];
		else this.#parts.push(bytes);
	}
	close(end: number): Piece {
		const [first] = this.#parts;
		const bytes = this.#parts.length === 1 && first ? first : Buffer.concat(this.#parts);
		const piece = { bytes: this.size > MOST ? null : bytes, size: this.size, end };
		this.#parts = [];
		this.size = 0;
		return piece;
	}
}

const LF = 10;

/** `base`: bytes of the stream before these chunks. Lines without their LF, blank ones included; the last may have none. */
export async function* lines(chunks: AsyncIterable<Buffer>, base = 0): AsyncGenerator<Piece> {
	const line = new Collector();
	for await (const chunk of chunks) {
		let start = 0;
		for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
			line.take(chunk.subarray(start, end));
			start = end + 1;
			yield line.close(base + start);
		}
		if (start < chunk.length) line.take(chunk.subarray(start));
		base += chunk.length;
	}
	if (line.size > 0) yield line.close(base);
}

const [QUOTE, COMMA, OPEN, BACKSLASH, CLOSE, LEFT, RIGHT] = Buffer.from('",[\\]{}');
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/**
 * The elements of a top-level JSON array; a value that stands outside an array is an element as well. Only looks for where an element
 * ends: whether it is JSON is for the parser to say. `base`: bytes before these chunks; `within`: the array stands in something else, which
 * is not looked at. Throws `invalid` where the array itself is broken or does not end.
 */
export async function* elements(
	chunks: AsyncIterable<Buffer>,
	base = 0,
	where: 'top' | 'within' = 'top'
): AsyncGenerator<Piece> {
	const piece = new Collector();
	let place: 'outside' | 'first' | 'before' | 'after' = 'outside';
	let within: 'nothing' | 'container' | 'string' | 'scalar' = 'nothing';
	let depth = 0;
	let quoted = false;
	let escaped = false;

	for await (const chunk of chunks) {
		let start = 0;
		for (let i = 0; i < chunk.length; i++) {
			const byte = chunk[i] ?? 0;
			let end = -1;
			if (quoted) {
				if (escaped) escaped = false;
				else if (byte === BACKSLASH) escaped = true;
				else if (byte === QUOTE) {
					quoted = false;
					if (within === 'string') end = i + 1;
				}
			} else if (within === 'container') {
				if (byte === QUOTE) quoted = true;
				else if (byte === LEFT || byte === OPEN) depth++;
				else if ((byte === RIGHT || byte === CLOSE) && --depth === 0) end = i + 1;
			} else if (within === 'scalar') {
				if (isSpace(byte) || byte === COMMA || byte === CLOSE || byte === RIGHT) end = i;
			} else if (isSpace(byte) || (where === 'within' && place === 'outside' && byte !== OPEN)) {
				continue;
			} else if (place === 'outside' && byte === OPEN) {
				place = 'first';
			} else if (place === 'after' && byte === COMMA) {
				place = 'before';
			} else if ((place === 'after' || place === 'first') && byte === CLOSE) {
				if (where === 'within') return;
				place = 'outside';
			} else if (place === 'after' || byte === COMMA || byte === CLOSE || byte === RIGHT) {
				throw new Problem('invalid', `is not JSON at byte ${base + i}`);
			} else {
				start = i;
				quoted = byte === QUOTE;
				depth = 1;
				within = quoted ? 'string' : byte === LEFT || byte === OPEN ? 'container' : 'scalar';
			}
			if (end >= 0) {
				piece.take(chunk.subarray(start, end));
				yield piece.close(base + end);
				// A scalar ends before the byte that ends it, which is then read again.
				if (within === 'scalar') i--;
				within = 'nothing';
				if (place !== 'outside') place = 'after';
			}
		}
		if (within !== 'nothing') piece.take(chunk.subarray(start));
		base += chunk.length;
	}
	if (within === 'scalar' && place === 'outside') yield piece.close(base);
	else if (within !== 'nothing' || place !== 'outside')
		throw new Problem(
			'invalid',
			`ends in the middle of ${place === 'outside' ? 'a value' : 'an array'}, at byte ${base}`
		);
}

const TAG_OPEN = '<url';
const TAG_CLOSE = '</url>';

/** The `url` elements of a sitemap, tags and all. `base`: bytes before these chunks. Throws `invalid` where the last one does not end. */
export async function* urlElements(chunks: AsyncIterable<Buffer>, base = 0): AsyncGenerator<Piece> {
	let rest: Buffer = Buffer.alloc(0);
	/** Bytes of the element that is open and too large to be held. */
	let lost = 0;
	for await (const chunk of chunks) {
		rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
		base += chunk.length;
		for (;;) {
			const open = lost ? 0 : openingOf(rest);
			const close = open < 0 ? -1 : rest.indexOf(TAG_CLOSE, open);
			if (close < 0) {
				// What may be the beginning of a tag stays.
				const keep = open < 0 ? rest.length - TAG_OPEN.length : open;
				rest = rest.subarray(Math.max(0, keep));
				if (open >= 0 && rest.length > MOST) {
					lost += rest.length - TAG_CLOSE.length;
					rest = rest.subarray(rest.length - TAG_CLOSE.length);
				}
				break;
			}
			const end = close + TAG_CLOSE.length;
			yield {
				bytes: lost ? null : rest.subarray(open, end),
				size: lost + end - open,
				end: base - rest.length + end
			};
			rest = rest.subarray(end);
			lost = 0;
		}
	}
	if (lost || openingOf(rest) >= 0)
		throw new Problem('invalid', `ends in the middle of an entry, at byte ${base}`);
}

/** Where the first `url` element begins, -1 where none does; `urlset` is none. */
function openingOf(bytes: Buffer): number {
	let at = bytes.indexOf(TAG_OPEN);
	while (at >= 0) {
		const next = bytes[at + TAG_OPEN.length];
		if (next === undefined || isSpace(next) || next === 62) return at;
		at = bytes.indexOf(TAG_OPEN, at + 1);
	}
	return -1;
}
