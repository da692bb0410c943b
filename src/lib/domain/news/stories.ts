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
/** What is kept is kept by days. Milliseconds. */
export const DAY = 24 * HOUR;
/** How common a term is, is told over so many whole days before that of the article: weights stand for a day. */
const WEIGHED = 6;

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
const HOLDERS = 100;
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

/** Something worked out with the weights of an {@link Edition}. */
interface Weighed {
	value: number;
	edition: number;
}

interface Term<I extends string | number> extends Weighed {
	/** What it weighs beside a word as rare. */
	boost: number;
	/** In the order of time. */
	holders: Kept<I>[];
}

interface Story<I extends string | number> {
	id: I;
	/** Originals that are kept. */
	size: number;
	/** Likeness to the article that is being placed: the most, the sum, over how many; 0 between articles. */
	most: number;
	sum: number;
	count: number;
}

/** An article. Its `value` is the length of its vector of weights. */
interface Read<I extends string | number> extends Original, Weighed {
	id: I;
	/** When its last copy came, or it itself. Milliseconds. */
	lastAt: number;
	language: string;
	organisations: readonly string[];
	amounts: readonly string[];
	terms: readonly Term<I>[];
	/** Product with the terms of the article that is being placed, then their cosine; 0 between articles. */
	dot: number;
}

/** An original, in its story. */
interface Kept<I extends string | number> extends Read<I> {
	story: Story<I>;
}

/** The weights of a day, as long as nothing comes or goes in the days that they are told by. */
interface Edition {
	number: number;
	day: number;
	/** The time of those days, both included. Milliseconds. */
	from: number;
	to: number;
	/** Logarithm of how many articles they have. */
	size: number;
}

export class Stories<I extends string | number = string> {
	readonly #copies = new Copies<Kept<I>>();
	readonly #terms = new Map<string, Term<I>>();
	readonly #stories = new Map<I, Story<I>>();
	readonly #days = new Map<number, Kept<I>[]>();
	#edition: Edition = { number: 0, day: NaN, from: 0, to: 0, size: 0 };
	#size = 0;

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
		if (original && original.id !== article.id) return { story: original.story.id, copyOf: original.id };
		const read = this.#read(article, printed);
		const story = original?.story ?? this.#nearest(read) ?? this.#story(article.id);
		this.#keep({ ...read, story });
		return { story: story.id, copyOf: null };
	}

	/** Keeps an original that was placed before. `lastAt`: when its last copy was published, ms, or it itself. */
	restore(article: Article<I>, story: I, lastAt: number): void {
		const read = this.#read(article, print(article.text || article.title));
		this.#keep({ ...read, story: this.#story(story), lastAt: Math.max(lastAt, article.publishedAt) });
	}

	/** Lets go of the originals of a day ({@link dayOf}). */
	forget(day: number): void {
		this.#touch(day);
		for (const kept of this.#days.get(day) ?? []) {
			this.#size--;
			if (--kept.story.size === 0) this.#stories.delete(kept.story.id);
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

	#read({ id, title, text, language, organisations, publishedAt }: Article<I>, print: Print): Read<I> {
		const start = lead(text);
		const found = termsOf(title, start);
		const figures = [...new Set(amounts(`${title}\n${start}`))];
		for (const organisation of organisations) found.add(`@${organisation}`);
		for (const amount of figures) found.add(amount);
		const terms = Array.from(found, (name) => this.#term(name));
		const said = { id, language, organisations, amounts: figures, terms, print };
		return { ...said, at: publishedAt, lastAt: publishedAt, dot: 0, value: 0, edition: -1 };
	}

	#term(name: string): Term<I> {
		const known = this.#terms.get(name);
		if (known) return known;
		const boost = name.startsWith('@') || name.startsWith('#') ? NAMED : 1;
		const term: Term<I> = { boost, holders: [], value: 0, edition: -1 };
		this.#terms.set(name, term);
		return term;
	}

	#story(id: I): Story<I> {
		const known = this.#stories.get(id);
		if (known) return known;
		const story = { id, size: 0, most: 0, sum: 0, count: 0 };
		this.#stories.set(id, story);
		return story;
	}

	/** The story that an article is most like, or null where it is like none. */
	#nearest(article: Read<I>): Story<I> | null {
		const edition = this.#editionOf(dayOf(article.at));
		const length = lengthOf(article, edition);
		const sharing = this.#sharing(article, length, edition);
		const near: Story<I>[] = [];
		for (const other of sharing) {
			other.dot /= length * lengthOf(other, edition);
			const { story } = other;
			if (story.most > 0 || (other.dot * SAME_AMOUNT < JOIN && !mayMeet(article, other))) continue;
			if (alike(article, other) < JOIN) continue;
			story.most = JOIN;
			near.push(story);
		}
		for (const other of sharing) {
			const { story } = other;
			if (story.most > 0) {
				const like = alike(article, other);
				story.most = Math.max(story.most, like);
				story.sum += like;
				story.count++;
			}
			other.dot = 0;
		}
		let best: { story: Story<I> | null; like: number } = { story: null, like: JOIN };
		for (const story of near) {
			const like = (1 - MEAN) * story.most + (MEAN * story.sum) / story.count;
			const before = best.story !== null && best.story.id < story.id;
			if (like > best.like || (like === best.like && !before)) best = { story, like };
			story.most = story.sum = story.count = 0;
		}
		return best.story;
	}

	/** The articles around with a term in common, each with its product. */
	#sharing({ terms, at }: Read<I>, length: number, edition: Edition): Kept<I>[] {
		const found: Kept<I>[] = [];
		for (const term of terms) {
			const weight = weightOf(term, edition);
			if (weight < LIGHT * length) continue;
			const { holders } = term;
			let [start, end] = between(holders, at - WINDOW, at + WINDOW);
			if (end - start > HOLDERS) {
				const [, until] = between(holders, at - WINDOW, at);
				start = Math.max(start, Math.min(until - HOLDERS / 2, end - HOLDERS));
				end = start + HOLDERS;
			}
			for (let i = start; i < end; i++) {
				const holder = holders[i] as Kept<I>;
				if (holder.dot === 0) found.push(holder);
				holder.dot += weight * weight;
			}
		}
		return found;
	}

	/** The weights of a day; made anew where something of the days before it came or went. */
	#editionOf(day: number): Edition {
		if (this.#edition.day === day) return this.#edition;
		let size = PRIOR;
		for (let before = day - WEIGHED; before < day; before++) size += this.#days.get(before)?.length ?? 0;
		const number = this.#edition.number + 1;
		const [from, to] = [(day - WEIGHED) * DAY, day * DAY - 1];
		return (this.#edition = { number, day, from, to, size: Math.log(size + 1) });
	}

	/** Something of a day comes or goes. */
	#touch(day: number): void {
		const { day: of } = this.#edition;
		if (day >= of - WEIGHED && day < of) this.#edition = { ...this.#edition, day: NaN };
	}

	#keep(kept: Kept<I>): void {
		const day = dayOf(kept.at);
		this.#touch(day);
		const same = this.#days.get(day);
		if (same) insert(same, kept);
		else this.#days.set(day, [kept]);
		this.#size++;
		kept.story.size++;
		this.#copies.add(kept);
		for (const term of kept.terms) insert(term.holders, kept);
	}
}

