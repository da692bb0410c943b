/** Signals: typed, dated, sourced observations about one or two organisations. Derived. */
import { z } from 'zod';
import { RELIABILITIES } from '#lib/domain/news/reliability.ts';
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { insertDerived, type Into } from './derived.ts';
import { id, instant, inParts, knownBy, whole } from './rows.ts';
import type { Params, Store } from './store.ts';

const row = z.object({
	/** Watchlist ids in the order of the alphabet; `b` is empty where one organisation alone is told of. */
	a: z.string(),
	b: z.string(),
	/** 128 bits, as a decimal. */
	id,
	/** When what was read was accepted or decided, or when it was read again. */
	recorded: instant,
	/** When it could be known, and when it happened. */
	at: instant,
	happened: instant.nullable(),
	type: z.enum(SIGNAL_TYPES),
	probability: z.number(),
	/** Word for word. */
	quote: z.string(),
	source: z.string(),
	/** Admiralty, `A` to `F`. */
	reliability: z.enum(RELIABILITIES),
	/** Id of the signal that it repeats; `0` where it repeats none. */
	copyOf: id,
	evidence: z.object({ kind: z.string(), id: z.string() }),
	/** With its version and that of the watchlist. */
	detector: z.string(),
	/** False where a re-reading no longer finds it. */
	live: z.boolean(),
	/** When the newest of what decided it was accepted, ms: of two rows with one key the higher one stays. */
	position: whole,
	/** Field of the article and UTF-16 units in it; `''`, 0, 0 in other evidence. */
	field: z.enum(['title', 'text', '']),
	start: whole,
	end: whole,
	/** Watchlist id of who did it (visited, denied, sued, …) and the person named; empty where it cannot be told. */
	agent: z.string(),
	person: z.string()
});
export type SignalRow = z.output<typeof row>;

const COLUMNS = Object.keys(row.shape).join(', ');
/** What counts of each signal: the row recorded last, dead or alive. An id has one pair; named with it, the rows come in the table's order. */
const latest = (where: string) =>
	`(SELECT ${COLUMNS}, article FROM signals WHERE ${where} ORDER BY a, b, id, recorded DESC, position DESC LIMIT 1 BY a, b, id)`;

export const insertSignals = (store: Store, rows: readonly SignalRow[], into: Into = {}): Promise<void> =>
	insertDerived(store, 'signals', rows, into);

/** Every signal that a policy document ever gave, also those that are dead. */
export const signalsOfDocument = (
	store: Store,
	{ service, document }: { service: string; document: string }
): Promise<SignalRow[]> =>
	store.select({
		sql: `SELECT * FROM ${latest(`type = 'policy_clause' AND source = {service:String} AND evidence.kind = 'policy'
			AND startsWith(evidence.id, {prefix:String}) AND length(evidence.id) = length({prefix:String}) + 64`)}`,
		params: { service, prefix: `${service}/${document}/` },
		row
	});

/** Every signal that articles (ids) ever gave, also those that are dead. */
export const signalsOfArticles = (store: Store, articles: readonly string[]): Promise<SignalRow[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: `SELECT * FROM ${latest('article IN {articles:Array(UInt64)}')}`,
			params: { articles: part.map(BigInt) },
			row
		})
	);

/** Two columns as one number by which rows are ordered; of the first, an instant, first. */
const ordered = (instant: string, then: string) =>
	`bitShiftLeft(toUInt128(toUnixTimestamp64Milli(${instant})), 64) + ${then}`;
/** Live ones of {@link latest} where all are meant: only what has several rows is sorted. A row that was written twice may come twice. */
const living = (asOf: string | undefined) => `(
	SELECT * EXCEPT copyOf, article, copyOf AS stored FROM signals WHERE ${knownBy(asOf)} AND live AND (id, recorded, position) NOT IN (
		SELECT id, recorded, position FROM (
			SELECT id, recorded, position, rank() OVER (PARTITION BY id ORDER BY recorded DESC, position DESC) AS place FROM signals
			WHERE ${knownBy(asOf)} AND id IN (SELECT id FROM signals WHERE ${knownBy(asOf)} GROUP BY id HAVING count() > 1)
		) WHERE place > 1))`;

/** Which signals are meant; what is left out leaves all. */
export interface SignalFilter {
	/** Watchlist id. */
	organisation?: string;
	/** Watchlist ids in the order of the alphabet; the second is empty for what is told of one alone. */
	pairs?: readonly (readonly [string, string])[];
	types?: readonly SignalType[];
	/** Of the evidence: `news` or `policy`. */
	kind?: string;
	reliability?: readonly SignalRow['reliability'][];
	/** Least probability. */
	least?: number;
	sources?: readonly string[];
	/** Ids: only these, or all but these. */
	among?: readonly string[];
	without?: readonly string[];
	/** Of `at`; RFC 3339, both included. */
	from?: string;
	to?: string;
	asOf?: string;
}
export interface SignalQuery extends SignalFilter {
	/** Those that repeat another are left out. */
	own?: boolean;
	limit: number;
	/** The last signal of the page before. */
	before?: { at: string; id: string };
}

