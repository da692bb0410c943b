import type { Fault } from '#lib/domain/fault.ts';

/**
 * Errors with a policy: each says by its `code` what happened and by `retryable` whether the same call can succeed later. They cross
 * from the ingest process into the bundled web handler, so nobody asks `instanceof`: use {@link isProblem}.
 */
export class Problem extends Error {
	readonly code: ProblemCode;
	readonly retryable: boolean;
	/** Field or variable that the error is about, where there is one. */
	readonly path: string | undefined;
	/** What is wrong with it, for those who say it in other words. */
	readonly fault: Fault | undefined;

	constructor(
		code: ProblemCode,
		message: string,
		options: { cause?: unknown; path?: string; fault?: Fault } = {}
	) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'Problem';
		this.code = code;
		this.retryable = RETRYABLE.has(code);
		this.path = options.path;
		this.fault = options.fault;
	}
}

export type ProblemCode =
	| 'log-unavailable' //      the log cannot take or give events now
	| 'log-full' //             retention keeps what is not committed, and there is no room for more
	| 'log-mismatch' //         topics exist in another shape than ours
	| 'store-unavailable' //    ClickHouse cannot be reached or is too busy
	| 'store-refused' //        ClickHouse read the rows and refuses them: the data is at fault
	| 'store-failed' //         ClickHouse refuses the query: we are at fault
	| 'store-forbidden' //      the reader tried what it may not do
	| 'desk-unavailable' //     the desk's database cannot be reached
	| 'conflict' //             somebody saved a newer version meanwhile (409)
	| 'not-found'
	| 'invalid' //              bad input; `path` names the field
	| 'too-large'
	| 'unsupported' //          a media type or encoding that no door reads (415)
	| 'newer-schema' //         the log holds a newer major version than this code reads
	| 'folder-in-use' //        another product works on the data folder
	| 'configuration'; //       a variable is wrong; `path` names it

const RETRYABLE: ReadonlySet<ProblemCode> = new Set([
	'log-unavailable', 'log-full', 'store-unavailable', 'desk-unavailable'
]); // prettier-ignore

/** Whether `error` is a {@link Problem} (of any of the given codes), whichever bundle made it. */
export function isProblem(error: unknown, ...codes: ProblemCode[]): error is Problem {
	if (!(error instanceof Error) || error.name !== 'Problem') return false;
	const { code } = error as Problem;
	return codes.length === 0 || codes.includes(code);
}
