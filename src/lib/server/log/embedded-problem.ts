/** What SQLite's errors mean to whoever uses the log. */
import { isProblem, Problem } from '../errors.ts';

const BUSY = 5;
const LOCKED = 6;
const FULL = 13;

/** SQLite's primary result code, or null where `error` is not SQLite's. */
export function sqliteCode(error: unknown): number | null {
	const code = error instanceof Error && 'errcode' in error ? error.errcode : null;
	return typeof code === 'number' ? code & 0xff : null;
}

export const isBusy = (error: unknown): boolean => [BUSY, LOCKED].includes(sqliteCode(error) ?? 0);

/** `file`: its name without the folder. */
export function asProblem(error: unknown, file: string): Problem {
	if (isProblem(error)) return error;
	const reason = error instanceof Error ? error.message : String(error);
	if (sqliteCode(error) === FULL)
		return new Problem('log-full', `there is no room left on the disk for the event log ${file}`, {
			cause: error
		});
	if (isBusy(error))
		return new Problem('log-unavailable', `the event log ${file} is busy: ${reason}`, { cause: error });
	return new Problem('log-unavailable', `the event log ${file} cannot be used: ${reason}`, { cause: error });
}
