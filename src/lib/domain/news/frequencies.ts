/** How common a term is of late: counts over a stream that fade, so that memory stays flat over months. */

/** After so many articles all counts are halved, and what is left of rare terms is forgotten. */
const HALVED = 4096;
/** Articles that a stream is taken to have had before its first: until it shows what is common, rare terms are not overrated. */
const PRIOR = 400;

export class Frequencies {
	readonly #counts = new Map<string, number>();
	#articles = 0;
	#since = 0;

	/** Counts the terms of one article. */
	add(terms: Iterable<string>): void {
		this.#articles++;
		for (const term of terms) this.#counts.set(term, (this.#counts.get(term) ?? 0) + 1);
		if (++this.#since < HALVED) return;
		this.#since = 0;
		this.#articles /= 2;
		for (const [term, count] of this.#counts)
			if (count > 1) this.#counts.set(term, count / 2);
			else this.#counts.delete(term);
	}

	/** Natural logarithm of how many articles come to one with the term (smoothed inverse document frequency). */
	idf(term: string): number {
		return Math.log(1 + (this.#articles + PRIOR) / ((this.#counts.get(term) ?? 0) + 0.5));
	}
}
