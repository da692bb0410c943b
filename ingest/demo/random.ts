/** Seeded randomness: the same seed gives the same numbers on every machine. */
export interface Random {
	/** Uniform in [0, 1). */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	whole(low: number, high: number): number;
	/** One of `list`, which must not be empty. */
	pick<T>(list: readonly T[]): T;
	/** Standard normal. */
	normal(): number;
	/** `count` of `list` without repetition, in random order. */
	sample<T>(list: readonly T[], count: number): T[];
}

/** The generator *mulberry32*, seeded by a name (FNV-1a), so that each part of the demo draws for itself. */
export function random(name: string): Random {
	let state = 0x811c9dc5;
	for (const character of name) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	const pick = <T>(list: readonly T[]): T => {
		const chosen = list[whole(0, list.length - 1)];
		if (chosen === undefined) throw new RangeError('nothing to pick from');
		return chosen;
	};
	return {
		next,
		whole,
		pick,
		normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
		sample: (list, count) => {
			const left = [...list];
			return Array.from({ length: Math.min(count, left.length) }, () =>
				left.splice(whole(0, left.length - 1), 1)
			).flat();
		}
	};
}
