/**
 * Names that nobody watches, found by their form where the news puts them beside somebody who is watched: "Harbor signs a deal with Xyz",
 * "与某某科技达成合作". Precise rather than many: a name has to stand at the other end of what is said, not merely in the same sentence.
 *
 * English has names in capitals, but so does every word of a headline in title case. Hence articles are counted before they are read: a
 * word that the same news also writes small is no name.
 */
import { familyOf } from '../news/origin.ts';
import { sentences, type Span } from '../news/sentences.ts';
import { fold } from './automaton.ts';
import { compile, type Matcher } from './matcher.ts';
import type { PreviewArticle, Sample } from './preview.ts';
import { chineseNames } from './unwatched-chinese.ts';
import { englishNames, WATCHED, WordCase } from './unwatched-english.ts';
import type { Organisation } from './watchlist.ts';

export interface Unwatched {
	/** As it is written most lately. */
	name: string;
	articles: number;
	/** Families of publishers; a sentence that several print word for word is the first one's. */
	publishers: number;
	/** Ids of the watched organisations that it stands beside, the most frequent first. */
	beside: string[];
	/** The newest sentence. */
	sample: Sample;
}

/** Version of these rules: with a new one everything is looked at again. */
export const RULES = '2';
/** UTF-16 units of a text that are read: what is said of two stands at its beginning. */
export const READ = 4_000;
/** A sentence that names more is a list. */
const MOST_WATCHED = 4;
/** Longest piece of a sentence that is shown, UTF-16 units. */
const PIECE = 240;
const HAN = /\p{sc=Han}/u;

interface Found {
	name: string;
	articles: Set<string>;
	/** Sentence -> who printed it first. */
	printed: Map<string, { publisher: string; at: string }>;
	beside: Map<string, number>;
	sample: Sample;
}

/** Reads articles for names: each is to be counted before the first one is read. */
export class UnwatchedNames {
	readonly #words = new WordCase();
	readonly #found = new Map<string, Found>();
	readonly #matcher: Matcher;
	/** Finds every spelling, whatever it counts as. */
	readonly #known: Matcher;

	constructor(organisations: readonly Organisation[]) {
		this.#matcher = compile({ organisations: [...organisations] });
		this.#known = compile({
			organisations: organisations.map((one) => ({
				...one,
				aliases: spellings(one),
				ambiguous: [],
				decoys: [],
				people: []
			}))
		});
	}

	count({ title, text }: Pick<PreviewArticle, 'title' | 'text'>): void {
		for (const field of [title, text.slice(0, READ)])
			for (const { start, end } of sentences(field)) {
				this.#words.count(field.slice(start, end));
				this.#words.meet(field.slice(start, end));
			}
	}

	read(article: PreviewArticle): void {
		const fields = { title: article.title, text: article.text.slice(0, READ) };
		const mentions = this.#matcher.mentionsIn(fields);
		if (mentions.length === 0) return;
		for (const field of ['title', 'text'] as const) {
			const here = mentions.filter((mention) => mention.field === field);
			if (here.length === 0) continue;
			const text = fields[field];
			for (const span of sentences(text)) {
				const inside = here.filter(({ start, end }) => start >= span.start && end <= span.end);
				const watched = new Set(inside.map(({ organisation }) => organisation));
				if (watched.size === 0 || watched.size > MOST_WATCHED) continue;
				for (const name of this.#namesIn(text, span, inside)) this.#note(article, text, span, name, watched);
			}
		}
	} // prettier-ignore

	/** Those in most independent hands first; Boyu, where the news has Boyu Capital too, is that one. */
	names(): Unwatched[] {
		const all = [...this.#found.keys()];
		return [...this.#found]
			.filter(([short]) => !all.some((name) => name.startsWith(`${short} `)))
			.map(([, found]) => found)
			.map(({ name, articles, printed, beside, sample }) => ({
				name,
				articles: articles.size,
				publishers: new Set([...printed.values()].map(({ publisher }) => familyOf(publisher))).size,
				beside: [...beside].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([id]) => id),
				sample
			}))
			.sort((a, b) => b.publishers - a.publishers || b.articles - a.articles || (a.sample.publishedAt > b.sample.publishedAt ? -1 : 1));
	} // prettier-ignore

	#namesIn(text: string, { start, end }: Span, inside: readonly Span[]): Span[] {
		let masked = text.slice(start, end);
		for (const mention of inside)
			masked = masked.slice(0, mention.start - start) + WATCHED.repeat(mention.end - mention.start) + masked.slice(mention.end - start); // prettier-ignore
		const names = HAN.test(masked) ? chineseNames(masked) : englishNames(masked, this.#words);
		return names.map((name) => ({ start: start + name.start, end: start + name.end })).filter((name) => this.#known.mentions(text.slice(name.start, name.end)).length === 0); // prettier-ignore
	}

	#note(article: PreviewArticle, text: string, span: Span, { start, end }: Span, watched: ReadonlySet<string>): void {
		const name = text.slice(start, end);
		const { id, publisher, publishedAt } = article;
		const key = fold(name);
		const from = Math.max(span.start, Math.min(start - PIECE / 2, span.end - PIECE));
		const piece = text.slice(from, Math.min(span.end, from + PIECE)).toWellFormed();
		const sample = { article: id, publisher, publishedAt, text: piece, start: start - from, end: end - from };
		const found = this.#found.get(key) ?? { name, articles: new Set(), printed: new Map(), beside: new Map(), sample };
		this.#found.set(key, found);
		found.articles.add(id);
		const sentence = fold(text.slice(span.start, span.end));
		const first = found.printed.get(sentence);
		if (!first || publishedAt < first.at) found.printed.set(sentence, { publisher, at: publishedAt });
		for (const organisation of watched) found.beside.set(organisation, (found.beside.get(organisation) ?? 0) + 1);
		if (publishedAt >= found.sample.publishedAt) Object.assign(found, { name, sample });
	} // prettier-ignore
}

const spellings = ({ name, aliases, ambiguous, decoys, people }: Organisation): string[] => [
	name, ...aliases, ...ambiguous, ...decoys, ...people.flatMap((person) => [person.name, ...person.aliases])
]; // prettier-ignore
