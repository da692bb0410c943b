/** Pairs of parties that articles name together. */
import { z } from 'zod';
import { HALF_LIFE, type CoMentions } from '#lib/domain/partnerships/pairs.ts';
import { MENTION_KEY } from './news.ts';
import { day, id, instant, knownBy, whole } from './rows.ts';
import type { Store } from './store.ts';

/** An article that names more parties than this is a round-up, and says little of any two. */
const MOST_NAMED = 8;
/** Newest texts that are named by id. */
const NEWEST = 5;
/** Bytes from which texts and their pairs are counted on disk: years of news do not fit what a query may take. */
const SPILL = 200_000_000;

const row = z
	.object({
		a: z.string(),
		b: z.string(),
		articles: whole,
		texts: whole,
		weight: z.number(),
		first: instant,
		last: instant,
		weeks: z.array(z.tuple([day, whole])),
		newest: z.array(z.tuple([id, id]))
	})
	.transform(({ a, b, newest, ...rest }): CoMentioned => ({
		...rest,
		pair: [a, b],
		newest: newest.map(([id, content]) => ({ id, content }))
	}));

export interface CoMentioned extends CoMentions {
	/** The newest texts, each as its first article. */
	newest: { id: string; content: string }[];
}

/**
 * Every pair that is named by an article as it stood by `asOf` (RFC 3339). `parties`: the party of each organisation that is watched;
 * those of one party are one, others are not looked at. `day`: the day on which a text counts 1.
 */
export const coMentions = (
	store: Store,
	{ parties, day, asOf }: { parties: ReadonlyMap<string, string>; day: string; asOf?: string | undefined },
	signal?: AbortSignal
): Promise<CoMentioned[]> =>
	store.select({
		sql: `WITH said AS (
				SELECT id, content FROM news FINAL WHERE ${knownBy(asOf)} ORDER BY accepted DESC, position DESC LIMIT 1 BY id
			), named AS (
				SELECT id, content, any(publishedAt) AS at,
					arraySort(groupUniqArray(transform(organisation::String, {organisations:Array(String)}, {parties:Array(String)}, ''))) AS both
				FROM (
					SELECT organisation, id, content, argMax(publishedAt, recorded) AS publishedAt, argMax(live, recorded) AS live
					FROM mentions WHERE organisation IN {organisations:Array(String)} GROUP BY ${MENTION_KEY}
				)
				WHERE live AND (id, content) IN said
				GROUP BY id, content HAVING length(both) BETWEEN 2 AND ${MOST_NAMED}
			)
			SELECT pair.1 AS a, pair.2 AS b, sum(sightings) AS articles, count() AS texts,
				sum(exp2(-greatest(0, dateDiff('day', published, {day:Date})) / ${HALF_LIFE})) AS weight,
				min(published) AS first, max(latest) AS last,
				arrayZip((sumMap([toMonday(published)], [toUInt64(1)]) AS sums).1, sums.2) AS weeks,
				arrayMap(text -> (text.2, text.3), arraySlice(arrayReverseSort(groupArray((published, article, content))), 1, ${NEWEST})) AS newest
			FROM (
				SELECT arrayJoin(arrayFilter(pair -> pair.1 < pair.2, arrayFlatten(arrayMap(x -> arrayMap(y -> (x, y), both), both)))) AS pair,
					content, count() AS sightings, min(at) AS published, max(at) AS latest, argMin(id, (at, id)) AS article
				FROM named GROUP BY pair, content
			)
			GROUP BY pair ORDER BY pair
			SETTINGS optimize_aggregation_in_order = 1, max_bytes_before_external_group_by = ${SPILL}`,
		over: ['news', 'mentions'],
		params: {
			organisations: [...parties.keys()],
			parties: [...parties.values()],
			day,
			...(asOf !== undefined && { asOf })
		},
		row,
		...(signal && { signal })
	});