const told = z.object({
	...row.shape,
	/** Articles that say it: its own and those that repeat it. */
	articles: whole
});
/** A signal as it is read: its `copyOf` is the signal that counts for both. */
export type ToldSignal = z.output<typeof told>;

const time = (name: string) => `parseDateTime64BestEffort({${name}:String}, 3, 'UTC')`;

/** What is the same in a signal and in those that repeat it. */
const shared = ({ organisation, pairs, types, kind, asOf }: SignalFilter): string =>
	[
		knownBy(asOf),
		organisation !== undefined && '(a = {organisation:String} OR b = {organisation:String})',
		// The first condition is for the key, which the second does not reach.
		pairs &&
			'a IN {as:Array(String)} AND has(arrayZip({as:Array(String)}, {bs:Array(String)}), (a::String, b::String))',
		types && 'type IN {types:Array(String)}',
		kind !== undefined && 'evidence.kind = {kind:String}'
	]
		.filter(Boolean)
		.join(' AND ');

/** What one of them may have and another not. */
const own = ({ reliability, least, sources, among, without, from, to }: SignalFilter): string =>
	[
		'true',
		reliability && 'reliability IN {reliability:Array(String)}',
		least !== undefined && 'probability >= {least:Float64}',
		sources && 'source IN {sources:Array(String)}',
		among && oneOf('id', idParts('among', among)),
		...idParts('without', without).map(([name]) => `id NOT IN {${name}:Array(UInt128)}`),
		from !== undefined && `at >= ${time('from')}`,
		to !== undefined && `at <= ${time('to')}`
	]
		.filter(Boolean)
		.join(' AND '); // prettier-ignore

/** A parameter may have 128 KB, an id of 128 bits has 39 digits. */
export const idParts = (
	name: string,
	ids: readonly string[] = []
): [name: string, ids: readonly bigint[]][] =>
	Array.from({ length: Math.ceil(ids.length / 3000) }, (_, i) => [
		`${name}${i}`,
		ids.slice(i * 3000, (i + 1) * 3000).map(BigInt)
	]);
const oneOf = (column: string, parts: ReturnType<typeof idParts>, type: 'UInt64' | 'UInt128' = 'UInt128') =>
	`(${['false', ...parts.map(([name]) => `${column} IN {${name}:Array(${type})}`)].join(' OR ')})`;

const paramsOf = ({ pairs, among, without, ...rest }: SignalFilter): Params => ({
	...rest,
	...(pairs && { as: pairs.map(([a]) => a), bs: pairs.map(([, b]) => b) }),
	...Object.fromEntries([...idParts('among', among), ...idParts('without', without)])
});

/** Articles that repeat another's text, by what the stories of the time say; `among`: which rows are looked at. */
const copies = (asOf: string | undefined, among = 'true') => `(
	SELECT id, argMax(copyOf, ${ordered('recorded', 'bitNot(content)')}) AS copyOf FROM stories WHERE ${knownBy(asOf)} AND ${among}
	GROUP BY id HAVING copyOf != 0)`;

/**
 * Signals with the text they stand in: `root` is the article, or the one that it repeats; a signal of a policy stands alone. Of all that
 * say the same of the same organisations in one text one counts, and the others repeat it: the one of the least `rank`. That is the
 * original's before a copy's, then the earliest, of equals the most probable (by 2⁻¹⁹), then the first in its article.
 */
const rooted = (said: string, copies: string) => `(
	SELECT said.*, if(article = 0, id, toUInt128(if(copies.copyOf = 0, article, copies.copyOf))) AS root,
		bitShiftLeft(toInt128((article != root) * ${2n ** 62n} + toUnixTimestamp64Milli(at) * ${2 ** 19} + toUInt32((1 - probability) * ${2 ** 19 - 1})), 64)
			+ (field = 'text') * ${2n ** 63n} + toUInt64(start) * ${2 ** 31} + id % ${2 ** 31} AS rank
	FROM ${said} AS said LEFT JOIN ${copies} AS copies ON copies.id = said.article)`;

/** The same of live ones, with `copyOf` and `articles`. */
const resolved = (where: string, copies: string) => `(
	SELECT ${COLUMNS.replace('copyOf', 'if(article = 0, stored, if(head = id, 0, head)) AS copyOf')}, article, articles FROM (
		SELECT *, first_value(id) OVER (PARTITION BY root, type, a, b ORDER BY rank) AS head,
			uniqExact(article) OVER (PARTITION BY root, type, a, b) AS articles
		FROM ${rooted(`(SELECT * EXCEPT copyOf, copyOf AS stored FROM ${latest(where)} WHERE live)`, copies)}
	))`;

