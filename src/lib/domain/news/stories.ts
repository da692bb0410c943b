/**
 * Stories as a stream: each article joins the story of those published around its time or opens its own. Two articles are as alike as the
 * cosine of their tf-idf terms, which fades with the time between them; organisations of the watchlist are terms in every language.
 * Copies go with their original.
 *
 * Where an article goes depends on what is kept of its own time and on nothing else, neither on the order in which that came nor on
 * what was placed in between: an article that comes late joins the story of its time, and what was forgotten and restored is as before.
 */
import { Copies, type Original } from './copies.ts';
import { print, type Print } from './shingles.ts';
import { amounts, lead, termsOf } from './terms.ts';
import { between, insert, remove } from './timed.ts';

const HOUR = 3_600_000;
/** A story ends where nobody has reported anything of their own for this long, and a copy comes within it. Milliseconds. */
export const WINDOW = 72 * HOUR;
/** How common a term is of late is told over so long. Milliseconds. */
const WEIGHED = 2 * WINDOW;
/** What is kept is kept by days. Milliseconds. */
export const DAY = 24 * HOUR;

/** Likeness from which an article joins a story: fitted, with the constants below, on labelled headlines; flat around the best. */
const JOIN = 0.2;
/** Likeness falls to 1/e over this time. */
const FADE = 48 * HOUR;
/** Of a story's likeness this part is the mean over the articles that share a term, the rest that of the most alike. */
const MEAN = 0.5;
/** What an organisation or an amount weighs beside a word as rare. */
const NAMED = 1.3;
/** Factors of likeness where both have amounts: with one in common, and with none (the same kind of news about somebody else). */
const SAME_AMOUNT = 1.25;
const OTHER_AMOUNT = 0.6;
/** Articles looked at for a term, the nearest in time: a term of more tells little. */
const HOLDERS = 200;
/** A term of a smaller part of the unit vector is not looked up. */
const LIGHT = 0.08;
/** Articles that a window is taken to have beside its own: where it has few, rare terms are not overrated. */
const PRIOR = 400;

export interface Article<I extends string | number = string> {
	id: I;
	title: string;
	text: string;
	/** As languageOf tells it. */
	language: string;
	/** Watchlist ids of those named in the title or the text's beginning. */
	organisations: readonly string[];
	/** Milliseconds since the epoch. */
	publishedAt: number;
}

export interface Placed<I> {
	/** The id of the article that opened the story. */
	story: I;
	/** The article whose text this one repeats, or null. */
	copyOf: I | null;
}

interface Term<I extends string | number> {
	/** What it weighs beside a word as rare. */
	boost: number;
	/** In the order of time. */
	holders: Kept<I>[];
	/** Its weight around the article in hand, and which article that is. */
	weight: number;
	reading: number;
}

/** An original, in its story. */
interface Kept<I extends string | number> extends Original {
	id: I;
	story: I;
	/** When its last copy came, or it itself. Milliseconds. */
	lastAt: number;
	language: string;
	organisations: readonly string[];
	amounts: readonly string[];
	terms: readonly Term<I>[];
	/** Product with the terms of the article that is being placed; 0 between articles. */
	dot: number;
}

/** What is kept around an instant: how rare a term is is told over {@link WEIGHED} before it and the window after it. */
interface View {
	from: number;
	to: number;
	/** Logarithm of how many articles there are. */
	size: number;
	reading: number;
}

export class Stories<I extends string | number = string> {
	readonly #copies = new Copies<Kept<I>>();
	readonly #terms = new Map<string, Term<I>>();
	readonly #days = new Map<number, Kept<I>[]>();
	#size = 0;
	#readings = 0;

	/** Originals that are kept. */
	get size(): number {
		return this.#size;
	}

	/** Places an article among those kept of its time, and keeps it unless it is a copy. */
	place(article: Article<I>): Placed<I> {
		const at = article.publishedAt;
		const printed = print(article.text || article.title);
		const original = this.#copies.find(printed, at - WINDOW, at + WINDOW);
		if (original) original.lastAt = Math.max(original.lastAt, at);
		// The same address with other words repeats nobody.
		if (original && original.id !== article.id) return { story: original.story, copyOf: original.id };
		const kept = this.#read(article, printed);
		kept.story = original?.story ?? this.#nearest(kept) ?? article.id;
		this.#keep(kept);
		return { story: kept.story, copyOf: null };
	}

	/** Keeps an original that was placed before. `lastAt`: when its last copy was published, ms, or it itself. */
	restore(article: Article<I>, story: I, lastAt: number): void {
		const printed = print(article.text || article.title);
		this.#keep({ ...this.#read(article, printed), story, lastAt: Math.max(lastAt, article.publishedAt) });
	}

