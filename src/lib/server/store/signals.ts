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
	`(SELECT ${COLUMNS} FROM signals WHERE ${where} ORDER BY a, b, id, recorded DESC, position DESC LIMIT 1 BY a, b, id)`;

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
			sql: `SELECT * FROM ${latest(`evidence.kind = 'news' AND evidence.id IN {articles:Array(String)}`)}`,
			params: { articles: part },
			row
		})
	);

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
		among && `(${['false', ...idParts('among', among).map(([name]) => `id IN {${name}:Array(UInt128)}`)].join(' OR ')})`,
		...idParts('without', without).map(([name]) => `id NOT IN {${name}:Array(UInt128)}`),
		from !== undefined && `at >= ${time('from')}`,
		to !== undefined && `at <= ${time('to')}`
	]
		.filter(Boolean)
		.join(' AND '); // prettier-ignore

/** A parameter may have 128 KB, an id of 128 bits has 39 digits. */
export const idParts = (name: string, ids: readonly string[] = []): [name: string, ids: readonly bigint[]][] =>
	Array.from({ length: Math.ceil(ids.length / 3000) }, (_, i) => [
		`${name}${i}`,
		ids.slice(i * 3000, (i + 1) * 3000).map(BigInt)
	]);

const paramsOf = ({ pairs, among, without, ...rest }: SignalFilter): Params => ({
	...rest,
	...(pairs && { as: pairs.map(([a]) => a), bs: pairs.map(([, b]) => b) }),
	...Object.fromEntries([...idParts('among', among), ...idParts('without', without)])
});

/** Articles that repeat another's text, by what the stories of the time say. */
const copies = (asOf: string | undefined) => `(
	SELECT id, copyOf FROM (
		SELECT id, copyOf FROM stories FINAL WHERE ${knownBy(asOf)} ORDER BY recorded DESC, content LIMIT 1 BY id
	) WHERE copyOf != 0)`;
const ARTICLE = "if(evidence.kind = 'news', toUInt64OrZero(evidence.id), 0)";

/**
 * Live signals with the text they stand in: `root` is the article, or the one that it repeats; a signal of a policy stands alone. Of all
 * that say the same of the same organisations in one text one counts, and the others repeat it: by {@link ORDER} the original's before a
 * copy's, then the earliest article's, there the most probable one, of equals the first.
 */
const rooted = (where: string, asOf: string | undefined) => `(
	SELECT said.*, ${ARTICLE} AS article, if(article = 0, id, toUInt128(if(copies.copyOf = 0, article, copies.copyOf))) AS root
	FROM (SELECT * EXCEPT copyOf, copyOf AS stored FROM ${latest(where)} WHERE live) AS said
	LEFT JOIN ${copies(asOf)} AS copies ON copies.id = ${ARTICLE.replaceAll('evidence', 'said.evidence')})`;
const ORDER = "article != root, at, article, probability DESC, field = 'text', start, id";

/** The same with `copyOf` and `articles`. */
const resolved = (where: string, asOf: string | undefined) => `(
	SELECT ${COLUMNS.replace('copyOf', 'if(article = 0, stored, if(head = id, 0, head)) AS copyOf')}, articles FROM (
		SELECT *, first_value(id) OVER (PARTITION BY root, type, a, b ORDER BY ${ORDER}) AS head,
			toUInt64(length(groupUniqArray(article) OVER (PARTITION BY root, type, a, b))) AS articles
		FROM ${rooted(where, asOf)}
	))`;

/** Articles that have a text in common with one of `articles`. */
const related = (articles: string, asOf: string | undefined) => `(
	WITH roots AS (
		SELECT if(copies.copyOf = 0, one.article, copies.copyOf) AS root
		FROM (SELECT DISTINCT article FROM (${articles})) AS one LEFT JOIN ${copies(asOf)} AS copies ON copies.id = one.article
	)
	SELECT root FROM roots UNION ALL SELECT id FROM ${copies(asOf)} WHERE copyOf IN roots)`;