/** Day of an instant, counted from the epoch. */
export const dayOf = (at: number): number => Math.floor(at / DAY);

/** Days of which everything must be kept for an article of the instant `at` to be placed. */
export function daysAround(at: number): number[] {
	const first = dayOf(at) - WEIGHED;
	return Array.from({ length: dayOf(at + WINDOW) - first + 1 }, (_, n) => first + n);
}

const LOGS = Float64Array.from({ length: 4096 }, (_, n) => Math.log(n + 0.5));

/** Inverse document frequency: the logarithm of how many articles of some days come to one with the term. */
function weightOf(term: Term<string | number>, { number, from, to, size }: Edition): number {
	if (term.edition === number) return term.value;
	const [start, end] = between(term.holders, from, to);
	const count = end - start;
	term.edition = number;
	return (term.value = term.boost * Math.max(0, size - (LOGS[count] ?? Math.log(count + 0.5))));
}

/** Of the vector of an article's weights. */
function lengthOf(read: Read<string | number>, edition: Edition): number {
	if (read.edition === edition.number) return read.value;
	let square = 0;
	for (const term of read.terms) square += weightOf(term, edition) ** 2;
	read.edition = edition.number;
	return (read.value = Math.sqrt(square));
}

/** Whether two in different languages have enough in common to be looked at. */
const mayMeet = (a: Pick<Read<string>, 'language' | 'organisations'>, b: typeof a) =>
	a.language !== b.language && shared(a.organisations, b.organisations) >= 2;

/** How alike an article is to one kept, from 0. */
function alike<I extends string | number>(a: Read<I>, b: Kept<I>): number {
	const apart = Math.max(0, b.at - a.at, a.at - b.lastAt);
	const comparable = a.amounts.length > 0 && b.amounts.length > 0;
	const agree = comparable && shared(a.amounts, b.amounts) > 0;
	const like = b.dot * Math.exp(-apart / FADE) * (agree ? SAME_AMOUNT : comparable ? OTHER_AMOUNT : 1);
	if (a.language === b.language || shared(a.organisations, b.organisations) < 2) return like;
	// In two languages few words are the same: the same organisations, and the amount or the day, must do.
	return agree || (!comparable && apart < DAY) ? Math.max(like, JOIN) : like;
}

const shared = (a: readonly string[], b: readonly string[]) => a.filter((value) => b.includes(value)).length;
