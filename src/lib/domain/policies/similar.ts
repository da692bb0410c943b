/** How much two clauses have in common, by the words and word pairs that are rare among the clauses at hand. */
import type { Clause } from './clauses.ts';

/** Terms in more clauses than this find no candidates: they are in too many to tell any. */
const COMMON = 60;
/** Candidates looked at closely. */
const CLOSEST = 12;
/** More words than a vocabulary has: a pair is its words' numbers side by side. */
const PAIRING = 2 ** 25;
/** Terms after which a vocabulary begins anew. */
const MOST_TERMS = 200_000;

/** The terms of a clause, rising, and how much each counts by itself: 1 + ln(occurrences). */
interface Bag {
	terms: Int32Array;
	counts: Float64Array;
}
/** With the place of each term among those of the clauses at hand. */
interface PlacedBag extends Bag {
	places: Int32Array;
}

/** Numbers of words and of pairs of neighbouring words, and the clauses that were counted: versions of a document share most of both. */
export class Vocabulary {
	readonly #words = new Map<string, number>();
	readonly #pairs = new Map<number, number>();
	readonly #bags = new Map<string, Bag>();
	#size = 0;
	/** Places of terms among those at hand, from 1; all 0 between two calls. */
	#places = new Int32Array(1024);

	/** The bags of some clauses, and how many different terms they have. They hold until the next call. */
	count(clauses: readonly Clause[]): { bags: PlacedBag[]; size: number } {
		if (this.#size > MOST_TERMS) this.#forget();
		const bags = clauses.map((clause) => this.#bag(clause));
		if (this.#places.length < this.#size) this.#places = new Int32Array(2 * this.#size);
		const places = this.#places;
		let size = 0;
		const placed = bags.map((bag) => ({
			...bag,
			places: bag.terms.map((term) => (places[term] ||= ++size) - 1)
		}));
		for (const { terms } of bags) for (const term of terms) places[term] = 0;
		return { bags: placed, size };
	}

	#bag({ key, tokens }: Clause): Bag {
		const known = this.#bags.get(key);
		if (known) return known;
		const all = new Int32Array(Math.max(0, 2 * tokens.length - 1));
		let filled = 0;
		let previous = -1;
		for (const token of tokens) {
			const word = this.#number(this.#words, token);
			if (previous >= 0) all[filled++] = this.#number(this.#pairs, previous * PAIRING + word);
			all[filled++] = word;
			previous = word;
		}
		const bag = bagOf(all.sort());
		this.#bags.set(key, bag);
		return bag;
	}

	#number<T>(numbers: Map<T, number>, term: T): number {
		const known = numbers.get(term);
		if (known !== undefined) return known;
		numbers.set(term, this.#size);
		return this.#size++;
	}

	#forget(): void {
		this.#words.clear();
		this.#pairs.clear();
		this.#bags.clear();
		this.#size = 0;
	}
}

function bagOf(sorted: Int32Array): Bag {
	const terms = new Int32Array(sorted.length);
	const counts = new Float64Array(sorted.length);
	let kinds = 0;
	for (let i = 0, next = 0; i < sorted.length; i = next) {
		while (next < sorted.length && sorted[next] === sorted[i]) next++;
		terms[kinds] = sorted[i] ?? 0;
		counts[kinds++] = 1 + Math.log(next - i);
	}
	return { terms: terms.slice(0, kinds), counts: counts.slice(0, kinds) };
}

/** A clause as a tf-idf vector. */
interface Weighed extends Omit<PlacedBag, 'counts'> {
	weights: Float64Array;
	/** Euclidean length, and the sum of the weights. */
	length: number;
	sum: number;
}

/** How the clauses of one side look at those of the other. */
export interface View {
	/** Indices of the other side's clauses that share rare terms with the clause `i`, the nearest first. */
	candidates(i: number): number[];
	/** Cosine of tf-idf vectors, 0 to 1. */
	cosine(i: number, j: number): number;
	/** What part of the clause `i` the other's clause `j` makes up, 0 to 1; 0 where less than `least` of `j` is in `i`. */
	covers(i: number, j: number, least: number): number;
}

/** Both ways between two lists of clauses. `vocabulary`: what earlier comparisons counted. */
export function similarity(
	before: readonly Clause[],
	after: readonly Clause[],
	vocabulary = new Vocabulary()
): { forth: View; back: View } {
	const { bags, size } = vocabulary.count([...before, ...after]);
	const holders = new Int32Array(size); // in how many clauses each term is
	for (const { places } of bags) for (const place of places) holders[place] = (holders[place] ?? 0) + 1;
	const rarity = Float64Array.from(holders, (some) => Math.log(1 + bags.length / some));
	const all = bags.map((bag) => weighed(bag, rarity));
	const [a, b] = [all.slice(0, before.length), all.slice(before.length)];
	return { forth: view(a, b, size), back: view(b, a, size) };
}

function weighed({ terms, counts, places }: PlacedBag, rarity: Float64Array): Weighed {
	const weights = new Float64Array(terms.length);
	let [squares, sum] = [0, 0];
	for (let k = 0; k < terms.length; k++) {
		const weight = (counts[k] ?? 0) * (rarity[places[k] ?? 0] ?? 0);
		weights[k] = weight;
		squares += weight * weight;
		sum += weight;
	}
	return { terms, places, weights, length: Math.sqrt(squares), sum };
}

function view(a: readonly Weighed[], b: readonly Weighed[], size: number): View {
	const { starts, holders } = holdersOf(b, size);
	const nearest = new Map<number, number[]>();
	const scores = new Float64Array(b.length);
	const score = (j: number) => scores[j] ?? 0;
	const isNearer = (j: number, own: number, other: number) =>
		own > score(other) || (own === score(other) && j < other);
	return {
		candidates(i) {
			const known = nearest.get(i);
			if (known) return known;
			const touched: number[] = [];
			const { places = [], weights = [] } = a[i] ?? {};
			for (let k = 0; k < places.length; k++) {
				const place = places[k] ?? 0;
				const [from, to] = [starts[place] ?? 0, starts[place + 1] ?? 0];
				if (to - from > COMMON) continue;
				for (let at = from; at < to; at++) {
					const j = holders[at] ?? 0;
					if (scores[j] === 0) touched.push(j);
					scores[j] = score(j) + (weights[k] ?? 0);
				}
			}
			const found: number[] = [];
			for (const j of touched) {
				const own = score(j);
				let at = found.length;
				while (at > 0 && isNearer(j, own, found[at - 1] ?? 0)) at--;
				if (at < CLOSEST) found.splice(at, 0, j);
				if (found.length > CLOSEST) found.pop();
			}
			for (const j of touched) scores[j] = 0;
			nearest.set(i, found);
			return found;
		},
		cosine(i, j) {
			const [x, y] = [a[i], b[j]];
			return x?.length && y?.length ? common(x, y, product) / (x.length * y.length) : 0;
		},
		covers(i, j, least) {
			const [x, y] = [a[i], b[j]];
			if (!x?.sum || !y?.sum || x.sum < least * y.sum) return 0; // it cannot hold so much of it
			const both = common(x, y, Math.min);
			return both < least * y.sum ? 0 : both / x.sum;
		}
	};
}

/** Which clauses have the term of each place: `holders` from its start to the next one's. */
function holdersOf(clauses: readonly Weighed[], size: number): { starts: Int32Array; holders: Int32Array } {
	const starts = new Int32Array(size + 1);
	for (const { places } of clauses)
		for (const place of places) starts[place + 1] = (starts[place + 1] ?? 0) + 1;
	for (let place = 0; place < size; place++)
		starts[place + 1] = (starts[place + 1] ?? 0) + (starts[place] ?? 0);
	const filled = starts.slice();
	const holders = new Int32Array(starts[size] ?? 0);
	for (const [j, { places }] of clauses.entries())
		for (const place of places) {
			const at = filled[place] ?? 0;
			holders[at] = j;
			filled[place] = at + 1;
		}
	return { starts, holders };
}

const product = (u: number, v: number): number => u * v;

/** The sum of `of` over the terms of both. */
function common(x: Weighed, y: Weighed, of: (u: number, v: number) => number): number {
	let sum = 0;
	for (let i = 0, j = 0; i < x.terms.length && j < y.terms.length;) {
		const distance = (x.terms[i] ?? 0) - (y.terms[j] ?? 0);
		if (distance === 0) sum += of(x.weights[i++] ?? 0, y.weights[j++] ?? 0);
		else if (distance < 0) i++;
		else j++;
	}
	return sum;
}
