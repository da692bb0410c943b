/** One request on one connection to an address that was checked before: no redirects, capped in size and time. */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Client, type Dispatcher } from 'undici';
import { literalHost, mayReach, type Network } from './addresses.ts';
import { FetchProblem, fromNetwork } from './problem.ts';

export interface ResolvedAddress {
	address: string;
	family: number;
}
/** Every A and AAAA record of a host. Rejects with the system's error where there are none. */
export type Resolve = (host: string) => Promise<ResolvedAddress[]>;

export const systemResolve: Resolve = (host) => lookup(host, { all: true, order: 'ipv4first' });

export interface Limits {
	/** Until connected, until the headers, between two pieces of the body, and for all of it; ms. */
	connect: number;
	headers: number;
	body: number;
	total: number;
	/** Bytes of the body, as sent and as unpacked. */
	packed: number;
	unpacked: number;
}
export const LIMITS: Limits = {
	connect: 10_000,
	headers: 20_000,
	body: 15_000,
	total: 60_000,
	packed: 8 * 1024 * 1024,
	unpacked: 16 * 1024 * 1024
};

export interface Hop {
	url: URL;
	headers: Record<string, string>;
	method?: 'GET' | 'POST';
	/** What is posted. */
	body?: string | Buffer;
	limits: Limits;
	resolve: Resolve;
	allow: readonly Network[];
	signal?: AbortSignal | undefined;
	/** Statuses whose body is wanted; the others' is not read. Default: 2xx. */
	wants?: (status: number) => boolean;
	/** Gives back at most `limits.unpacked` bytes of a larger body instead of failing. */
	cut?: boolean;
}
export interface Answer {
	status: number;
	/** Names in lower case; of repeated ones the first. */
	headers: Record<string, string>;
	/** Unpacked; empty where it was not wanted. */
	bytes: Buffer;
}

/**
 * Asks once. Every address of the host is checked, and the connection goes to one of those that were: a name that changes its answer
 * in between changes nothing. Rejects with a {@link FetchProblem}, or with the reason of `signal`.
 */
export async function request(hop: Hop): Promise<Answer> {
	const { url, limits, signal } = hop;
	const deadline = AbortSignal.timeout(limits.total);
	const both = signal ? AbortSignal.any([signal, deadline]) : deadline;
	let client: Client | undefined;
	try {
		both.throwIfAborted();
		const addresses = await raced(checkedAddresses(hop), both);
		client = new Client(url.origin, {
			connect: { lookup: pinned(addresses), timeout: limits.connect, autoSelectFamily: addresses.length > 1 },
			headersTimeout: limits.headers,
			bodyTimeout: limits.body,
			maxHeaderSize: 32 * 1024,
			pipelining: 1
		});
		const response = await client.request({
			path: url.pathname + url.search,
			method: hop.method ?? 'GET',
			headers: { 'accept-encoding': 'gzip, deflate, br', ...hop.headers },
			body: hop.body ?? null,
			signal: both
		});
		const headers = plainHeaders(response.headers);
		const wanted = hop.wants ?? ((status: number) => status >= 200 && status < 300);
		const status = response.statusCode;
		const bytes = wanted(status) ? await read(response.body, headers, hop) : await drop(response.body);
		return { status, headers, bytes };
	} catch (error) {
		if (signal?.aborted) throw signal.reason;
		throw fromNetwork(deadline.aborted ? deadline.reason : error);
	} finally {
		await client?.destroy();
	}
}

/** The addresses of the host, if all of them may be reached. */
async function checkedAddresses({ url, resolve, allow }: Hop): Promise<ResolvedAddress[]> {
	const literal = literalHost(url);
	const found = literal
		? [{ address: literal, family: literal.includes(':') ? 6 : 4 }]
		: await resolve(url.hostname).catch((cause: unknown) => {
				const passing = cause instanceof Error && 'code' in cause && cause.code === 'EAI_AGAIN';
				throw new FetchProblem('dns', `${url.hostname} has no address`, { cause, retryable: passing });
			});
	if (found.length === 0) throw new FetchProblem('dns', `${url.hostname} has no address`);
	const refused = found.find(({ address }) => !mayReach(address, allow));
	if (refused)
		throw new FetchProblem(
			'refused-address',
			`${url.hostname} is at ${refused.address}, which is not public`
		);
	return found;
}

/** Answers the connection's question for an address with those that were checked. */
const pinned =
	(addresses: ResolvedAddress[]): LookupFunction =>
	(_host, options, callback) => {
		const [first] = addresses;
		if (options.all) callback(null, addresses);
		else callback(null, first?.address ?? '', first?.family ?? 4);
	};

/** `work`, or the reason of the signal when that comes first. */
async function raced<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
	const over = new AbortController();
	try {
		const ended = once(signal, 'abort', { signal: over.signal }).then(
			() => Promise.reject(signal.reason as Error),
			() => work
		);
		return await Promise.race([work, ended]);
	} finally {
		over.abort();
	}
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) {
		const first = Array.isArray(value) ? value[0] : value;
		if (first !== undefined) plain[name.toLowerCase()] = first;
	}
	return plain;
}

async function drop(body: Readable): Promise<Buffer> {
	body.on('error', () => undefined).destroy();
	return Buffer.alloc(0);
}

/** Counts bytes as they come and stops at the cap, on both sides of the unpacker: a bomb costs no more than its cap. */
async function read(body: Readable, headers: Record<string, string>, hop: Hop): Promise<Buffer> {
	const { packed, unpacked } = hop.limits;
	const tooLarge = (bytes: number) => new FetchProblem('too-large', `has more than ${bytes} bytes`);
	if (Number(headers['content-length'] ?? 0) > packed && !hop.cut) {
		await drop(body);
		throw tooLarge(packed);
	}
	async function* counted(): AsyncGenerator<Buffer> {
		let bytes = 0;
		for await (const chunk of body as AsyncIterable<Buffer>) {
			bytes += chunk.length;
			if (bytes > packed && !hop.cut) throw tooLarge(packed);
			yield chunk;
		}
	}
	const parts: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of unpack(counted(), headers['content-encoding'])) {
		parts.push(chunk);
		bytes += chunk.length;
		if (bytes <= unpacked) continue;
		if (hop.cut) break;
		throw tooLarge(unpacked);
	}
	return Buffer.concat(parts).subarray(0, unpacked);
}

/** Encodings in the order in which they were applied; more than two of them nobody sends in earnest. */
function unpack(chunks: AsyncIterable<Buffer>, encodings = ''): AsyncIterable<Buffer> {
	const names = encodings.toLowerCase().split(',').map((name) => name.trim()).filter((name) => name && name !== 'identity'); // prettier-ignore
	if (names.length > 2) throw new FetchProblem('type', `the body is packed ${names.length} times`);
	return names.reverse().reduce<AsyncIterable<Buffer>>((inner, name) => {
		const unpacker = unpackerOf(name);
		const source = Readable.from(inner, { objectMode: false });
		source.on('error', (error) => unpacker.destroy(error));
		unpacker.on('close', () => source.destroy());
		return source.pipe(unpacker);
	}, chunks);
}
function unpackerOf(name: string) {
	if (name === 'gzip' || name === 'x-gzip') return createGunzip();
	if (name === 'deflate') return createInflate();
	if (name === 'br') return createBrotliDecompress();
	throw new FetchProblem('type', `the body is packed as ${name}`);
}
