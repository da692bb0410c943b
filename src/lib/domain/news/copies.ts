/**
 * Copies: texts that repeat an earlier one. Shingles in an inverted index give candidates, containment decides, and at least half of the
 * numbers and names must be the same: a weekly template with other figures is no copy. Measured in methods.md, "The same text".
 */
import { common, type Print } from './shingles.ts';

/** Part of the new text that must stand in the old one; a text with less is another's own. */
const IN_OLD = 0.44;
/** Or part of the old text that stands in the new one: a full text after a cut one. */
const IN_NEW = 0.7;
/** Part of the numbers, and of the names, of the text with fewer that must be the same. */
const FACTS = 0.3;
/** Texts with fewer shingles are told apart by nothing. */
const LEAST = 5;
/** Of longer texts every fourth shingle is indexed. */
const LONG = 48;
/** A shingle that more texts than this have is a phrase of the trade; and as many candidates are compared. */
const COMMON = 64;
const CANDIDATES = 6;

interface Original<T> {
	text: T;
	print: Print;
	at: number;
}

/** The originals of the last `window` milliseconds. Copies are not kept, so a text repeated ten thousand times costs no more than one. */
export class Copies<T> {
	readonly #window: number;
	readonly #holders = new Map<number, Original<T>[]>();
	#queue: Original<T>[] = [];
	#gone = 0;

	constructor(window: number) {
		this.#window = window;
	}

	/** The original that a text repeats, or null. */
	find(printed: Print): T | null {
		const { shingles } = printed;
		if (shingles.length < LEAST) return null;
		const hits = new Map<Original<T>, number>();
		for (const shingle of shingles)
			for (const original of this.#holders.get(shingle) ?? [])
				hits.set(original, (hits.get(original) ?? 0) + 1);
		const likely = [...hits].sort((a, b) => b[1] - a[1] || a[0].at - b[0].at).slice(0, CANDIDATES);
		let best: { text: T; contained: number } | null = null;
		for (const [{ text, print }] of likely) {
			const shared = common(shingles, print.shingles);
			const inOld = shared / shingles.length;
			const contained = Math.max(inOld / IN_OLD, shared / print.shingles.length / IN_NEW);
			if (contained >= 1 && contained > (best?.contained ?? 0) && sameFacts(printed, print))
				best = { text, contained };
		}
		return best?.text ?? null;
	}

	/** Keeps an original. `at`: milliseconds, not before the last one kept. */
	add(text: T, print: Print, at: number): void {
		if (print.shingles.length < LEAST) return;
		const original = { text, print, at };
		this.#queue.push(original);
		for (const shingle of indexed(print.shingles)) {
			const holders = this.#holders.get(shingle);
			if (!holders) this.#holders.set(shingle, [original]);
			else if (holders.length < COMMON) holders.push(original);
		}
	}

	/** Lets go of what is older than the window at `now`. */
	expire(now: number): void {
		let oldest = this.#queue[this.#gone];
		for (; oldest && oldest.at < now - this.#window; oldest = this.#queue[++this.#gone])
			for (const shingle of indexed(oldest.print.shingles)) {
				const left = this.#holders.get(shingle)?.filter((holder) => holder !== oldest) ?? [];
				if (left.length) this.#holders.set(shingle, left);
				else this.#holders.delete(shingle);
			}
		if (this.#gone * 2 > this.#queue.length) {
			this.#queue = this.#queue.slice(this.#gone);
			this.#gone = 0;
		}
	}
}

const indexed = (shingles: Uint32Array) =>
	shingles.length > LONG ? shingles.filter((shingle) => shingle % 4 === 0) : shingles;

const sameFacts = (a: Print, b: Print) => agree(a.numbers, b.numbers) && agree(a.names, b.names);

function agree(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
	const [few, many] = a.size < b.size ? [a, b] : [b, a];
	let shared = 0;
	for (const fact of few) if (many.has(fact)) shared++;
	return shared >= few.size * FACTS;
}