const article = z.object({ id });
const looking = z.object({ id, article: id });

/** Articles that have a text in common with one of `articles`, which are among them. */
async function related(
	store: Store,
	articles: readonly string[],
	asOf: string | undefined,
	signal: AbortSignal | undefined
): Promise<string[]> {
	const given = idParts('given', articles);
	const found = await store.select({
		sql: `WITH roots AS (
				SELECT if(copies.copyOf = 0, given.id, copies.copyOf) AS id
				FROM (SELECT arrayJoin(arrayConcat(${['[]::Array(UInt64)', ...given.map(([name]) => `{${name}:Array(UInt64)}`)].join(', ')})) AS id) AS given
				LEFT JOIN ${copies(asOf, oneOf('id', given, 'UInt64'))} AS copies USING id
			)
			SELECT id FROM roots
			UNION DISTINCT SELECT id FROM ${copies(asOf, 'id IN (SELECT id FROM stories WHERE copyOf IN roots)')} WHERE copyOf IN roots`,
		params: { ...Object.fromEntries(given), ...(asOf !== undefined && { asOf }) },
		row: article,
		...(signal && { signal })
	});
	return [...new Set([...articles, ...found.map(({ id }) => id)])];
}

/** Live ones, newest first. */
export async function signals(
	store: Store,
	{ before, limit, own: alone = false, ...filter }: SignalQuery,
	signal?: AbortSignal
): Promise<ToldSignal[]> {
	const page = before ? `(at, id) < (${time('beforeAt')}, {beforeId:UInt128})` : 'true';
	const where = `${shared({ ...filter, asOf: undefined })} AND ${own(filter)} AND ${page}`;
	const params = { ...paramsOf(filter), ...(before && { beforeAt: before.at, beforeId: BigInt(before.id) }) };
	const cut = signal && { signal };
	// What repeats another leaves fewer than were looked at; then more are looked at. What was read again and fell away may leave none: it is
	// sorted out once that is seen.
	const all = `(SELECT * EXCEPT copyOf, article FROM signals WHERE ${knownBy(filter.asOf)} AND live)`;
	for (let [take, from] = [4 * limit, all]; ;) {
		const looked = await store.select({
			sql: `SELECT id, article FROM ${from} WHERE ${where} ORDER BY at DESC, id DESC LIMIT {take:UInt32}`,
			params: { ...params, take },
			row: looking,
			...cut
		});
		if (looked.length === 0) return [];
		const picked = idParts('picked', looked.map(({ id }) => id)); // prettier-ignore
		const others = idParts('others', looked.flatMap(({ id, article }) => (article === '0' ? id : []))); // prettier-ignore
		const news = new Set(looked.flatMap(({ article }) => (article === '0' ? [] : article)));
		const texts = idParts('texts', await related(store, [...news], filter.asOf, signal));
		const rows = await store.select({
			sql: `SELECT ${COLUMNS}, articles FROM ${resolved(
				`${shared(filter)} AND (${oneOf('article', texts, 'UInt64')} OR ${oneOf('id', others)})`,
				copies(filter.asOf, oneOf('id', texts, 'UInt64'))
			)}
				WHERE ${oneOf('id', picked)} AND ${own(filter)} ${alone ? 'AND copyOf = 0' : ''}
				ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
			params: { ...params, ...Object.fromEntries([...picked, ...others, ...texts]), limit },
			row: told,
			...cut
		});
		if (rows.length === limit || looked.length < take) return rows;
		if (from === all) from = living(filter.asOf);
		else take *= 8;
	}
}

/** Every live signal of the given articles (decimal ids), in order of appearance: title first. */
export const signalsOf = (
	store: Store,
	articles: readonly string[],
	{ asOf }: { asOf?: string } = {},
	signal?: AbortSignal
): Promise<ToldSignal[]> =>
	inParts(articles, async (part) => {
		const texts = idParts('texts', await related(store, part, asOf, signal));
		return store.select({
			sql: `SELECT ${COLUMNS}, articles FROM ${resolved(
				`${knownBy(asOf)} AND ${oneOf('article', texts, 'UInt64')}`,
				copies(asOf, oneOf('id', texts, 'UInt64'))
			)}
				WHERE article IN {articles:Array(UInt64)}
				ORDER BY evidence.id, field = 'text', start, probability DESC, id`,
			params: {
				...Object.fromEntries(texts),
				articles: part.map(BigInt),
				...(asOf !== undefined && { asOf })
			},
			row: told,
			...(signal && { signal })
		});
	});

/** Every live signal of the given evidence, as it was stored. */
export const signalsAt = (
	store: Store,
	evidence: readonly SignalRow['evidence'][],
	signal?: AbortSignal
): Promise<SignalRow[]> =>
	inParts(evidence, (part) => {
		const news = part.filter(({ kind }) => kind === 'news');
		const others = part.filter(({ kind }) => kind !== 'news');
		return store.select({
			// What is no news has no article: most signals fall out by a number.
			sql: `SELECT * FROM ${latest('(article IN {articles:Array(UInt64)} OR article = 0 AND evidence.id IN {others:Array(String)})')} WHERE live`,
			params: { articles: news.map(({ id }) => BigInt(id)), others: others.map(({ id }) => id) },
			row,
			...(signal && { signal })
		});
	});

const tally = z.object({
	by: z.enum(['pair', 'type', 'source', 'all']),
	/** Of a pair its ids with a space between them, of one organisation its id; empty for all. */
	key: z.string(),
	all: whole,
	found: whole,
	counting: whole,
	fresh: whole,
	last: instant,
	keys: whole
});
/**
 * How many signals there are that repeat no other: from the least probability on, whatever else the filter says; within the filter; of
 * these the ones that count (probability of at least .5, not in `wrong`), of these the ones since `since`; and when the last one within
 * the filter could be known. `keys`: how many pairs, types or sources have one within the filter.
 */
export type Tally = z.output<typeof tally>;

/** What a pair is known by: of a column with few values each is hashed once. */
const PAIR = 'cityHash64(a) * 31 + cityHash64(b)';
const TALLIED = [
	{ by: 'pair', columns: 'a, b', code: PAIR, key: "trimRight(concat(a, ' ', b))" },
	{ by: 'type', columns: 'type', code: 'cityHash64(type)', key: 'type' },
	{ by: 'source', columns: 'source', code: 'cityHash64(source)', key: 'source' }
];

/**
 * One for all, one for each pair, type and source, of these no more than `limit` each; those with the most that count first. What says the
 * same is known by one number, and so are pairs, types and sources until they are counted.
 */
export const tallies = (
	store: Store,
	{
		since,
		wrong,
		limit,
		...filter
	}: SignalFilter & { since?: string | undefined; wrong: readonly string[]; limit?: number },
	signal?: AbortSignal
): Promise<Tally[]> =>
	store.select({
		sql: `SELECT by, key, all, found, counting, fresh, last, countIf(found > 0) OVER (PARTITION BY by) AS keys
			FROM (
				SELECT multiIf(grouping(pair) = 0, 'pair', grouping(kind) = 0, 'type', grouping(publisher) = 0, 'source', 'all') AS by,
					pair + kind + publisher AS code, countIf(likely) AS all, countIf(within) AS found, countIf(within AND counts) AS counting,
					countIf(within AND counts AND ${since === undefined ? 'false' : `at > ${time('since')}`}) AS fresh, maxIf(at, within) AS last
				FROM (
					SELECT any(${PAIR}) AS pair, any(cityHash64(type)) AS kind, argMin(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(told.at) * 8
							+ told.within * 4 + told.likely * 2 + told.counts), 64) + cityHash64(source), rank) AS first,
						toUInt64(first) AS publisher, toInt64(bitShiftRight(first, 64)) AS rest, fromUnixTimestamp64Milli(bitShiftRight(rest, 3), 'UTC') AS at,
						bitTest(rest, 2) AS within, bitTest(rest, 1) AS likely, bitTest(rest, 0) AS counts
					FROM (
						SELECT *, ${shared({ ...filter, asOf: undefined })} AND ${own(filter)} AS within,
							${own({ ...(filter.least !== undefined && { least: filter.least }) })} AS likely,
							probability >= .5 AND ${own({ without: wrong }).replaceAll('without', 'wrong')} AS counts
						FROM ${rooted(living(filter.asOf), copies(filter.asOf))} WHERE stored = 0
					) AS told
					GROUP BY cityHash64(root, ${PAIR}, cityHash64(type))
				)
				GROUP BY GROUPING SETS ((pair), (kind), (publisher), ())
			) AS counted
			LEFT JOIN (${TALLIED.map(({ by, columns, code, key }) => `SELECT '${by}' AS by, ${code} AS code, ${key} AS key FROM (SELECT DISTINCT ${columns} FROM signals)`).join(' UNION ALL ')}) AS named USING (by, code)
			ORDER BY counting DESC, last DESC, all DESC, key ${limit === undefined ? '' : 'LIMIT {limit:UInt32} BY by'}`,
		params: {
			...paramsOf(filter),
			...(limit !== undefined && { limit }),
			...Object.fromEntries(idParts('wrong', wrong)),
			...(since !== undefined && { since })
		},
		over: ['signals', 'stories'],
		row: tally,
		...(signal && { signal })
	});
