/**
 * Pairs of organisations by the evidence so far: what each kind of observation says of two of them, put together and put in order. It
 * counts; it does not say how likely a partnership is.
 */
import type { Organisation } from '../watchlist/watchlist.ts';

/** What articles say of a pair. */
export interface CoMentions {
	pair: Pair;
	/** Articles that name both, and the different texts among them. */
	articles: number;
	texts: number;
	/** Each text counts 1 on the day it is published and half as much every {@link HALF_LIFE} days later. */
	weight: number;
	/** Of `publishedAt`, RFC 3339. */
	first: string;
	last: string;
	/** Texts by the Monday of the week in which they were first published. */
	weeks: [monday: string, texts: number][];
}
/** A change of one's policy document that touches words which name the other. */
export interface ClauseEvidence {
	pair: Pair;
	/** When it was first read, RFC 3339. */
	at: string;
	/** A pending one may go back to what it was. */
	verdict: 'confirmed' | 'pending';
	service: string;
	document: string;
	/** The party that is named. */
	names: string;
	/** Whether the words came in or changed, or went away. */
	kind: 'in' | 'out';
	direction: 'opens' | 'closes' | 'mentions';
	heading: string;
	/** The clause word for word. */
	text: string;
}
/** One's part in another's traffic, and how it moved. */
export interface ReferralEvidence {
	pair: Pair;
	/** The parties. */
	by: string;
	of: string;
	source: string;
	destination: string;
	metric: string;
	provider: string;
	/** The last period, days; shares are fractions of 1. */
	from: string;
	to: string;
	value: number;
	share: number;
	low: number | null;
	high: number | null;
	/** Against the first period looked at, which began on `since`. */
	change: number;
	since: string;
	/** The share then lies below the range of the share now. */
	rose: boolean;
	points: { from: string; share: number | null }[];
}

/** Party ids in the order of the alphabet. */
export type Pair = readonly [string, string];
export interface PairEvidence<C extends CoMentions = CoMentions> {
	pair: Pair;
	articles: C | null;
	/** Newest first. */
	clauses: ClauseEvidence[];
	/** The largest share first. */
	referrals: ReferralEvidence[];
	/** Kinds of evidence, 0 to 3: articles that name both, a clause that came in, a share that rose. */
	kinds: number;
}

/** Days after which a text counts half as much. */
export const HALF_LIFE = 90;

export const pairOf = (a: string, b: string): Pair => (a < b ? [a, b] : [b, a]);

/** The party of every organisation: the last owner above it. Owners in a circle are one party, the first of them by id. */
export function partiesOf(organisations: readonly Pick<Organisation, 'id' | 'owner'>[]): Map<string, string> {
	const owners = new Map(organisations.map(({ id, owner }) => [id, owner]));
	const partyOf = (id: string): string => {
		const seen: string[] = [];
		for (let at: string | undefined = id; at !== undefined; at = owners.get(at)) {
			const circle = seen.indexOf(at);
			if (circle >= 0) return seen.slice(circle).sort()[0] ?? at;
			seen.push(at);
		}
		return seen.at(-1) ?? id;
	};
	return new Map(organisations.map(({ id }) => [id, partyOf(id)]));
}

/**
 * Every pair that anything is known of: more kinds of evidence first, of equals the one whose texts weigh more (count and recency), then
 * by id.
 */
export function gather<C extends CoMentions>(
	articles: readonly C[],
	clauses: readonly ClauseEvidence[],
	referrals: readonly ReferralEvidence[]
): PairEvidence<C>[] {
	const pairs = new Map<string, PairEvidence<C>>();
	const at = (pair: Pair) => {
		const key = pair.join(' ');
		const known = pairs.get(key) ?? { pair, articles: null, clauses: [], referrals: [], kinds: 0 };
		pairs.set(key, known);
		return known;
	};
	for (const one of articles) at(one.pair).articles = one;
	for (const one of clauses) at(one.pair).clauses.push(one);
	for (const one of referrals) at(one.pair).referrals.push(one);
	for (const evidence of pairs.values()) {
		evidence.clauses.sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0));
		evidence.referrals.sort((a, b) => b.share - a.share);
		evidence.kinds =
			Number(evidence.articles !== null) +
			Number(evidence.clauses.some(({ kind }) => kind === 'in')) +
			Number(evidence.referrals.some(({ rose }) => rose));
	}
	const weight = ({ articles }: PairEvidence<C>) => articles?.weight ?? 0;
	return [...pairs.values()].sort(
		(a, b) => b.kinds - a.kinds || weight(b) - weight(a) || (a.pair.join(' ') < b.pair.join(' ') ? -1 : 1)
	);
}
