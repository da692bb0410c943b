/** What a page's collector must remember between two fetches: kept as the payload of the page's timer, which says when it is due. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';

const cursorSchema = z.object({
	/** Version of the page's document that was fetched: another one is fetched at once. */
	version: z.number(),
	/** Validators of the last answer, for the next request. */
	etag: z.string().nullable(),
	lastModified: z.string().nullable(),
	/** The last text, packed: what "not modified" means. Null before the first. */
	text: z.string().nullable(),
	/** The rules that gave it: with others the page is read again whole. */
	extractor: z.string(),
	language: z.string().nullable(),
	/** Failures in a row. */
	failures: z.number(),
	/** Since when it is watched, and when it was last read; ms. */
	since: z.number(),
	lastSuccess: z.number().nullable()
});
export type Cursor = z.output<typeof cursorSchema>;

/** The cursor in a timer's payload, or a new one where there is none that can be read. */
export function readCursor(payload: unknown, now: number): Cursor {
	const parsed = cursorSchema.safeParse(payload);
	if (parsed.success) return parsed.data;
	return {
		version: 0, etag: null, lastModified: null, text: null, extractor: '', language: null, failures: 0, since: now, lastSuccess: null
	}; // prettier-ignore
}

export const pack = (text: string): string => gzipSync(text).toString('base64');
export const unpack = (packed: string): string => gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
