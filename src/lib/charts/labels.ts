/** Labels at the ends of lines and bands: pushed apart, as near as can be to where they belong. */

/**
 * Positions at least `room` apart within `low`–`high`, in the order given (`wanted` ascending), with the least sum of squared
 * distances from what was wanted: blocks of labels that touch stand around their common mean (pool adjacent violators).
 * Where they do not all fit, they begin at `low` and run over `high`.
 */
export function pushApart(wanted: number[], room: number, low: number, high: number): number[] {
	const blocks: { sum: number; size: number; first: number }[] = [];
	const place = (block: { sum: number; size: number }) => {
		const mean = block.sum / block.size;
		return Math.max(low, Math.min(mean, high - (block.size - 1) * room));
	};
	wanted.forEach((at, i) => {
		// Within a block the i-th label wants to be `i` rooms above its own place, so blocks compare by their first label.
		blocks.push({ sum: at, size: 1, first: i });
		for (;;) {
			const [above, below] = [blocks.at(-2), blocks.at(-1)];
			if (!above || !below || place(above) + above.size * room <= place(below)) break;
			blocks.splice(-2, 2, {
				sum: above.sum + below.sum - below.size * above.size * room,
				size: above.size + below.size,
				first: above.first
			});
		}
	});
	return blocks.flatMap((block) => Array.from({ length: block.size }, (_, i) => place(block) + i * room));
}

export interface Label {
	id: string;
	/** Where it belongs. */
	at: number;
	/** Larger ones are kept when not all fit. */
	weight: number;
}

/** The labels that fit, placed from top to bottom, and how many do not. */
export function column(
	labels: Label[],
	room: number,
	low: number,
	high: number
): { placed: { id: string; y: number }[]; left: number } {
	const most = Math.max(1, Math.floor((high - low) / room) + 1);
	const kept = [...labels]
		.sort((a, b) => b.weight - a.weight)
		.slice(0, labels.length > most ? most - 1 : most)
		.sort((a, b) => a.at - b.at);
	const bottom = labels.length > most ? high - room : high;
	const at = pushApart(kept.map((label) => label.at), room, low, bottom); // prettier-ignore
	return { placed: kept.map(({ id }, i) => ({ id, y: at[i] ?? 0 })), left: labels.length - kept.length };
}
