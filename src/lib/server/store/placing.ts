/** What clustering reads of the store: articles to be placed, and what was placed around their time. */
import { z } from 'zod';
import { acceptedColumns, id, inParts, instant } from './rows.ts';
import type { Store } from './store.ts';

/** Names an article and what it says there. */
export interface ArticleKey {
	id: string;
	content: string;
}

const article = z.object({
	id,
	content: id,
	title: z.string(),
	/** Empty where there is none. */
	text: z.string(),
	/** As detected, else as the event says; empty when neither tells. */
	language: z.string(),
	publishedAt: instant,
	known: instant,
	accepted: acceptedColumns.accepted,
	/** Of the demo: it is told by itself, so that nothing hangs on it when it is cleared. */
	demo: z.boolean()
});
export type ArticleToPlace = z.output<typeof article>;

const original = article.extend({
	story: id,
	/** When its last copy was published, or it itself. */
	lastAt: instant
});

/** Of several sightings of one text the first counts, as it will be the one that is kept. */
const ARTICLE = `id, content, title, ifNull(text, '') AS text, if(detected != '', detected, ifNull(language, '')) AS language,
	publishedAt, known, accepted, (origin = 'demo')::Bool AS demo`;
const at = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

/** All that is in the store of the given articles (some thousands at most), in no order. `ids`: theirs. */
export const articlesToPlace = (store: Store, ids: readonly string[]): Promise<ArticleToPlace[]> =>
	store.select({
		sql: `SELECT ${ARTICLE} FROM news PREWHERE id IN {ids:Array(UInt64)} ORDER BY first DESC LIMIT 1 BY id, content`,
		params: { ids: ids.map(BigInt) },
		row: article
	});

/** What has a place of the given articles (some thousands at most). `ids`: theirs. */
export const placedKeys = (store: Store, ids: readonly string[]): Promise<ArticleKey[]> =>
	store.select({
		sql: 'SELECT DISTINCT id, content FROM stories WHERE id IN {ids:Array(UInt64)}',
		params: { ids: ids.map(BigInt) },
		row: z.object({ id, content: id })
	});

/** Days from the epoch, of `first` to `last`, in which something was placed. */
export async function daysPlaced(
	store: Store,
	{ first, last, table }: { first: number; last: number; table: string }
): Promise<number[]> {
	const rows = await store.select({
		sql: `SELECT DISTINCT intDiv(toUnixTimestamp64Milli(publishedAt), 86400000) AS day FROM {table:Identifier}
			WHERE publishedAt >= ${at('from')} AND publishedAt < ${at('to')}`,
		params: { table, from: first * 86_400_000, to: (last + 1) * 86_400_000 },
		row: z.object({ day: z.coerce.number() })
	});
	return rows.map(({ day }) => day);
}

/** The articles of a day (counted from the epoch) that repeat no other, with their stories, row by row. */
export const originalsOf = (
	store: Store,
	{ day, table }: { day: number; table: string }
): AsyncIterable<z.output<typeof original>> =>
	store.stream({
		sql: `WITH placed AS (
				SELECT id, content, story FROM (
					SELECT id, content, story, copyOf FROM {table:Identifier}
					WHERE publishedAt >= ${at('from')} AND publishedAt < ${at('to')} ORDER BY recorded DESC LIMIT 1 BY id, content
				) WHERE copyOf = 0
			), copies AS (
				SELECT copyOf AS id, max(publishedAt) AS last FROM {table:Identifier} FINAL
				WHERE copyOf IN (SELECT id FROM placed) GROUP BY copyOf
			)
			SELECT id, content, title, text, language, publishedAt, known, accepted, demo, story,
				greatest(publishedAt, last) AS lastAt
			FROM placed
			JOIN (
				SELECT ${ARTICLE} FROM news PREWHERE (id, content) IN (SELECT id, content FROM placed)
				ORDER BY first DESC LIMIT 1 BY id, content
			) AS articles USING (id, content)
			LEFT JOIN copies USING (id)
			ORDER BY publishedAt, id, content`,
		params: { table, from: day * 86_400_000, to: (day + 1) * 86_400_000 },
		row: original
	});

const place = z.object({
	id,
	content: id,
	story: id,
	/** `0` for none. */
	copyOf: id,
	publishedAt: instant,
	known: instant,
	recorded: instant,
	/** When a person said so; {@link BY_CLUSTERING} where nobody did. */
	said: instant
});
export type Place = z.output<typeof place>;
export const BY_CLUSTERING = '1970-01-01T00:00:00.000Z';

/** Every place that articles (ids) ever had, with those of what they repeat and of what repeats them. */
export const placesOf = (
	store: Store,
	{ articles, table }: { articles: readonly string[]; table: string }
): Promise<Place[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: `WITH meant AS (
					SELECT arrayJoin([id, copyOf]) AS id FROM {table:Identifier}
					WHERE id IN {articles:Array(UInt64)} OR copyOf IN {articles:Array(UInt64)}
				)
				SELECT id, content, story, copyOf, publishedAt, known, recorded, said FROM {table:Identifier} FINAL WHERE id IN meant`,
			params: { table, articles: part.map(BigInt) },
			row: place
		})
	);

/** Which of `stories` (ids) something was ever put into. */
export async function storiesThere(
	store: Store,
	{ stories, table }: { stories: readonly string[]; table: string }
): Promise<Set<string>> {
	const found = await inParts(stories, (part) =>
		store.select({
			sql: 'SELECT DISTINCT story FROM {table:Identifier} WHERE story IN {stories:Array(UInt64)}',
			params: { table, stories: part.map(BigInt) },
			row: z.object({ story: id })
		})
	);
	return new Set(found.map(({ story }) => story));
}

/** Names the table as it is now: another one took its place where this differs. */
export async function storiesTable(store: Store): Promise<string> {
	const [found] = await store.select({
		sql: "SELECT toString(uuid) AS uuid FROM system.tables WHERE database = currentDatabase() AND name = 'stories'",
		row: z.object({ uuid: z.string() })
	});
	return found?.uuid ?? '';
}
