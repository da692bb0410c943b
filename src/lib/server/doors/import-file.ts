/** Bytes of an import: a file or standard input, unpacked, and what is needed to know the file again. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface Source {
	/** Unpacked. */
	chunks: AsyncIterable<Buffer>;
	/** The first bytes (unpacked), at least one chunk of them. */
	head: Buffer;
	/** Size of the file as it lies there, null where it is not known. */
	size: number | null;
	/** How much of `size` has been read so far. */
	taken(): number;
}

/** Opens `path`, or `stdin` for `-`; `.gz` is known by its first bytes. Rejects with the system's error. */
export async function openSource(path: string, stdin: AsyncIterable<Buffer>): Promise<Source> {
	const fromFile = path !== '-';
	const size = fromFile ? (await stat(path)).size : null;
	let taken = 0;
	async function* counted(): AsyncGenerator<Buffer> {
		for await (const chunk of fromFile ? createReadStream(path, { highWaterMark: 256 * 1024 }) : stdin) {
			taken += chunk.length;
			yield chunk;
		}
	}
	const packed = await peek(counted());
	const isGzip = packed.head[0] === 0x1f && packed.head[1] === 0x8b;
	const plain = isGzip ? await peek(unpacked(packed.chunks)) : packed;
	return { ...plain, size, taken: () => taken };
}

function unpacked(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
	const gunzip = createGunzip({ chunkSize: 256 * 1024 });
	// The error, if any, is thrown to whoever reads from `gunzip`.
	pipeline(Readable.from(chunks, { objectMode: false }), gunzip, () => undefined);
	return gunzip;
}

const HEAD = 4096;

async function peek(chunks: AsyncIterable<Buffer>): Promise<{ head: Buffer; chunks: AsyncIterable<Buffer> }> {
	const iterator = chunks[Symbol.asyncIterator]();
	const first: Buffer[] = [];
	let size = 0;
	let failure: { error: unknown } | null = null;
	while (size < HEAD && !failure) {
		try {
			const next = await iterator.next();
			if (next.done) break;
			first.push(next.value);
			size += next.value.length;
		} catch (error) {
			failure = { error };
		}
	}
	async function* again(): AsyncGenerator<Buffer> {
		try {
			yield* first.splice(0);
			// A stream that breaks off early gives what it had before it tells.
			if (failure) throw failure.error;
			for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
		} finally {
			await iterator.return?.();
		}
	}
	return { head: Buffer.concat(first), chunks: again() };
}

const ENDS = 64 * 1024;

/** Remembers of the bytes that pass through it what the hash of a prefix needs: its first and last 64 KB. */
export class Prefix {
	#head: Buffer = Buffer.alloc(0);
	#recent: Buffer[] = [];
	/** Where `#recent` begins and ends. */
	#from = 0;
	#to = 0;

	async *tap(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		for await (const chunk of chunks) {
			this.#push(chunk);
			yield chunk;
		}
	}

	#push(chunk: Buffer): void {
		if (this.#head.length < ENDS)
			this.#head = Buffer.concat([this.#head, chunk.subarray(0, ENDS - this.#head.length)]);
		this.#recent.push(chunk);
		this.#to += chunk.length;
	}

	/** Says that no prefix shorter than `offset` will be asked for. */
	forget(offset: number): void {
		for (
			let [first] = this.#recent;
			first && this.#from + first.length <= offset - ENDS;
			[first] = this.#recent
		) {
			this.#from += first.length;
			this.#recent.shift();
		}
	}

	/** Hash of the first `offset` bytes; null where fewer have passed. */
	at(offset: number): string | null {
		if (offset > this.#to) return null;
		const start = Math.max(this.#from, offset - ENDS);
		const tail = Buffer.concat(this.#recent).subarray(start - this.#from, offset - this.#from);
		return createHash('sha256')
			.update(this.#head.subarray(0, offset))
			.update(tail.subarray(Math.max(0, tail.length - ENDS)))
			.digest('hex');
	}
}

/** Hash of the first `offset` bytes of a source, null where it is shorter. */
export async function prefixOf(chunks: AsyncIterable<Buffer>, offset: number): Promise<string | null> {
	const prefix = new Prefix();
	let passed = 0;
	for await (const chunk of prefix.tap(chunks)) {
		passed += chunk.length;
		if (passed >= offset) return prefix.at(offset);
		prefix.forget(passed);
	}
	return prefix.at(offset);
}
