/** What a feed's collector must remember between two visits. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalUrl } from '#lib/domain/events.ts';

const cursorSchema = z.object({
	version: z.number(),
	/** Validators of the last answer, for the next request. */
	etag: z.string().nullable(),
	lastModified: z.string().nullable(),
	/** Keys of what was emitted, the latest first. */
	emitted: z.array(z.string()),
	/** Visits in a row that gave nothing new. */
	quiet: z.number(),
	failures: z.number(),
	since: z.number(),
	lastSuccess: z.number().nullable()
});
export type Cursor = z.output<typeof cursorSchema>;

/** Keys that are kept beyond those of the items that the feed has now: items that went away may come back. */
const KEPT = 2_000;

/** The cursor in a timer's payload, or a new one where there is none that can be read. */
export function readCursor(payload: unknown, now: number): Cursor {
	const parsed = cursorSchema.safeParse(payload);
	if (parsed.success) return parsed.data;
	return {
		version: 0, etag: null, lastModified: null, emitted: [], quiet: 0, failures: 0, since: now, lastSuccess: null
	}; // prettier-ignore
}

/** What makes an item one that was emitted: its address and title. A new title for an old address is news. */
export const keyOfItem = ({ url, title }: { url: string; title: string }): string =>
	createHash('sha256')
		.update(`${canonicalUrl(url)}\n${title}`)
		.digest('base64url')
		.slice(0, 16);

/** `now`: keys of the items that the feed has; all of them stay, however many. */
export const remember = (now: readonly string[], before: readonly string[]): string[] =>
	[...new Set([...now, ...before])].slice(0, now.length + KEPT);
