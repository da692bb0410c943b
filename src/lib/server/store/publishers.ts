/** What publishers have reported of pairs, in their own words: what their record is made of. */
import { z } from 'zod';
import { TOGETHER } from '#lib/domain/partnerships/signals/signal.ts';
import { instant, knownBy, whole } from './rows.ts';
import { idParts } from './signals.ts';
import type { Store } from './store.ts';

const report = z.object({
	publisher: z.string(),
	/** Organisations, by watchlist id. */
	a: z.string(),
	b: z.string(),
	/** Whether it reports the partnership as announced, or as coming. */
	announced: z.boolean(),
	/** When it was known first. */
	at: instant
});
export type Report = z.output<typeof report>;

/** A report's first signal of each pair a day; copies are nobody's own words. `wrong`: ids of signals that do not count. */
export const reportsOfPairs = (
	store: Store,
	{ asOf, wrong }: { asOf?: string | undefined; wrong: readonly string[] },
	signal?: AbortSignal
): Promise<Report[]> =>
	store.select({
		sql: `SELECT publisher, a, b, announced, min(known) AS at FROM (
				SELECT source AS publisher, a, b, (type = 'announcement')::Bool AS announced, at AS known, evidence.id AS article, live, probability FROM signals
				WHERE b != '' AND evidence.kind = 'news' AND type IN {types:Array(String)} AND ${knownBy(asOf)}
					AND ${['true', ...idParts('wrong', wrong).map(([name]) => `id NOT IN {${name}:Array(UInt128)}`)].join(' AND ')}
				ORDER BY recorded DESC, position DESC LIMIT 1 BY id
			) WHERE live AND probability >= .5 AND toUInt64(article) NOT IN (
				SELECT id FROM (SELECT id, copyOf FROM stories WHERE ${knownBy(asOf)} ORDER BY recorded DESC, content LIMIT 1 BY id) WHERE copyOf != 0
			)
			GROUP BY publisher, a, b, announced, toDate(known) ORDER BY at`,
		params: {
			types: [...TOGETHER],
			...Object.fromEntries(idParts('wrong', wrong)),
			...(asOf !== undefined && { asOf })
		},
		over: ['signals', 'stories'],
		row: report,
		...(signal && { signal })
	});

const publisher = z.object({ publisher: z.string(), articles: whole, last: instant });

/** Everybody who published what is stored, by `asOf`. */
export const publishers = (
	store: Store,
	{ asOf }: { asOf?: string | undefined },
	signal?: AbortSignal
): Promise<z.output<typeof publisher>[]> =>
	store.select({
		sql: `SELECT publisher, uniqExact(id) AS articles, max(publishedAt) AS last FROM news WHERE ${knownBy(asOf)}
			GROUP BY publisher`,
		params: asOf === undefined ? {} : { asOf },
		over: ['news'],
		row: publisher,
		...(signal && { signal })
	});
