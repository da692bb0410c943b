/** Bodies of pushes, whole and bounded. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Problem, isProblem } from '../errors.ts';

/** Largest body once unpacked. */
export const BODY_BYTES = 32 * 1024 * 1024;
/** Bodies held at once by one process; more is answered with 503. */
const HELD_BYTES = 256 * 1024 * 1024;

const unpack = promisify(gunzip);
const tooLarge = () =>
	new Problem('too-large', `a body may have ${BODY_BYTES / 1024 / 1024} MB once unpacked`);

/** Counts what all requests hold, so that many large pushes at once cannot exhaust the memory. */
export class Budget {
	#held = 0;
	readonly #limit: number;
	constructor(limit = HELD_BYTES) {
		this.#limit = limit;
	}
	/** Runs `work` with `bytes` reserved; rejects with `log-unavailable` (retryable) when there is no room. */
	async hold<T>(bytes: number, work: () => Promise<T>): Promise<T> {
		if (this.#held > 0 && this.#held + bytes > this.#limit)
			throw new Problem('log-unavailable', 'too many large pushes at once');
		this.#held += bytes;
		try {
			return await work();
		} finally {
			this.#held -= bytes;
		}
	}
}

/**
 * Reads a request's body and unpacks it. Rejects with `too-large` beyond {@link BODY_BYTES} (packed or unpacked), with `invalid`
 * where the packing is broken, and with `unsupported` for another encoding than gzip.
 */
export async function readBody(request: Request): Promise<Buffer> {
	const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase();
	if (encoding !== 'identity' && encoding !== 'gzip')
		throw new Problem('unsupported', `Content-Encoding must be gzip or left out, not ${encoding}`);
	if (Number(request.headers.get('content-length') ?? 0) > BODY_BYTES) throw tooLarge();
	const chunks: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	// Not cancelled when it is too much: that would tear the connection down before the answer is sent.
	for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
		size += next.value.byteLength;
		if (size > BODY_BYTES) throw tooLarge();
		chunks.push(next.value);
	}
	const packed = Buffer.concat(chunks);
	if (encoding === 'identity') return packed;
	try {
		return await unpack(packed, { maxOutputLength: BODY_BYTES });
	} catch (error) {
		if (isProblem(error)) throw error;
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
		throw new Problem('invalid', 'the body is not gzip', { cause: error });
	}
}
