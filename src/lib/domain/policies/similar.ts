/** How much two clauses have in common, by the words and word pairs that are rare among the clauses at hand. */
import type { Clause } from './clauses.ts';

/** Terms in more clauses than this find no candidates: they are in too many to tell any. */
const COMMON = 60;
/** Candidates looked at closely. */
const CLOSEST = 12;

/** Words and pairs of neighbours by number: a pair is its words' numbers side by side. */
type Counts = Map<number, number>;
/** More words than two texts have. */
const PAIRING = 2 ** 25;

interface Terms {
	weights: Counts;
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
	/** What part of the other's clause `j` is in the clause `i`, and what part of `i` that makes up, 0 to 1. */
	inside(i: number, j: number): { part: number; whole: number };
}

/** Both ways between two lists of clauses. */
export function similarity(before: readonly Clause[], after: readonly Clause[]): { forth: View; back: View } {
	const numbers = new Map<string, number>();
	const [left, right] = [before, after].map((side) => side.map(({ tokens }) => counted(tokens, numbers)));
	const clauses: Counts = new Map();
	for (const terms of [...(left ?? []), ...(right ?? [])])
		for (const term of terms.keys()) clauses.set(term, (clauses.get(term) ?? 0) + 1);
	const all = before.length + after.length;
	const weigh = (terms: Counts): Terms => {
		let [squares, sum] = [0, 0];
		for (const [term, count] of terms) {
			const weight = (1 + Math.log(count)) * Math.log(1 + all / (clauses.get(term) ?? 1));
			terms.set(term, weight);
			squares += weight * weight;
			sum += weight;
		}
		return { weights: terms, length: Math.sqrt(squares), sum };
	};
	const [a, b] = [(left ?? []).map(weigh), (right ?? []).map(weigh)];
	return { forth: view(a, b), back: view(b, a) };
}

function view(a: readonly Terms[], b: readonly Terms[]): View {
	const holders = new Map<number, number[]>();
	const wanted = new Set<number>();
	for (const { weights } of a) for (const term of weights.keys()) wanted.add(term);
	for (const [j, { weights }] of b.entries())
		for (const term of weights.keys()) {
			if (!wanted.has(term)) continue;
			const list = holders.get(term);
			if (list) list.push(j);
			else holders.set(term, [j]);
		}
	const nearest = new Map<number, number[]>();
	const none: Terms = { weights: new Map(), length: 0, sum: 0 };
	return {
		candidates(i) {
			const known = nearest.get(i);
			if (known) return known;
			const scores = new Map<number, number>();
			for (const [term, weight] of (a[i] ?? none).weights) {
				const list = holders.get(term) ?? [];
				if (list.length <= COMMON) for (const j of list) scores.set(j, (scores.get(j) ?? 0) + weight);
			}
			const found = [...scores].sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, CLOSEST);
			const list = found.map(([j]) => j);
			nearest.set(i, list);
			return list;
		},
		cosine(i, j) {
			const [x, y] = [a[i] ?? none, b[j] ?? none];
			return x.length && y.length ? common(x, y, (u, v) => u * v) / (x.length * y.length) : 0;
		},
		inside(i, j) {
			const [x, y] = [a[i] ?? none, b[j] ?? none];
			const both = common(x, y, Math.min);
			return { whole: x.sum ? both / x.sum : 0, part: y.sum ? both / y.sum : 0 };
		}
	};
}

/** Words and pairs of neighbouring words, with their counts. `numbers`: those that words have, and new ones get. */
function counted(tokens: readonly string[], numbers: Map<string, number>): Counts {
	const counts: Counts = new Map();
	const add = (term: number) => counts.set(term, (counts.get(term) ?? 0) + 1);
	let previous = 0;
	for (const token of tokens) {
		let number = numbers.get(token);
		if (number === undefined) numbers.set(token, (number = numbers.size + 1));
		add(number);
		if (previous) add(previous * PAIRING + number);
		previous = number;
	}
	return counts;
}

function common(x: Terms, y: Terms, of: (u: number, v: number) => number): number {
	const [few, many] = x.weights.size <= y.weights.size ? [x, y] : [y, x];
	let sum = 0;
	for (const [term, weight] of few.weights) sum += of(weight, many.weights.get(term) ?? 0);
	return sum;
}
