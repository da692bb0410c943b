/** Articles, and what is derived of each: mentions. */
import { z } from 'zod';
import type { NewsEvent } from '#lib/domain/events.ts';
import { formatInstant } from '#lib/domain/time.ts';
import {
	acceptedColumns,
	id,
	inParts,
	instant,
	knownBy,
	knownOf,
	ndjson,
	whole,
	type Accepted
} from './rows.ts';
import type { Store } from './store.ts';

export interface NewsRow extends Accepted {
	/** Of the article, and of what it says there. */
	id: string;
	content: string;
	event: NewsEvent;
	/** Language of the text as detected; empty when it cannot be told. */
	detected: string;
}

/** Stores sightings of articles. `token`: equal for a repeated block. Rejects as {@link Store.insert} does. */
export const insertNews = (store: Store, rows: readonly NewsRow[], token: string): Promise<void> =>
	store.insert({
		sql: `INSERT INTO news (id, content, url, title, text, publisher, author, language, detected, publishedAt, observedAt, feed,
			known, assumed, accepted, position, origin) FORMAT JSONEachRow`,
		body: ndjson(
			rows.map(({ id, content, event, detected, accepted, position, origin }) => ({
				...event,
				id,
				content,
				detected,
				...knownOf(event.observedAt, event.publishedAt, { accepted, position, origin }),
				accepted: formatInstant(accepted),
				position,
				origin
			}))
		),
		token
	});

const row = z.object({
	id,
	content: id,
	url: z.string(),
	title: z.string(),
	publisher: z.string(),
	author: z.string().nullable(),
	/** As detected, else as the event says; empty when neither tells. */
	language: z.string(),
	publishedAt: instant,
	/** When a collector saw it; null where it came without. */
	observedAt: instant.nullable(),
	known: instant,
	assumed: z.boolean(),
	accepted: instant,
	origin: z.string(),
	/** Watchlist ids of the organisations it mentions, by name. */
	organisations: z.array(z.string())
});
const listed = row.extend({
	/** The text's beginning, as far as its lead goes (domain/news/terms.ts); empty where it has none. */
	excerpt: z.string()
});
const entire = row.extend({ text: z.string().nullable(), feed: z.string().nullable() });
export type ArticleItem = z.output<typeof listed>;
export type Article = z.output<typeof entire>;

export interface ArticleQuery {
	/** Of `publishedAt`, RFC 3339, both included. */
	from?: string;
	to?: string;
	asOf?: string;
	limit: number;
	/** The last article of the page before. */
	before?: { publishedAt: string; id: string };
	organisation?: string;
	/** As in {@link ArticleItem.language}. */
	language?: string;
	/** Words that all stand in title or text, in any order and case. */
	words?: string;
}

export const LANGUAGE = "if(detected != '', detected, ifNull(news.language, ''))";
const EXCERPT = "substringUTF8(ifNull(text, ''), 1, 320) AS excerpt";
const WORDS = "lowerUTF8(concat(title, '\\n', ifNull(text, '')))";
const at = (name: string) => `parseDateTime64BestEffort({${name}:String}, 3, 'UTC')`;

/** One place in one text; of its readings the one recorded last counts. */
export const MENTION_KEY = 'organisation, id, content, field, start, end';
export const liveMentions = (where: string) =>
	`(SELECT * FROM mentions WHERE ${where} ORDER BY recorded DESC LIMIT 1 BY ${MENTION_KEY})`;

const COLUMNS = `id, content, url, title, publisher, author, ${LANGUAGE} AS language, publishedAt, observedAt, known, assumed, accepted, origin`;
/** Articles with their organisations. `keys`: a query of (id, content). Few rows are read, by their key: cheaper than FINAL. */
const read = (keys: string, more: string) => `SELECT news.*, organisations
	FROM (SELECT ${COLUMNS}, ${more} FROM news WHERE (id, content) IN (${keys}) ORDER BY first DESC LIMIT 1 BY id, content) AS news
	LEFT JOIN (
		SELECT id, content, arraySort(groupUniqArray(organisation::String)) AS organisations
		FROM ${liveMentions(`(id, content) IN (${keys})`)}
		WHERE live GROUP BY id, content
	) AS named USING (id, content)
	ORDER BY publishedAt DESC, id DESC`;

