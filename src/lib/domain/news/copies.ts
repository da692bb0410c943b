/**
 * Copies: texts that repeat an earlier one. Shingles in an inverted index give candidates, containment decides, and at least half of the
 * numbers and names must be the same: a weekly template with other figures is no copy. Measured in methods.md, "The same text".
 */
import { common, type Print } from './shingles.ts';
import { between, insert, remove, type Timed } from './timed.ts';

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
/** A shingle that more texts of the time than this have is a phrase of the trade; and so many candidates are compared. */
const COMMON = 64;
const CANDIDATES = 6;

export interface Original extends Timed {
	print: Print;
}

/** Originals, by what stands in them. Copies are not kept, so a text repeated ten thousand times costs no more than one. */
export class Copies<T extends Original> {
	/** A shingle that stands in one text alone, as most do, costs no list. */
	readonly #holders = new Map<number, T | T[]>();

	/** The original between two times (milliseconds, both included) that a text repeats, or null. */
	find({ shingles, numbers, names }: Print, from: number, to: number): T | null {
		if (shingles.length < LEAST) return null;
		const hits = new Map<T, number>();
		for (const shingle of shingles) {
			const holders = this.#holders.get(shingle);
			if (holders === undefined) continue;
			if (!Array.isArray(holders)) {
				if (holders.at >= from && holders.at <= to) hits.set(holders, (hits.get(holders) ?? 0) + 1);
				continue;
			}
			const [start, end] = between(holders, from, to);
			if (end - start > COMMON) continue;
			for (let i = start; i < end; i++) {
				const holder = holders[i] as T;
				hits.set(holder, (hits.get(holder) ?? 0) + 1);
			}
		}
		const likely = [...hits].sort(byHits).slice(0, CANDIDATES);
		let best: { original: T; contained: number } | null = null;
		for (const [original] of likely) {
			const { print } = original;
			const shared = common(shingles, print.shingles);
			const contained = Math.max(shared / shingles.length / IN_OLD, shared / print.shingles.length / IN_NEW);
			const same = agree(numbers, print.numbers) && agree(names, print.names);
			if (contained >= 1 && contained > (best?.contained ?? 0) && same) best = { original, contained };
		}
		return best?.original ?? null;
	}

	/** Keeps an original. */
	add(original: T): void {
		for (const shingle of indexed(original.print.shingles)) {
			const holders = this.#holders.get(shingle);
			if (holders === undefined) this.#holders.set(shingle, original);
			else if (Array.isArray(holders)) insert(holders, original);
			else {
				const list = [holders];
				insert(list, original);
				this.#holders.set(shingle, list);
			}
		}
	}

	/** Lets go of one. */
	remove(original: T): void {
		for (const shingle of indexed(original.print.shingles)) {
			const holders = this.#holders.get(shingle);
			if (Array.isArray(holders)) {
				remove(holders, original);
				const [only] = holders;
				if (holders.length === 1 && only) this.#holders.set(shingle, only);
			} else if (holders === original) this.#holders.delete(shingle);
		}
	}
}

const byHits = (a: [Original, number], b: [Original, number]) =>
	b[1] - a[1] || a[0].at - b[0].at || (a[0].id < b[0].id ? -1 : 1);

function indexed(shingles: Uint32Array): Uint32Array {
	if (shingles.length < LEAST) return shingles.subarray(0, 0);
	return shingles.length > LONG ? shingles.filter((shingle) => shingle % 4 === 0) : shingles;
}

const agree = (a: Uint32Array, b: Uint32Array) => common(a, b) >= Math.min(a.length, b.length) * FACTS;
