/** One document from the web: redirects followed and checked again at every step, type and charset settled. */
import { decode } from './charset.ts';
import { FetchProblem } from './problem.ts';
import { LIMITS, request, type Answer, type Limits, type Resolve } from './request.ts';
import type { Network } from './addresses.ts';

/** What we call ourselves. It says what we are and nothing of who runs us. */
export const USER_AGENT = 'Telltale/1 (change watch; honours robots.txt)';

export const PAGE_TYPES = [
	'text/html', 'application/xhtml+xml', 'text/plain', 'text/markdown', 'text/x-markdown', 'application/pdf'
] as const; // prettier-ignore
const REDIRECTS = 5;

export interface FetchOptions {
	/** Validators of the version that we have: unchanged, the answer is `notModified`. */
	etag?: string | null | undefined;
	lastModified?: string | null | undefined;
	/** Media types that are taken; null takes any. Default {@link PAGE_TYPES}. */
	types?: readonly string[] | null;
	limits?: Partial<Limits>;
	language?: string | undefined;
	cut?: boolean;
	signal?: AbortSignal | undefined;
}
/** What the way to the network needs; everything that tests replace. */
export interface Way {
	resolve: Resolve;
	allow: readonly Network[];
	/** Milliseconds. */
	now: () => number;
	/** Wraps each request: asks for permission, waits for the host's turn. */
	around?: (url: URL, signal: AbortSignal | undefined, work: () => Promise<Answer>) => Promise<Answer>;
}
export interface Fetched {
	status: number;
	/** After redirects. */
	url: string;
	contentType: string;
	/** Null for what is no text. */
	charset: string | null;
	bytes: Buffer;
	/** Decoded; null for what is no text. */
	text: string | null;
	etag: string | null;
	lastModified: string | null;
	/** 304: nothing of the above but status, url and validators. */
	notModified: boolean;
}

/** Reads `address` once. Rejects with a {@link FetchProblem}. */
export async function fetchDocument(address: string, options: FetchOptions, network: Way): Promise<Fetched> {
	const limits = { ...LIMITS, ...options.limits };
	const seen = new Set<string>();
	let url = parse(address);
	let left = limits.total;
	for (let step = 0; ; step++) {
		if (seen.has(url.href)) throw new FetchProblem('moved', 'redirects in a circle');
		seen.add(url.href);
		const hop = {
			url, allow: network.allow, resolve: network.resolve, limits: { ...limits, total: left },
			headers: headersOf(options, step), signal: options.signal, cut: options.cut ?? false
		}; // prettier-ignore
		let taken = 0;
		const ask = async () => {
			const start = network.now();
			const answer = await request(hop);
			taken = network.now() - start;
			return answer;
		};
		const answer = await (network.around?.(url, options.signal, ask) ?? ask());
		left = Math.max(1, Math.round(left - taken));
		if (!isRedirect(answer)) return document(answer, url, options, network.now());
		if (step >= REDIRECTS) throw new FetchProblem('moved', `redirects more than ${REDIRECTS} times`);
		const next = parse(answer.headers['location'] ?? '', url);
		if (isHome(next) && !isHome(parse(address)))
			throw new FetchProblem('moved', `redirects to the home page of ${next.hostname}`);
		url = next;
	}
}

function parse(address: string, base?: URL): URL {
	const url = URL.parse(address, base);
	if (!url) throw new FetchProblem('refused-address', `${address.slice(0, 200)} is no address`);
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		throw new FetchProblem('refused-address', `${url.protocol} is not http(s)`);
	if (url.username || url.password)
		throw new FetchProblem('refused-address', 'the address has a user name in it');
	url.hash = '';
	return url;
}

const isHome = (url: URL): boolean => url.pathname === '/' && url.search === '';
const isRedirect = ({ status, headers }: Answer): boolean =>
	[301, 302, 303, 307, 308].includes(status) && headers['location'] !== undefined;

function headersOf({ etag, lastModified, language, types }: FetchOptions, step: number) {
	const accept = (types ?? PAGE_TYPES).join(', ');
	return {
		'user-agent': USER_AGENT,
		accept: types === null ? '*/*' : `${accept}, */*;q=0.1`,
		'accept-language': language ? `${language}, *;q=0.5` : 'en, *;q=0.5',
		...(etag && { 'if-none-match': etag }),
		...(lastModified && { 'if-modified-since': lastModified }),
		...(step > 0 && { 'cache-control': 'no-cache' })
	};
}

function document({ status, headers, bytes }: Answer, url: URL, options: FetchOptions, now: number): Fetched {
	const validators = { etag: headers['etag'] ?? null, lastModified: headers['last-modified'] ?? null };
	if (status === 304 && (options.etag || options.lastModified))
		return {
			status, url: url.href, contentType: '', charset: null, bytes, text: null, notModified: true,
			etag: validators.etag ?? options.etag ?? null,
			lastModified: validators.lastModified ?? options.lastModified ?? null
		}; // prettier-ignore
	if (status < 200 || status >= 300) throw refusal(status, headers, now);
	if (bytes.length === 0) throw new FetchProblem('empty', 'the answer is empty', { status });

	const [given = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
	const contentType = settle(given.trim(), bytes);
	const { types = PAGE_TYPES } = options;
	if (types && !types.includes(contentType))
		throw new FetchProblem('type', `${contentType} is nothing that we read`, { status });
	const declared = parameters.map((p) => /^\s*charset\s*=\s*"?([^"\s]+)/.exec(p)?.[1]).find(Boolean) ?? null;
	const decoded = isText(contentType) ? decode(bytes, declared) : null;
	return {
		status,
		url: url.href,
		contentType,
		charset: decoded?.charset ?? null,
		bytes,
		text: decoded?.text ?? null,
		...validators,
		notModified: false
	};
}

const isText = (type: string) => /^text\/|[/+](xml|json|javascript)$/.test(type);

/** A server that names no type, or the one that means nothing, lets the bytes speak. */
function settle(given: string, bytes: Buffer): string {
	if (given !== '' && given !== 'application/octet-stream' && given !== 'binary/octet-stream') return given;
	const head = bytes.subarray(0, 1024).toString('latin1');
	if (head.startsWith('%PDF-')) return 'application/pdf';
	if (/<(!doctype html|html|head|body)\b/i.test(head)) return 'text/html';
	return head.includes('\0') ? 'application/octet-stream' : 'text/plain';
}

function refusal(status: number, headers: Record<string, string>, now: number): FetchProblem {
	const after = headers['retry-after'];
	const waits = status === 429 || status === 503 ? retryAfter(after, now) : undefined;
	const details = { status, ...(waits !== undefined && { retryAfter: waits }) };
	const said = `the server answers ${status}`;
	if (status === 404 || status === 410) return new FetchProblem('gone', said, details);
	if (status === 408) return new FetchProblem('timeout', said, details);
	if (status === 429) return new FetchProblem('blocked', said, { ...details, retryable: true });
	if (status >= 500) return new FetchProblem('server-error', said, details);
	if (status >= 300 && status < 400)
		return new FetchProblem('moved', `${said} and does not say where to`, details);
	return new FetchProblem('blocked', said, details);
}

/** `Retry-After`, seconds or a date, in ms from `now`. */
function retryAfter(value: string | undefined, now: number): number | undefined {
	if (value === undefined) return undefined;
	const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
	return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
