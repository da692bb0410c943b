/** What the search looks through beside the watchlist: articles, counted, and the policy texts that stand. */
import { z } from 'zod';
import { matchedBy, patterns } from './news.ts';
import { instant, knownBy, whole } from './rows.ts';
import type { Store } from './store.ts';

/** How many articles have all of `words`. */
export async function countArticles(
	store: Store,
	{ words, asOf }: { words: string; asOf?: string },
	signal?: AbortSignal
): Promise<number> {
	const [row] = await store.select({
		sql: `SELECT uniqExact(id) AS articles FROM (
				SELECT id, content FROM news FINAL WHERE ${knownBy(asOf)} ORDER BY accepted DESC, position DESC LIMIT 1 BY id
			) WHERE (id, content) IN (SELECT id, content FROM news WHERE ${matchedBy(words)})`,
		params: { ...patterns(words), ...(asOf !== undefined && { asOf }) },
		row: z.object({ articles: whole }),
		...(signal && { signal })
	});
	return row?.articles ?? 0;
}

const standing = z.object({ service: z.string(), document: z.string(), fetched: instant, text: z.string() });
export type StandingText = z.output<typeof standing>;

/** Texts that each collector read last (by `asOf`) and that have all of `words`; a text that several read once. */
export const standingTexts = (
	store: Store,
	{ words, asOf, limit }: { words: string; asOf?: string; limit: number },
	signal?: AbortSignal
): Promise<StandingText[]> =>
	store.select({
		sql: `SELECT service, document, fetched, text FROM (
				SELECT service, document, hash, max(fetched) AS fetched FROM (
					SELECT service, document, hash, fetched FROM policy_sightings FINAL WHERE ${knownBy(asOf)}
					ORDER BY fetched DESC, latest DESC LIMIT 1 BY service, document, collector
				) GROUP BY service, document, hash
			) AS seen
			JOIN (SELECT hash, lowerUTF8(text) AS folded, text FROM policy_texts FINAL) AS texts USING hash
			WHERE ${Object.keys(patterns(words))
				.map((name) => `folded LIKE {${name}:String}`)
				.concat('true')
				.join(' AND ')}
			ORDER BY service, document, fetched LIMIT {limit:UInt32}`,
		params: { ...patterns(words), limit, ...(asOf !== undefined && { asOf }) },
		row: standing,
		...(signal && { signal })
	});