/** Live ones, newest first. */
export async function signals(
	store: Store,
	{ before, limit, own: alone = false, ...filter }: SignalQuery,
	signal?: AbortSignal
): Promise<ToldSignal[]> {
	const page = before ? `(at, id) < (${time('beforeAt')}, {beforeId:UInt128})` : 'true';
	const where = `${shared(filter)} AND ${own(filter)} AND ${page}`;
	const params = { ...paramsOf(filter), ...(before && { beforeAt: before.at, beforeId: BigInt(before.id) }) };
	const cut = signal && { signal };
	// What was found anew and what repeats another leave fewer than were looked at; then more are looked at.
	for (let take = 4 * limit; ; take *= 8) {
		const [look] = await store.select({
			sql: `SELECT count() AS found, min(at) AS since FROM (SELECT at FROM signals WHERE ${where} ORDER BY at DESC LIMIT {take:UInt32})`,
			params: { ...params, take },
			row: z.object({ found: whole, since: instant }),
			...cut
		});
		const { found, since } = look ?? { found: 0, since: '' };
		if (found === 0) return [];
		const picked = `SELECT id, ${ARTICLE} AS article FROM signals WHERE ${where} AND at >= ${time('since')}`;
		const rows = await store.select({
			sql: `WITH picked AS (${picked})
				SELECT * FROM ${resolved(
					`${shared(filter)} AND (id IN (SELECT id FROM picked) OR (evidence.kind = 'news' AND ${ARTICLE} IN ${related('SELECT article FROM picked', filter.asOf)}))`,
					filter.asOf
				)}
				WHERE id IN (SELECT id FROM picked) AND ${own(filter)} ${alone ? 'AND copyOf = 0' : ''}
				ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
			params: { ...params, since, limit },
			row: told,
			...cut
		});
		if (rows.length === limit || found < take) return rows;
	}
}

/** Every live signal of the given articles (decimal ids), in order of appearance: title first. */
export const signalsOf = (
	store: Store,
	articles: readonly string[],
	{ asOf }: { asOf?: string } = {},
	signal?: AbortSignal
): Promise<ToldSignal[]> =>
	inParts(articles, (part) =>
		store.select({
			sql: `SELECT * FROM ${resolved(
				`${knownBy(asOf)} AND evidence.kind = 'news' AND ${ARTICLE} IN ${related('SELECT arrayJoin({articles:Array(UInt64)}) AS article', asOf)}`,
				asOf
			)}
				WHERE ${ARTICLE} IN {articles:Array(UInt64)}
				ORDER BY evidence.id, field = 'text', start, probability DESC, id`,
			params: { articles: part.map(BigInt), ...(asOf !== undefined && { asOf }) },
			row: told,
			...(signal && { signal })
		})
	);

/** Every live signal of the given evidence (ids as in `evidence.id`), as it was stored. */
export const signalsAt = (
	store: Store,
	evidence: readonly string[],
	signal?: AbortSignal
): Promise<SignalRow[]> =>
	inParts(evidence, (part) =>
		store.select({
			sql: `SELECT * FROM ${latest('evidence.id IN {evidence:Array(String)}')} WHERE live`,
			params: { evidence: part },
			row,
			...(signal && { signal })
		})
	);

const tally = z
	.object({
		by: z.enum(['pair', 'type', 'source', 'all']),
		a: z.string(),
		b: z.string(),
		type: z.string(),
		source: z.string(),
		all: whole,
		found: whole,
		counting: whole,
		fresh: whole,
		last: instant
	})
	.transform(({ by, a, b, type, source, ...counts }) => ({
		by,
		/** Of a pair its ids with a space between them, of one organisation its id; empty for all. */
		key: by === 'pair' ? `${a} ${b}`.trim() : by === 'type' ? type : by === 'source' ? source : '',
		...counts
	}));
/**
 * How many signals there are that repeat no other: from the least probability on, whatever else the filter says; within the filter; of
 * these the ones that count (probability of at least .5, not in `wrong`), of these the ones since `since`; and when the last one within
 * the filter could be known.
 */
export type Tally = z.output<typeof tally>;

/** One for all, one for each pair, type and source; those with the most that count first. What says the same is sorted by one number. */
export const tallies = (
	store: Store,
	{ since, wrong, ...filter }: SignalFilter & { since?: string | undefined; wrong: readonly string[] },
	signal?: AbortSignal
): Promise<Tally[]> =>
	store.select({
		sql: `SELECT multiIf(grouping(a) = 0, 'pair', grouping(type) = 0, 'type', grouping(source) = 0, 'source', 'all') AS by,
				a, b, type, source, countIf(likely) AS all, countIf(within) AS found, countIf(within AND counts) AS counting,
				countIf(within AND counts AND ${since === undefined ? 'false' : `at > ${time('since')}`}) AS fresh, maxIf(at, within) AS last
			FROM (
				SELECT a, b, type, source, at, cityHash64(root, type, a, b) AS said, ${shared({ ...filter, asOf: undefined })} AND ${own(filter)} AS within,
					${own({ ...(filter.least !== undefined && { least: filter.least }) })} AS likely,
					probability >= .5 AND ${own({ without: wrong }).replaceAll('without', 'wrong')} AS counts
				FROM ${rooted(knownBy(filter.asOf), filter.asOf)} WHERE stored = 0
				ORDER BY said, ${ORDER} LIMIT 1 BY said
			)
			GROUP BY GROUPING SETS ((a, b), (type), (source), ())
			ORDER BY counting DESC, last DESC, a, b, type, source`,
		params: {
			...paramsOf(filter),
			...Object.fromEntries(idParts('wrong', wrong)),
			...(since !== undefined && { since })
		},
		row: tally,
		...(signal && { signal })
	});
