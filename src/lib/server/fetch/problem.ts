/** What can keep a page from being read. Each failure has a kind that pages show and alerts tell apart. */
export type FetchKind =
	| 'blocked' //         the site does not want us: 401, 403, 429, 451, robots.txt, a check for humans
	| 'gone' //            404, 410, or a page that says so with 200
	| 'moved' //           too many redirects, a loop, or a redirect from the page to a home page
	| 'empty' //           an answer without text
	| 'timeout'
	| 'tls' //             a certificate or handshake that cannot be trusted
	| 'too-large' //       packed or unpacked
	| 'type' //            nothing that we read
	| 'refused-address' // an address that fetchers may not reach
	| 'dns' //             the host has no address
	| 'unreachable' //     no connection, or an answer that is no HTTP
	| 'server-error' //    5xx, or a body that cannot be unpacked
	| 'selector'; //       the page no longer has the part that is watched

/** Kinds that may pass by themselves within minutes. */
const PASSING: ReadonlySet<FetchKind> = new Set(['timeout', 'unreachable', 'server-error']);

export interface FetchProblemOptions {
	cause?: unknown;
	/** The HTTP status, where there was one. */
	status?: number;
	/** Whether the same request can succeed soon; by default decided by the kind. */
	retryable?: boolean;
	/** How long the site asks us to wait, ms. */
	retryAfter?: number;
}

/** An error with a policy: see {@link FetchKind}. Crosses bundles, so use {@link isFetchProblem} and not `instanceof`. */
export class FetchProblem extends Error {
	readonly kind: FetchKind;
	readonly retryable: boolean;
	readonly status: number | undefined;
	readonly retryAfter: number | undefined;

	constructor(kind: FetchKind, message: string, options: FetchProblemOptions = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'FetchProblem';
		this.kind = kind;
		this.status = options.status;
		this.retryAfter = options.retryAfter;
		this.retryable = options.retryable ?? PASSING.has(kind);
	}
}

export function isFetchProblem(error: unknown, ...kinds: FetchKind[]): error is FetchProblem {
	if (!(error instanceof Error) || error.name !== 'FetchProblem') return false;
	const { kind } = error as FetchProblem;
	return kinds.length === 0 || kinds.includes(kind);
}

const codeOf = (error: unknown): string =>
	error instanceof Error && 'code' in error ? String(error.code) : '';

/** An error of the connection or of the unpacker as a {@link FetchProblem}; what is none of these comes back as it is. */
export function fromNetwork(error: unknown): unknown {
	if (isFetchProblem(error)) return error;
	const code = codeOf(error) || (error instanceof Error ? codeOf(error.cause) : '');
	const said = (kind: FetchKind, message: string) => new FetchProblem(kind, message, { cause: error });
	if (error instanceof Error && error.name === 'TimeoutError') return said('timeout', 'took too long');
	if (/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code) || code === 'ETIMEDOUT')
		return said('timeout', `no ${/HEADERS/.test(code) ? 'answer' : /BODY/.test(code) ? 'more bytes' : 'connection'} in time`); // prettier-ignore
	if (/^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(code))
		return said('tls', `the connection cannot be trusted (${code})`);
	if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
		return said('too-large', 'the headers are too large');
	if (/^(Z_|ERR__ERROR_|ERR_BROTLI|ERR_PADDING|BROTLI)/.test(code))
		return said('server-error', 'the body cannot be unpacked');
	if (error instanceof Error && error.name === 'HTTPParserError')
		return said('unreachable', 'the answer is no HTTP');
	if (/^(UND_ERR_|HPE_|E[A-Z]+$)/.test(code)) return said('unreachable', `no connection (${code})`);
	return error;
}