/** Newest first, each with what it said last (by `asOf`). */
export async function articles(
	store: Store,
	query: ArticleQuery,
	signal?: AbortSignal
): Promise<ArticleItem[]> {
	const { before, words, ...rest } = query;
	const params = {
		...rest,
		...(before && { beforeAt: before.publishedAt, beforeId: before.id }),
		...patterns(words)
	};
	const keys = `SELECT id, content FROM (
			SELECT id, content, publishedAt, ${LANGUAGE} AS spoken FROM news FINAL WHERE ${knownBy(query.asOf)}
			ORDER BY accepted DESC, position DESC LIMIT 1 BY id
		) WHERE ${[
			query.from !== undefined && `publishedAt >= ${at('from')}`,
			query.to !== undefined && `publishedAt <= ${at('to')}`,
			before && `(publishedAt, id) < (${at('beforeAt')}, {beforeId:UInt64})`,
			query.language !== undefined && 'spoken = {language:String}',
			query.organisation !== undefined &&
				`(id, content) IN (SELECT id, content FROM ${liveMentions('organisation = {organisation:String}')} WHERE live)`,
			words?.trim() && `(id, content) IN (SELECT id, content FROM news WHERE ${matchedBy(words)})`
		]
			.filter(Boolean)
			.concat('true')
			.join(' AND ')}
		ORDER BY publishedAt DESC, id DESC LIMIT {limit:UInt32}`;
	return store.select({
		sql: read(keys, EXCERPT),
		params,
		row: listed,
		...(signal && { signal })
	});
}

/** SQL for articles with all of the words, whose {@link patterns} are bound beside it. */
export const matchedBy = (words: string): string =>
	Object.keys(patterns(words))
		.map((name) => `${WORDS} LIKE {${name}:String}`)
		.join(' AND ');

/** `LIKE` patterns as parameters `word0`, `word1`, … */
export const patterns = (words = ''): Record<string, string> =>
	Object.fromEntries(
		words
			.toLowerCase()
			.split(/\s+/)
			.filter(Boolean)
			.map((word, i) => [`word${i}`, likeOf(word)])
	);
const likeOf = (words: string) => `%${words.toLowerCase().replace(/[%_\\]/g, '\\$&')}%`;

/** Other articles that have something of `told` word for word, letter case apart; those published nearest to an instant first. */
export async function withWords(
	store: Store,
	{ told, but, near, asOf, limit }: { told: readonly string[]; but: string; near: string; asOf?: string; limit: number },
	signal?: AbortSignal
): Promise<ArticleItem[]> {
	if (told.length === 0) return [];
	const said = told.map((words, i): [name: string, like: string] => [`told${i}`, likeOf(words)]);
	const keys = await store.select({
		sql: `SELECT id, content FROM (
				SELECT id, content, publishedAt FROM news
				WHERE (${said.map(([name]) => `${WORDS} LIKE {${name}:String}`).join(' OR ')}) AND id != {but:UInt64} AND ${knownBy(asOf)}
				ORDER BY accepted LIMIT 1 BY id
			) ORDER BY abs(dateDiff('second', publishedAt, ${at('near')})), id LIMIT {limit:UInt32}`,
		params: { ...Object.fromEntries(said), but: BigInt(but), near, limit, ...(asOf !== undefined && { asOf }) },
		row: z.object({ id, content: id }),
		...(signal && { signal })
	});
	return articlesOf(store, keys, signal);
} // prettier-ignore

/** What an article said last (by `asOf`), with its text; null where there is none. */
export async function article(store: Store, articleOf: string, asOf?: string): Promise<Article | null> {
	const keys = `SELECT id, content FROM news FINAL WHERE id = {id:UInt64} AND ${knownBy(asOf)}
		ORDER BY accepted DESC, position DESC LIMIT 1`;
	const [found] = await store.select({
		sql: read(keys, 'text, feed'),
		params: { id: articleOf, ...(asOf !== undefined && { asOf }) },
		row: entire
	});
	return found ?? null;
}

const KEYS =
	'SELECT key.1, key.2 FROM (SELECT arrayJoin(arrayZip({ids:Array(UInt64)}, {contents:Array(UInt64)})) AS key)';

/** Articles of the given keys; `content` chooses among what stood at one address. */
export const articlesOf = (
	store: Store,
	keys: readonly { id: string; content: string }[],
	signal?: AbortSignal
): Promise<ArticleItem[]> =>
	inParts(keys, (part) =>
		store.select({
			sql: read(KEYS, EXCERPT),
			params: { ids: part.map((key) => BigInt(key.id)), contents: part.map((key) => BigInt(key.content)) },
			row: listed,
			...(signal && { signal })
		})
	);