	/** Lets go of the originals of a day ({@link dayOf}). */
	forget(day: number): void {
		for (const kept of this.#days.get(day) ?? []) {
			this.#size--;
			this.#copies.remove(kept);
			for (const term of kept.terms) remove(term.holders, kept);
		}
		this.#days.delete(day);
		for (const [name, { holders }] of this.#terms) if (holders.length === 0) this.#terms.delete(name);
	}

	/** Days of which something is kept. */
	days(): number[] {
		return [...this.#days.keys()];
	}

	#read({ id, title, text, language, organisations, publishedAt }: Article<I>, print: Print): Kept<I> {
		const start = lead(text);
		const found = termsOf(title, start);
		const figures = [...new Set(amounts(`${title}\n${start}`))];
		for (const organisation of organisations) found.add(`@${organisation}`);
		for (const amount of figures) found.add(amount);
		const terms = Array.from(found, (name) => this.#term(name));
		const common = { id, story: id, at: publishedAt, lastAt: publishedAt, language, organisations };
		return { ...common, amounts: figures, terms, print, dot: 0 };
	}

	#term(name: string): Term<I> {
		const known = this.#terms.get(name);
		if (known) return known;
		const boost = name.startsWith('@') || name.startsWith('#') ? NAMED : 1;
		const term = { boost, holders: [], weight: 0, reading: 0 };
		this.#terms.set(name, term);
		return term;
	}

	/** The story that an article is most like, or null where it is like none. */
	#nearest(article: Kept<I>): I | null {
		const view = this.#view(article.at);
		const norm = normOf(article, view);
		const sharing = this.#sharing(article, norm, view);
		// Norms cost most: they are worked out only in stories with an article that may be alike enough.
		const near = new Set<I>();
		for (const other of sharing)
			if ((Math.sqrt(other.dot) / norm) * SAME_AMOUNT >= JOIN || mayMeet(article, other))
				near.add(other.story);
		const likeness = new Map<I, { most: number; sum: number; count: number }>();
		for (const other of sharing) {
			const product = other.dot;
			other.dot = 0;
			if (!near.has(other.story)) continue;
			const like = alike(article, other, product / (norm * normOf(other, view)));
			const known = likeness.get(other.story);
			if (!known) likeness.set(other.story, { most: like, sum: like, count: 1 });
			else {
				known.most = Math.max(known.most, like);
				known.sum += like;
				known.count++;
			}
		}
		let best: { story: I | null; like: number } = { story: null, like: JOIN };
		for (const [story, { most, sum, count }] of likeness) {
			const like = (1 - MEAN) * most + (MEAN * sum) / count;
			if (like > best.like || (like === best.like && (best.story === null || story < best.story)))
				best = { story, like };
		}
		return best.story;
	}

	/** The articles around with a term in common, each with its product. */
	#sharing({ terms, at }: Kept<I>, norm: number, view: View): Kept<I>[] {
		const found: Kept<I>[] = [];
		for (const term of terms) {
			const weight = weightOf(term, view);
			if (weight < LIGHT * norm) continue;
			const { holders } = term;
			const [start, end] = between(holders, at - WINDOW, at + WINDOW);
			const [, until] = between(holders, at - WINDOW, at);
			const first = Math.max(start, Math.min(until - HOLDERS / 2, end - HOLDERS));
			for (let i = first; i < Math.min(end, first + HOLDERS); i++) {
				const holder = holders[i] as Kept<I>;
				if (holder.dot === 0) found.push(holder);
				holder.dot += weight * weight;
			}
		}
		return found;
	}

	#view(at: number): View {
		const [from, to] = [at - WEIGHED, at + WINDOW];
		let size = PRIOR;
		for (const day of daysAround(at)) {
			const [start, end] = between(this.#days.get(day) ?? [], from, to);
			size += end - start;
		}
		return { from, to, size: Math.log(size + 1), reading: ++this.#readings };
	}

	#keep(kept: Kept<I>): void {
		const day = dayOf(kept.at);
		const same = this.#days.get(day);
		if (same) insert(same, kept);
		else this.#days.set(day, [kept]);
		this.#size++;
		this.#copies.add(kept);
		for (const term of kept.terms) insert(term.holders, kept);
	}
}

/** Day of an instant, counted from the epoch. */
export const dayOf = (at: number): number => Math.floor(at / DAY);

/** Days of which everything must be kept for an article of the instant `at` to be placed. */
export function daysAround(at: number): number[] {
	const first = dayOf(at - WEIGHED);
	return Array.from({ length: dayOf(at + WINDOW) - first + 1 }, (_, n) => first + n);
}

const LOGS = Float64Array.from({ length: 4096 }, (_, n) => Math.log(n + 0.5));

/** Inverse document frequency: the logarithm of how many articles of the view come to one with the term. */
function weightOf(term: Term<string | number>, { from, to, size, reading }: View): number {
	if (term.reading === reading) return term.weight;
	const [start, end] = between(term.holders, from, to);
	const count = end - start;
	term.reading = reading;
	return (term.weight = term.boost * Math.max(0, size - (LOGS[count] ?? Math.log(count + 0.5))));
}

function normOf({ terms }: Kept<string | number>, view: View): number {
	let square = 0;
	for (const term of terms) square += weightOf(term, view) ** 2;
	return Math.sqrt(square);
}

/** Whether two in different languages have enough in common to be looked at. */
const mayMeet = (a: Pick<Kept<string>, 'language' | 'organisations'>, b: typeof a) =>
	a.language !== b.language && shared(a.organisations, b.organisations) >= 2;

/** How alike an article is to one kept, from 0; `cosine`: of their terms. */
function alike<I extends string | number>(a: Kept<I>, b: Kept<I>, cosine: number): number {
	const apart = Math.max(0, b.at - a.at, a.at - b.lastAt);
	const comparable = a.amounts.length > 0 && b.amounts.length > 0;
	const agree = comparable && shared(a.amounts, b.amounts) > 0;
	const like = cosine * Math.exp(-apart / FADE) * (agree ? SAME_AMOUNT : comparable ? OTHER_AMOUNT : 1);
	if (a.language === b.language || shared(a.organisations, b.organisations) < 2) return like;
	// In two languages few words are the same: the same organisations, and the amount or the day, must do.
	return agree || (!comparable && apart < DAY) ? Math.max(like, JOIN) : like;
}

const shared = (a: readonly string[], b: readonly string[]) => a.filter((value) => b.includes(value)).length;
