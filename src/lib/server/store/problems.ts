/** What ClickHouse's errors mean to us, by their code (`SELECT * FROM system.errors` lists them). */
import { ClickHouseError } from '@clickhouse/client';
import { Problem, type ProblemCode } from '../errors.ts';

/** The same call can succeed later: too busy, out of memory, time or space, starting, stopping, read-only, a replica behind. */
const UNAVAILABLE = new Set([
	3, 74, 75, 76, 159, 160, 173, 201, 202, 203, 209, 210, 225, 236, 241, 242, 243, 244, 252, 279, 285, 286, 319, 364, 373, 394, 439,
	499, 519, 574, 700, 722, 735, 745, 762, 999
]); // prettier-ignore

/** The rows are at fault: CANNOT_PARSE_…, CANNOT_READ_ALL_DATA, TYPE_MISMATCH, INCORRECT_DATA, out of range, VIOLATED_CONSTRAINT. */
const REFUSED = new Set([
	6, 25, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 128, 131, 321, 349, 407, 441, 469, 632, 675, 676, 691
]); // prettier-ignore

/** ACCESS_DENIED, READONLY, AUTHENTICATION_FAILED and their kin. */
const FORBIDDEN = new Set([164, 192, 193, 194, 195, 291, 452, 497, 516]);

/** Whether an error means that the server could not be reached at all (rather than that it refuses). */
export const isUnreachable = (error: unknown): boolean =>
	!(error instanceof ClickHouseError) && !(error instanceof Problem);

/**
 * The problem behind an error of the client. Without a code of ClickHouse it is the transport's: refused, reset, timed out. `insert`:
 * codes that put the data at fault count only where data was sent.
 */
export function storeProblem(error: unknown, insert: boolean): Problem {
	if (error instanceof Problem) return error;
	if (!(error instanceof ClickHouseError)) {
		const text = error instanceof Error ? error.message || error.name : String(error);
		return new Problem('store-unavailable', `ClickHouse cannot be reached: ${text}`, { cause: error });
	}
	const code = Number(error.code);
	const meaning: ProblemCode = UNAVAILABLE.has(code)
		? 'store-unavailable'
		: FORBIDDEN.has(code)
			? 'store-forbidden'
			: insert && REFUSED.has(code)
				? 'store-refused'
				: 'store-failed';
	return new Problem(
		meaning,
		`ClickHouse: ${error.type ?? `code ${error.code}`}: ${error.message.slice(0, 500)}`,
		{
			cause: error
		}
	);
}
