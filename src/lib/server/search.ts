/** Search over organisations, the clauses of policies as they stand, and articles. */
import { clausesOf } from '#lib/domain/policies/clauses.ts';
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';
import { articles, type ArticleItem } from './store/news.ts';
import { countArticles, standingTexts } from './store/search.ts';
import type { Store } from './store/store.ts';

export interface FoundOrganisation {
	id: string;
	name: string;
	stance: Organisation['stance'];
	/** The names, domains or people that have the words, where the name itself has not. */
	by: string[];
}
export interface FoundClause {
	service: string;
	document: string;
	heading: string;
	/** Of a long clause the part around the first hit. */
	text: string;
}
export interface Found {
	organisations: FoundOrganisation[];
	/** The first ones, and how many there are in the texts looked at. */
	clauses: FoundClause[];
	clauseCount: number;
	articles: ArticleItem[];
	articleCount: number;
}

const TEXTS = 200;
const CLAUSES = 12;
const ARTICLES = 12;
/** Characters of a clause that are shown, and of those how many before the first hit. */
const SHOWN = 280;
const BEFORE = 90;

/** The words of a query, folded, each once. */
export const wordsOf = (query: string): string[] => [
	...new Set(query.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean))
];

/** Everything that has all words of `query`, in any order and case, as known by `asOf`. Rejects as {@link Store.select} does. */
export async function search(
	store: Store,
	organisations: readonly Organisation[],
	{ query, asOf }: { query: string; asOf?: string },
	signal?: AbortSignal
): Promise<Found> {
	const words = wordsOf(query);
	if (words.length === 0)
		return { organisations: [], clauses: [], clauseCount: 0, articles: [], articleCount: 0 };
	const asked = { words: words.join(' '), ...(asOf !== undefined && { asOf }) };
	const [texts, found, articleCount] = await Promise.all([
		standingTexts(store, { ...asked, limit: TEXTS }, signal),
		articles(store, { ...asked, limit: ARTICLES }, signal),
		countArticles(store, asked, signal)
	]);
	const clauses = texts.flatMap(({ service, document, text }) =>
		clausesOf(text)
			.filter((clause) => has(`${clause.heading} ${clause.text}`, words) && hasAny(clause.text, words))
			.map((clause) => ({ service, document, heading: clause.heading, text: around(clause.text, words) }))
	);
	return {
		organisations: named(organisations, words),
		clauses: clauses.slice(0, CLAUSES),
		clauseCount: clauses.length,
		articles: found,
		articleCount
	};
}

const has = (text: string, words: readonly string[]) => {
	const folded = text.toLowerCase();
	return words.every((word) => folded.includes(word));
};
const hasAny = (text: string, words: readonly string[]) => words.some((word) => has(text, [word]));

/** Those of whom one name has all words first, then those of whom the names together have them. */
function named(organisations: readonly Organisation[], words: readonly string[]): FoundOrganisation[] {
	const found = organisations.flatMap(({ id, name, stance, aliases, domains, people }) => {
		const names = [name, ...aliases, ...domains, ...people.flatMap((one) => [one.name, ...one.aliases])];
		if (!has(names.join(' '), words)) return [];
		const by = has(name, words) ? [] : names.filter((one) => one !== name && hasAny(one, words)).slice(0, 3);
		const rank = name.toLowerCase() === words.join(' ') ? 0 : by.length === 0 ? 1 : 2;
		return [{ rank, organisation: { id, name, stance, by } }];
	});
	return found.sort((a, b) => a.rank - b.rank).map(({ organisation }) => organisation);
}

/** The part of a text around its first hit, cut at spaces where there are any near. */
export function around(text: string, words: readonly string[]): string {
	if (text.length <= SHOWN) return text;
	const folded = text.toLowerCase();
	const hits = words.map((word) => folded.indexOf(word)).filter((at) => at >= 0);
	const first = Math.min(text.length, ...hits);
	const from = Math.max(0, Math.min(first - BEFORE, text.length - SHOWN));
	const start = from === 0 ? 0 : from + Math.max(0, text.slice(from, from + 20).indexOf(' ') + 1);
	const end = Math.min(text.length, start + SHOWN);
	return `${start > 0 ? '… ' : ''}${text.slice(start, end).toWellFormed()}${end < text.length ? ' …' : ''}`;
}
