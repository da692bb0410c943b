/** Shapes that the rows of several tables share, at the edge where they are parsed, and how they are written. */
import { formatInstant, parseInstant } from '#lib/domain/time.ts';
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
/** The same in a row that is read. */
export const acceptedColumns = { accepted: instant.transform(millis), position: whole, origin: z.string() };

function millis(text: string): number {
	return parseInstant(text) ?? Number.NaN;
}

/** Ways in whose events are history: what nobody dated is assumed to have been known when it happened. */
const HISTORY: readonly string[] = ['import', 'demo'];

/**
 * When a fact could first be known: when it was observed; else, in history, when it happened (assumed; never later than it was
 * accepted); else when it was accepted. `happened`: RFC 3339.
 */
export function knownOf(observed: string | undefined, happened: string, { accepted, origin }: Accepted) {
	if (observed !== undefined) return { known: observed, assumed: false };
	const taken = formatInstant(accepted);
	if (!HISTORY.includes(origin)) return { known: taken, assumed: false };
	return { known: happened < taken ? happened : taken, assumed: true };
}

/** SQL that keeps what was known by the parameter `asOf`, where there is one. */
export const knownBy = (asOf: string | undefined): string =>
	asOf === undefined ? 'true' : "known <= parseDateTime64BestEffort({asOf:String}, 3, 'UTC')";

/** Rows as the body of an `INSERT … FORMAT JSONEachRow`. */
export const ndjson = (rows: readonly object[]): Buffer =>
	Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** A parameter may have 128 KB; longer lists are asked for in parts, one after the other. */
export async function inParts<T, R>(list: readonly T[], ask: (part: T[]) => Promise<R[]>): Promise<R[]> {
	const all: R[] = [];
	for (let at = 0; at < list.length; at += PART)
		for (const row of await ask(list.slice(at, at + PART))) all.push(row);
	return all;
}
const PART = 1_000;