const accepted = z
	.object({
		...acceptedColumns,
		id,
		content: id,
		detected: z.string(),
		url: z.string(),
		title: z.string(),
		text: z.string().nullable(),
		publisher: z.string(),
		author: z.string().nullable(),
		language: z.string().nullable(),
		publishedAt: instant,
		observedAt: instant.nullable(),
		feed: z.string().nullable()
	})
	.transform(
		({
			id,
			content,
			accepted,
			position,
			origin,
			detected,
			url,
			title,
			publisher,
			publishedAt,
			...optional
		}): NewsRow => {
			const { text, author, language, observedAt, feed } = optional;
			const event: NewsEvent = {
				url,
				title,
				...(text !== null && { text }),
				publisher,
				...(author !== null && { author }),
				...(language !== null && { language }),
				publishedAt,
				...(observedAt !== null && { observedAt }),
				...(feed !== null && { feed })
			};
			return { id, content, event, detected, accepted, position, origin };
		}
	);

/** Texts of articles by their ids, none where there is none; `content` chooses as in {@link articlesOf}. */
export async function textsOf(
	store: Store,
	keys: readonly { id: string; content: string }[],
	signal?: AbortSignal
): Promise<Map<string, string>> {
	const found = await inParts(keys, (part) =>
		store.select({
			sql: `SELECT DISTINCT id, text FROM news WHERE (id, content) IN (${KEYS}) AND text IS NOT NULL`,
			params: { ids: part.map((key) => BigInt(key.id)), contents: part.map((key) => BigInt(key.content)) },
			row: z.object({ id, text: z.string() }),
			...(signal && { signal })
		})
	);
	return new Map(found.map(({ id, text }) => [id, text]));
}

const ACCEPTED = `SELECT id, content, accepted, position, origin, detected, url, title, text, publisher, author, language, publishedAt, observedAt, feed
	FROM news FINAL`;

/** Every accepted article, each once, in the order of acceptance: what is derived is derived again from this. */
export const acceptedNews = (store: Store, signal?: AbortSignal): AsyncIterable<NewsRow> =>
	store.stream({
		sql: `${ACCEPTED} ORDER BY accepted, position`,
		row: accepted,
		...(signal && { signal })
	});

/** All that was said at the addresses of articles (ids), each once, in the order of acceptance. */
export const acceptedNewsOf = (store: Store, articles: readonly string[]): Promise<NewsRow[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: `${ACCEPTED} WHERE id IN {articles:Array(UInt64)} ORDER BY accepted, position`,
			params: { articles: part.map(BigInt) },
			row: accepted
		})
	);

const sighting = z.object({ accepted: acceptedColumns.accepted, position: whole, id, content: id });

/** First sightings of all that is stored of articles (ids). */
export const sightingsOfArticles = (store: Store, articles: readonly string[]): Promise<z.output<typeof sighting>[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: 'SELECT accepted, position, id, content FROM news FINAL WHERE id IN {articles:Array(UInt64)}',
			params: { articles: part.map(BigInt) },
			row: sighting
		})
	); // prettier-ignore

/**
 * The next articles in the order of their ids, which is the table's: some `limit` behind the id `after`, with all that was said at their
 * addresses. `accepted`: only articles of which something was accepted then (ms, both included).
 */
export const newsAfter = (
	store: Store,
	{ after, limit, accepted: within }: { after: string; limit: number; accepted?: { from: number; to: number } | undefined }
): AsyncIterable<NewsRow> => {
	const meant = `id > {after:UInt64} ${within ? 'AND id IN (SELECT id FROM news WHERE toUnixTimestamp64Milli(accepted) BETWEEN {from:Int64} AND {to:Int64})' : ''}`;
	// The last id first, and ids before all else: of the texts that follow, and of those of the same granule, none is read.
	return store.stream({
		sql: `${ACCEPTED} PREWHERE ${meant} AND id <= (SELECT max(id) FROM (SELECT id FROM news WHERE ${meant} ORDER BY id LIMIT {limit:UInt32}))
			ORDER BY id`,
		params: { after: BigInt(after), limit, ...within },
		row: accepted
	});
}; // prettier-ignore

/** Different texts at different addresses. */
export const countNews = async (store: Store): Promise<number> => {
	const [{ articles } = { articles: 0 }] = await store.select({
		sql: 'SELECT count() AS articles FROM news FINAL',
		row: z.object({ articles: whole })
	});
	return articles;
};
