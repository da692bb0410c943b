/** Organisations named in articles: derived, written whole for each article. */
import { z } from 'zod';
import { insertDerived, type Into } from './derived.ts';
import { MENTION_KEY } from './news.ts';
import { id, inParts, instant } from './rows.ts';
import type { Store } from './store.ts';

const mention = z.object({
	/** Of the article, and of what it says there. */
	id,
	content: id,
	/** Watchlist id. */
	organisation: z.string(),
	field: z.enum(['title', 'text']),
	/** In UTF-16 units; `text` is exactly that slice. */
	start: z.int(),
	end: z.int(),
	text: z.string(),
	/** The article's. */
	publishedAt: instant,
	known: instant,
	/** Version of the watchlist it was read with. */
	watchlist: z.string(),
	/** When what was read was accepted, or when it was read again. */
	recorded: instant
});
export type Mention = z.output<typeof mention>;
/** `live` is false for what a re-reading no longer finds. */
export type MentionRow = Mention & { live: boolean };

export const insertMentions = (store: Store, rows: readonly MentionRow[], into: Into = {}): Promise<void> =>
	insertDerived(store, 'mentions', rows, into);

/** Live mentions in the given articles, in order of appearance. */
export const mentionsOf = (store: Store, articles: readonly string[]): Promise<Mention[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: `SELECT id, content, organisation, field, start, end, text, publishedAt, known, watchlist, recorded
				FROM (SELECT * FROM mentions WHERE id IN {articles:Array(UInt64)} ORDER BY recorded DESC LIMIT 1 BY ${MENTION_KEY})
				WHERE live ORDER BY id, content, field = 'text', start, organisation`,
			params: { articles: part.map(BigInt) },
			row: mention
		})
	);

/** What was last written of every place in the given articles, also what is dead. */
export const mentionRowsOf = (store: Store, articles: readonly string[]): Promise<MentionRow[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: `SELECT id, content, organisation, field, start, end, text, publishedAt, known, watchlist, recorded, live FROM mentions
				WHERE id IN {articles:Array(UInt64)} ORDER BY recorded DESC LIMIT 1 BY ${MENTION_KEY}`,
			params: { articles: part.map(BigInt) },
			row: mention.extend({ live: z.boolean() })
		})
	);
