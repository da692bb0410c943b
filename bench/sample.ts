/** Repeating, summing up, and seeded input: what every benchmark does alike. */

/** Seeded uniform numbers in [0, 1) (mulberry32, Tommy Ettinger). */
export function random(seed: number): () => number {
	return () => {
		let t = (seed += 0x6d2b79f5);
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

/** The smallest value that at least the part `p` of `values` does not exceed. */
export function quantile(values: readonly number[], p: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Runs `work` and gives how long it took, in milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

/**
 * Runs `ours` and `peer` in turn, `rounds` times after one round that does not count, so that both meet the same machine. Gives all
 * values and the median of the ratios within a round.
 */
export async function alternate(
	rounds: number,
	ours: () => Promise<number>,
	peer: () => Promise<number>
): Promise<{ ours: number[]; peer: number[]; ratio: number }> {
	const all = { ours: [] as number[], peer: [] as number[], ratio: Number.NaN };
	const ratios: number[] = [];
	for (let round = 0; round <= rounds; round++) {
		const [a, b] = [await ours(), await peer()];
		if (round === 0) continue;
		all.ours.push(a);
		all.peer.push(b);
		ratios.push(a / b);
	}
	all.ratio = median(ratios);
	return all;
}
