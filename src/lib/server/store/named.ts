/** What the names of the watchlist find in recent articles. */
import { z } from 'zod';
import type { PreviewArticle } from '#lib/domain/watchlist/preview.ts';
import { MENTION_KEY } from './news.ts';
import { id, instant, whole } from './rows.ts';
import type { Store } from './store.ts';

/** RFC 3339: articles published then or later are recent. */
interface Since {
	from: string;
}
const SINCE = "publishedAt >= parseDateTime64BestEffort({from:String}, 3, 'UTC')";

const mentioned = z.object({ organisation: z.string(), articles: whole, last: instant });
export type Mentioned = z.output<typeof mentioned>;

/** How many recent articles mention each organisation, and when the last was published; none where none does. */
export const mentionedSince = (store: Store, { from }: Since): Promise<Mentioned[]> =>
	store.select({
		sql: `SELECT organisation::String AS organisation, uniqExact(id) AS articles, max(publishedAt) AS last
			FROM (SELECT * FROM mentions WHERE ${SINCE} ORDER BY recorded DESC LIMIT 1 BY ${MENTION_KEY})
			WHERE live GROUP BY organisation`,
		params: { from },
		over: ['mentions'],
		row: mentioned
	});

export async function articlesSince(store: Store, { from }: Since): Promise<number> {
	const [row] = await store.select({
		sql: `SELECT uniqExact(id) AS articles FROM news WHERE ${SINCE}`,
		params: { from },
		over: ['news'],
		row: z.object({ articles: whole })
	});
	return row?.articles ?? 0;
}

/** ClickHouse looks for so many needles at once. */
const NEEDLES = 250;
/** Characters of a text that are looked at. */
const TEXT = 20_000;

const article = z.object({
	id,
	title: z.string(),
	text: z.string(),
	publisher: z.string(),
	publishedAt: instant
});

/** Recent articles, as they stand last, that have one of `names` in any case; the newest first. */
export async function articlesWith(
	store: Store,
	names: readonly string[],
	{ from, limit }: Since & { limit: number },
	signal?: AbortSignal
): Promise<PreviewArticle[]> {
	if (names.length === 0) return [];
	const parts = Array.from({ length: Math.ceil(names.length / NEEDLES) }, (_, i) =>
		names.slice(i * NEEDLES, (i + 1) * NEEDLES)
	);
	const found = parts.map((_, i) => `multiSearchAnyCaseInsensitiveUTF8(plain, {names${i}:Array(String)})`);
	return store.select({
		sql: `SELECT id, title, substringUTF8(ifNull(text, ''), 1, ${TEXT}) AS text, publisher, publishedAt
			FROM (
				SELECT *, replaceAll(concat(title, '\\n', ifNull(news.text, '')), '’', '\\'') AS plain FROM news FINAL
				WHERE ${SINCE} ORDER BY accepted DESC, position DESC LIMIT 1 BY id
			)
			WHERE ${found.join(' OR ')}
			ORDER BY publishedAt DESC, id DESC LIMIT {limit:UInt32}`,
		params: { from, limit, ...Object.fromEntries(parts.map((part, i) => [`names${i}`, part])) },
		row: article,
		...(signal && { signal })
	});
}

/** Names what is stored of news: another text where more is. */
export async function newsStored(store: Store): Promise<string> {
	const [row] = await store.select({
		sql: 'SELECT (SELECT count() FROM news) AS articles, (SELECT count() FROM mentions) AS mentions',
		params: {},
		row: z.object({ articles: whole, mentions: whole })
	});
	return `${row?.articles ?? 0} ${row?.mentions ?? 0}`;
}

/** The newest recent articles that mention somebody who is watched, as they stand last, and the first `text` characters of each. */
export const articlesNaming = (
	store: Store,
	{ from, limit, text }: Since & { limit: number; text: number }
): Promise<PreviewArticle[]> =>
	store.select({
		sql: `SELECT id, title, substringUTF8(ifNull(news.text, ''), 1, {text:UInt32}) AS text, publisher, publishedAt
			FROM (
				SELECT * FROM news FINAL
				WHERE id IN (SELECT id FROM mentions WHERE live AND ${SINCE} GROUP BY id ORDER BY max(publishedAt) DESC LIMIT {limit:UInt32})
				ORDER BY accepted DESC, position DESC LIMIT 1 BY id
			) AS news
			ORDER BY publishedAt DESC, id DESC`,
		params: { from, limit, text },
		row: article
	});
