/** A page to watch, as it is kept on the desk: documents of kind `source`, one a page. */
import { z } from 'zod';

/** Kind of the desk's documents. */
export const SOURCE = 'source';

const selector = z.string().trim().min(1).max(500);

/** `every`: a number and s, m, h or d. */
export const watchedPageSchema = z.strictObject({
	kind: z.literal('policies'),
	service: z.string().trim().min(1).max(300),
	document: z.string().trim().min(1).max(300),
	url: z.url({ protocol: /^https?$/ }).max(8192),
	/** CSS selector of the part that is the document; without it what reads as the article. */
	select: selector.optional(),
	/** CSS selector of what is left out. */
	remove: selector.optional(),
	language: z
		.stringFormat('language', /^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/, 'must be a language tag, like en')
		.optional(),
	every: z.stringFormat('span', /^[1-9]\d{0,3}[smhd]$/, 'must be a time span, like 15m or 6h').default('6h'),
	/** The page needs its scripts. */
	render: z.boolean().optional()
});
export type WatchedPage = z.output<typeof watchedPageSchema>;

/** Id of the page's document, of its health and of its place in the schedule. */
export const pageId = ({ service, document }: Pick<WatchedPage, 'service' | 'document'>): string =>
	`policies/${encodeURIComponent(service)}/${encodeURIComponent(document)}`;

const UNIT = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds of a time span like `6h`. */
export function milliseconds(span: string): number {
	const unit = span.at(-1);
	const factor = unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNIT[unit] : NaN;
	return Number(span.slice(0, -1)) * factor;
}
