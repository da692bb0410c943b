/** Shapes that the rows of several tables share, at the edge where they are parsed. */
import { z } from 'zod';

/** A 64-bit id: ClickHouse sends it as a decimal string, and a string it stays. */
export const id = z.string().regex(/^\d+$/);
/** RFC 3339 in UTC with milliseconds. */
export const instant = z.string();
/** `YYYY-MM-DD`. */
export const day = z.string();
/** A count or a revision: a 64-bit integer that a JavaScript number holds exactly. */
export const whole = z.union([z.int(), z.string().transform(Number).pipe(z.int())]);

/** What only the log knows of an event. */
export interface Accepted {
	/** When the log took it, ms. */
	accepted: number;
	/** Offset * 1024 + row in its partition. */
	position: number;
	origin: string;
}

/** Ways in whose events are history: what is not dated by an observer is assumed to have been known when it happened. */
export const HISTORY: readonly string[] = ['import', 'demo'];

/** Rows as the body of an `INSERT … FORMAT JSONEachRow`. */
export const ndjson = (rows: readonly object[]): Buffer =>
	Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** An object without the fields that are null: optional fields that an event did not carry. */
export function withoutNulls<T extends object>(row: T): { [K in keyof T]: Exclude<T[K], null> } {
	return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
		[K in keyof T]: Exclude<T[K], null>;
	};
}
