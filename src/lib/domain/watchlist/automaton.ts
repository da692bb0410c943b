/**
 * Aho and Corasick's automaton (1975) over UTF-16 units, in flat arrays: one pass over a text finds every pattern, however many there
 * are. Edges are a hash table keyed by state and unit; those of the root, where most units end, are an array.
 */

/** Called for each occurrence: the pattern's index, and its end in the text. */
export type Found = (pattern: number, end: number) => void;

export interface Automaton {
	scan(text: string, found: Found): void;
}

/** Lower case where that is one unit, so that offsets stay; typographic apostrophes are plain. */
export const fold = (text: string): string => {
	let folded = '';
	for (let i = 0; i < text.length; i++) {
		const lower = text.charAt(i).toLowerCase();
		folded += lower === '\u2019' ? "'" : lower.length === 1 ? lower : text.charAt(i);
	}
	return folded;
};
const foldTable = () =>
	Uint16Array.from({ length: 65_536 }, (_, unit) => fold(String.fromCharCode(unit)).charCodeAt(0));

/** Letter case is folded in patterns and texts alike. Patterns must differ once folded, else the last one is found. */
export function automaton(patterns: readonly string[]): Automaton {
	const folded = foldTable();
	const most = patterns.reduce((sum, pattern) => sum + pattern.length, 1);
	const edges = new Edges(most);
	const root = new Int32Array(65_536);
	const end = new Int32Array(most).fill(-1); // state -> the pattern that ends there
	const parent = new Int32Array(most);
	const unitOf = new Uint16Array(most);
	let states = 1;
	for (const [index, pattern] of patterns.entries()) {
		let state = 0;
		for (let i = 0; i < pattern.length; i++) {
			const unit = folded[pattern.charCodeAt(i)] ?? 0;
			let next = state === 0 ? (root[unit] ?? 0) : edges.get(state, unit);
			if (next === 0) {
				next = states++;
				if (state === 0) root[unit] = next;
				else edges.set(state, unit, next);
				parent[next] = state;
				unitOf[next] = unit;
			}
			state = next;
		}
		if (state !== 0) end[state] = index;
	}

	/** Fail: the longest proper ending of a state that begins a pattern; `other`: the next one on that way that ends a pattern. */
	const fail = new Int32Array(states);
	const other = new Int32Array(states);
	const step = (from: number, unit: number): number => {
		for (let state = from; state !== 0; state = fail[state] ?? 0) {
			const next = edges.get(state, unit);
			if (next !== 0) return next;
		}
		return root[unit] ?? 0;
	};
	for (const state of byDepth(parent, states)) {
		const above = parent[state] ?? 0;
		const to = above === 0 ? 0 : step(fail[above] ?? 0, unitOf[state] ?? 0);
		fail[state] = to;
		other[state] = (end[to] ?? -1) >= 0 ? to : (other[to] ?? 0);
	}

	return {
		scan(text, found) {
			let state = 0;
			for (let i = 0; i < text.length; i++) {
				state = step(state, folded[text.charCodeAt(i)] ?? 0);
				if (state === 0) continue;
				for (let at = state; at !== 0; at = other[at] ?? 0) {
					const pattern = end[at] ?? -1;
					if (pattern >= 0) found(pattern, i + 1);
				}
			}
		}
	};
}

/** States in order of their depth: a state is made after its parent, so one pass gives the depths. */
function byDepth(parent: Int32Array, states: number): Int32Array {
	const depth = new Int32Array(states);
	for (let state = 1; state < states; state++) depth[state] = (depth[parent[state] ?? 0] ?? 0) + 1;
	return Int32Array.from({ length: states - 1 }, (_, i) => i + 1).sort(
		(a, b) => (depth[a] ?? 0) - (depth[b] ?? 0)
	);
}

/** (state, unit) -> state by open addressing, at most half full; 0 means none. */
class Edges {
	readonly #mask: number;
	readonly #states: Int32Array;
	readonly #units: Uint16Array;
	readonly #targets: Int32Array;

	constructor(most: number) {
		const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
		this.#mask = size - 1;
		this.#states = new Int32Array(size);
		this.#units = new Uint16Array(size);
		this.#targets = new Int32Array(size);
	}

	get(state: number, unit: number): number {
		return this.#targets[this.#slot(state, unit)] ?? 0;
	}

	set(state: number, unit: number, target: number): void {
		const slot = this.#slot(state, unit);
		this.#states[slot] = state;
		this.#units[slot] = unit;
		this.#targets[slot] = target;
	}

	#slot(state: number, unit: number): number {
		let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
		slot = (slot ^ (slot >>> 15)) & this.#mask;
		while (this.#targets[slot] !== 0 && (this.#states[slot] !== state || this.#units[slot] !== unit))
			slot = (slot + 1) & this.#mask;
		return slot;
	}
}
