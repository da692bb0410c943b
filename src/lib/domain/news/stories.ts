/**
 * Stories as a stream: each article joins the story of recent ones or opens its own. Two articles are as alike as the cosine of their
 * tf-idf terms, which fades with the time between them; organisations of the watchlist are terms in every language. Copies go with their
 * original. Memory is that of a sliding window.
 */
import type { Matcher } from '../watchlist/matcher.ts';
import { Copies } from './copies.ts';
import { Frequencies } from './frequencies.ts';
import { languageOf } from './language.ts';
import { namedSources, publisherKey } from './origin.ts';
import { print, type Print } from './shingles.ts';
import { amounts, lead, termsOf } from './terms.ts';

const HOUR = 3_600_000;
/** A story ends where nobody has reported anything of their own for this long, and a copy comes within it. Milliseconds. */
export const WINDOW = 72 * HOUR;

/** Likeness from which an article joins a story: fitted, with the constants below, on labelled headlines; flat around the best. */
const JOIN = 0.23;
/** Likeness falls to 1/e over this time. */
const FADE = 48 * HOUR;
/** Of a story's likeness this part is the mean over the articles that share a term, the rest that of the most alike. */
const MEAN = 0.5;
/** What an organisation or an amount weighs beside a word as rare. */
const NAMED = 1.5;
/** Factors of likeness where both have amounts: with one in common, and with none (the same kind of news about somebody else). */
const SAME_AMOUNT = 1.25;
const OTHER_AMOUNT = 0.6;
const DAY = 24 * HOUR;
/** Articles looked at for a term, the newest: a term of more tells little. */
const HOLDERS = 200;
/** A term of a smaller part of the unit vector is not looked up. */
const LIGHT = 0.08;

export interface Article<I = string> {
	id: I;
	title: string;
	text: string;
	publisher: string;
	/** Milliseconds since the epoch. */
	publishedAt: number;
}

export interface Placed<I = string> {
	/** The id of the article that opened the story. */
	story: I;
	/** The article whose text this one repeats, or null. */
	copyOf: I | null;
	/** Whether it opened the story. */
	first: boolean;
	/** Sources of the story that rest on no other, as of this article. */
	independentSources: number;
}

interface Story<I> {
	id: I;
	/** Keys of the sources that its originals rest on. */
	roots: Set<string>;
}

interface Features {
	at: number;
	language: string;
	organisations: readonly string[];
	amounts: readonly string[];
	/** Unit vector: weight by term. */
	terms: ReadonlyMap<string, number>;
}

/** An original of the window, in its story. */
interface Kept<I> extends Features {
	id: I;
	story: Story<I>;
	/** When its last copy came, or it itself. Milliseconds. */
	lastAt: number;
	/** Product with the terms of the article that is being placed; 0 between articles. */
	dot: number;
}
interface Holder<I> {
	kept: Kept<I>;
	weight: number;
}

/** Places articles as they come. `matcher`: the watchlist's names. Deterministic: the same articles in the same order give the same. */
export class Stories<I = string> {
	readonly #matcher: Matcher;
	readonly #copies = new Copies<Kept<I>>(WINDOW);
	readonly #frequencies = new Frequencies();
	readonly #holders = new Map<string, Holder<I>[]>();
	#queue: Kept<I>[] = [];
	#gone = 0;
	#now = -Infinity;

	constructor(matcher: Matcher) {
		this.#matcher = matcher;
	}

	/** Places the next article; one that comes late counts as published now. */
	add(article: Article<I>): Placed<I> {
		this.#now = Math.max(this.#now, article.publishedAt);
		this.#expire();
		const printed = print(article.text || article.title);
		const original = this.#copies.find(printed);
		if (original) {
			const { story, id } = original;
			original.lastAt = this.#now;
			return { story: story.id, copyOf: id, first: false, independentSources: story.roots.size };
		}
		const features = this.#features(article);
		const joined = this.#nearest(features);
		const story = joined ?? { id: article.id, roots: new Set<string>() };
		story.roots.add(rootOf(article, story.roots));
		this.#keep({ ...features, id: article.id, story, lastAt: this.#now, dot: 0 }, printed);
		return { story: story.id, copyOf: null, first: !joined, independentSources: story.roots.size };
	}

