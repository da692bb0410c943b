/** A feed to read, as it is kept on the desk: documents of kind `source`, one a feed. */
import { z } from 'zod';
import { RELIABILITIES } from '#lib/domain/news/reliability.ts';

/** `every`: a number and s, m, h or d; the shortest interval, a quiet feed is read less often. */
export const watchedFeedSchema = z.strictObject({
	kind: z.literal('feeds'),
	url: z.url({ protocol: /^https?$/ }).max(8192),
	publisher: z.string().trim().min(1).max(300),
	/** Admiralty scale; F: not known. */
	reliability: z.enum(RELIABILITIES).optional(),
	every: z.stringFormat('span', /^[1-9]\d{0,3}[smhd]$/, 'must be a time span, like 15m or 6h').default('15m'),
	/** Whether the text of an article is read from its page where the feed has only its beginning. */
	fullText: z.boolean().optional()
});
export type WatchedFeed = z.output<typeof watchedFeedSchema>;

/** Id of the feed's document, of its health and of its place in the schedule. */
export const feedId = ({ url }: Pick<WatchedFeed, 'url'>): string => `feeds/${encodeURIComponent(url)}`;
