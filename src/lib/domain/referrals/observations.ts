/** Traffic observations of one metric, kept in columns: of each only the revision that counts. */
import { dayNumber } from './periods.ts';

export interface Observation {
	provider: string;
	destination: string;
	source: string;
	/** First and last day, both included, `YYYY-MM-DD`. */
	from: string;
	to: string;
	value: number;
	/** Absent means 0. */
	revision?: number | undefined;
}

/** Room for the last day in a key that holds both days; later days than the year 9999 do not occur. */
const SPAN = 4_000_000;

/** What one source brought to one destination, a row for each pair of first and last day. */
export class Spans {
	readonly #rows = new Map<number, number>();
	readonly #values: number[] = [];
	readonly #revisions: number[] = [];

	/** The highest revision counts, whatever the order; of equal ones the one that came later. */
	put(from: number, to: number, value: number, revision: number): void {
		const key = from * SPAN + to;
		const row = this.#rows.get(key);
		if (row === undefined) {
			this.#rows.set(key, this.#values.push(value) - 1);
			this.#revisions.push(revision);
		} else if (revision >= (this.#revisions[row] ?? 0)) {
			this.#values[row] = value;
			this.#revisions[row] = revision;
		}
	}

	/** Calls `row` with days as numbers, by first and then by last day, so that sums do not hang on the order of arrival. */
	each(row: (from: number, to: number, value: number) => void): void {
		for (const key of Float64Array.from(this.#rows.keys()).sort()) {
			const from = Math.floor(key / SPAN);
			row(from, key - from * SPAN, this.#values[this.#rows.get(key) ?? -1] ?? 0);
		}
	}
}

export interface Destination {
	provider: string;
	destination: string;
	sources: ReadonlyMap<string, Spans>;
}

/** Takes observations in any order and with repeats. All of them must be of one metric. */
export class Observations {
	readonly #providers = new Map<string, Map<string, Map<string, Spans>>>();
	readonly #days = new Map<string, number>();

	add({ provider, destination, source, from, to, value, revision }: Observation): void {
		const destinations = obtain(this.#providers, provider, () => new Map<string, Map<string, Spans>>());
		const sources = obtain(destinations, destination, () => new Map<string, Spans>());
		obtain(sources, source, () => new Spans()).put(this.#day(from), this.#day(to), value, revision ?? 0);
	}

	/** Destinations in order of provider and name. */
	*destinations(): Generator<Destination> {
		for (const [provider, destinations] of inOrder(this.#providers))
			for (const [destination, sources] of inOrder(destinations)) yield { provider, destination, sources };
	}

	#day(day: string): number {
		return obtain(this.#days, day, () => dayNumber(day));
	}
}

/** The entries of `map` in code-unit order of their keys. */
export const inOrder = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
	[...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

function obtain<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