	#features({ title, text }: Article<I>): Features {
		const fields = { title, text: lead(text) };
		const organisations = [
			...new Set(this.#matcher.mentionsIn(fields).map((mention) => mention.organisation))
		];
		const found = termsOf(title, fields.text);
		const figures = [...new Set(amounts(`${title}\n${fields.text}`))];
		for (const organisation of organisations) found.add(`@${organisation}`);
		for (const amount of figures) found.add(amount);
		this.#frequencies.add(found);
		const terms = new Map<string, number>();
		let square = 0;
		for (const term of found) {
			const weight = this.#frequencies.idf(term) * (term.startsWith('@') || term.startsWith('#') ? NAMED : 1);
			terms.set(term, weight);
			square += weight * weight;
		}
		for (const [term, weight] of terms) terms.set(term, weight / Math.sqrt(square));
		return {
			at: this.#now,
			language: languageOf(`${title}\n${fields.text}`),
			organisations,
			amounts: figures,
			terms
		};
	}

	/** The story that the article is most like, or null where it is like none. */
	#nearest(features: Features): Story<I> | null {
		const likeness = new Map<Story<I>, { most: number; sum: number; count: number }>();
		for (const other of this.#sharing(features.terms)) {
			const like = alike(features, other);
			other.dot = 0;
			const known = likeness.get(other.story);
			if (!known) likeness.set(other.story, { most: like, sum: like, count: 1 });
			else {
				known.most = Math.max(known.most, like);
				known.sum += like;
				known.count++;
			}
		}
		let best: { story: Story<I> | null; like: number } = { story: null, like: JOIN };
		for (const [story, { most, sum, count }] of likeness) {
			const like = (1 - MEAN) * most + (MEAN * sum) / count;
			if (like >= best.like) best = { story, like };
		}
		return best.story;
	}

	/** The articles with a term in common, each with its product. */
	#sharing(terms: Features['terms']): Kept<I>[] {
		const found: Kept<I>[] = [];
		for (const [term, weight] of terms) {
			const holders = this.#holders.get(term);
			if (!holders || weight < LIGHT) continue;
			for (let i = Math.max(0, holders.length - HOLDERS); i < holders.length; i++) {
				const holder = holders[i];
				if (!holder) continue;
				if (holder.kept.dot === 0) found.push(holder.kept);
				holder.kept.dot += weight * holder.weight;
			}
		}
		return found;
	}

	#keep(kept: Kept<I>, printed: Print): void {
		this.#copies.add(kept, printed, kept.at);
		this.#queue.push(kept);
		for (const [term, weight] of kept.terms) {
			const holders = this.#holders.get(term);
			if (holders) holders.push({ kept, weight });
			else this.#holders.set(term, [{ kept, weight }]);
		}
	}

	#expire(): void {
		const since = this.#now - WINDOW;
		this.#copies.expire(this.#now);
		let oldest = this.#queue[this.#gone];
		for (; oldest && oldest.at < since; oldest = this.#queue[++this.#gone])
			for (const term of oldest.terms.keys()) {
				const holders = this.#holders.get(term);
				holders?.shift(); // the oldest article is the first holder of each of its terms
				if (holders?.length === 0) this.#holders.delete(term);
			}
		if (this.#gone * 2 > this.#queue.length) {
			this.#queue = this.#queue.slice(this.#gone);
			this.#gone = 0;
		}
	}
}

/** How alike an article is to one of the window, from 0. */
function alike(a: Features, b: Kept<unknown>): number {
	const apart = a.at - b.lastAt;
	const comparable = a.amounts.length > 0 && b.amounts.length > 0;
	const agree = comparable && shared(a.amounts, b.amounts) > 0;
	const like = b.dot * Math.exp(-apart / FADE) * (agree ? SAME_AMOUNT : comparable ? OTHER_AMOUNT : 1);
	if (a.language === b.language || shared(a.organisations, b.organisations) < 2) return like;
	// In two languages few words are the same: the same organisations, and the amount or the day, must do.
	return agree || (!comparable && apart < DAY) ? Math.max(like, JOIN) : like;
}

const shared = (a: readonly string[], b: readonly string[]) => a.filter((value) => b.includes(value)).length;

/** Whose word an article is: of a source that it names, or its publisher's own. */
function rootOf({ title, text, publisher }: Article<unknown>, roots: ReadonlySet<string>): string {
	const own = publisherKey(publisher);
	const named = namedSources(title, text, (key) => roots.has(key)).filter((key) => key !== own);
	return named.find((key) => roots.has(key)) ?? named[0] ?? own;
}
