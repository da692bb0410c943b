/** Signals: typed, dated, sourced observations about one or two organisations. Derived. */
import { z } from 'zod';
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { insertDerived, type Into } from './derived.ts';
import { id, inParts, instant, knownBy, whole } from './rows.ts';
import type { Store } from './store.ts';

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
	reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']),
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
/** What counts of each signal: the row recorded last, dead or alive. */
const latest = (where: string) =>
	`(SELECT ${COLUMNS} FROM signals WHERE ${where} ORDER BY recorded DESC, position DESC LIMIT 1 BY id)`;

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

export interface SignalQuery {
	/** Watchlist id. */
	organisation?: string;
	type?: SignalType;
	/** Of `at`; RFC 3339, both included. */
	from?: string;
	to?: string;
	asOf?: string;
	limit: number;
	/** The last signal of the page before. */
	before?: { at: string; id: string };
}

/** Live ones, newest first. */
export const signals = (
	store: Store,
	{ before, ...query }: SignalQuery,
	signal?: AbortSignal
): Promise<SignalRow[]> => {
	const at = (name: string) => `parseDateTime64BestEffort({${name}:String}, 3, 'UTC')`;
	const of = [
		knownBy(query.asOf),
		query.organisation === undefined ? 'true' : '(a = {organisation:String} OR b = {organisation:String})',
		query.type === undefined ? 'true' : 'type = {type:String}'
	];
	const within = [
		'live',
		query.from === undefined ? 'true' : `at >= ${at('from')}`,
		query.to === undefined ? 'true' : `at <= ${at('to')}`,
		before ? `(at, id) < (${at('beforeAt')}, {beforeId:UInt128})` : 'true'
	];
	return store.select({
		sql: `SELECT * FROM ${latest(of.join(' AND '))} WHERE ${within.join(' AND ')}
			ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
		params: { ...query, ...(before && { beforeAt: before.at, beforeId: BigInt(before.id) }) },
		row,
		...(signal && { signal })
	});
};
