/**
 * Which elements of two sequences are the same: anchors that are unique on both sides, on the heaviest rising chain (patience, after
 * Bram Cohen), and between them Myers' shortest edit script (1986) up to a limit. Never more than about n log n + limit² steps.
 */

/** Index pairs (before, after), both rising. */
export type Pairs = [number, number][];

/** Edits above which a stretch without anchors is called altogether different. */
const MOST_EDITS = 1000;

interface Stretch {
	from: number;
	to: number;
	start: number;
	end: number;
}

/** Pairs of equal elements. `weight`: how much it is worth to keep an element of `before` in place. */
export function align(
	before: readonly string[],
	after: readonly string[],
	weight: (i: number) => number
): Pairs {
	const pairs: Pairs = [];
	const open: Stretch[] = [{ from: 0, to: before.length, start: 0, end: after.length }];
	for (let stretch = open.pop(); stretch; stretch = open.pop()) {
		const { from, to, start, end } = trimmed(before, after, stretch, pairs);
		if (from >= to || start >= end) continue;
		const anchors = heaviest(unique(before, after, { from, to, start, end }), weight);
		if (anchors.length === 0) {
			pairs.push(...repeats(before, after, { from, to, start, end }));
			continue;
		}
		let [i, j] = [from, start];
		for (const [x, y] of anchors) {
			pairs.push([x, y]);
			open.push({ from: i, to: x, start: j, end: y });
			[i, j] = [x + 1, y + 1];
		}
		open.push({ from: i, to, start: j, end });
	}
	return pairs.sort((a, b) => a[0] - b[0]);
}

/** Pairs off what is equal at both ends of a stretch. */
function trimmed(
	before: readonly string[],
	after: readonly string[],
	stretch: Stretch,
	pairs: Pairs
): Stretch {
	let { from, to, start, end } = stretch;
	while (from < to && start < end && before[from] === after[start]) pairs.push([from++, start++]);
	while (from < to && start < end && before[to - 1] === after[end - 1]) pairs.push([--to, --end]);
	return { from, to, start, end };
}

/** Pairs of elements that occur once on each side of a stretch, in order of `before`. */
function unique(
	before: readonly string[],
	after: readonly string[],
	{ from, to, start, end }: Stretch
): Pairs {
	const places = (list: readonly string[], low: number, high: number) => {
		const at = new Map<string, number>();
		for (let i = low; i < high; i++) at.set(list[i] ?? '', at.has(list[i] ?? '') ? -1 : i);
		return at;
	};
	const there = places(after, start, end);
	const pairs: Pairs = [];
	for (const [key, i] of places(before, from, to)) {
		const j = there.get(key) ?? -1;
		if (i >= 0 && j >= 0) pairs.push([i, j]);
	}
	return pairs.sort((a, b) => a[0] - b[0]);
}

/** Pairs in a stretch whose common elements all occur more than once; what only one side has is not looked at. */
function repeats(before: readonly string[], after: readonly string[], stretch: Stretch): Pairs {
	const { from, to, start, end } = stretch;
	const [old, now] = [new Set(before.slice(from, to)), new Set(after.slice(start, end))];
	const places = (list: readonly string[], low: number, high: number, other: ReadonlySet<string>) => {
		const found: number[] = [];
		for (let i = low; i < high; i++) if (other.has(list[i] ?? '')) found.push(i);
		return found;
	};
	const left = places(before, from, to, now);
	const right = places(after, start, end, old);
	if (left.length === 0) return [];
	const edit = shortestEdit(left.map((i) => before[i] ?? ''), right.map((j) => after[j] ?? '')); // prettier-ignore
	return (edit ?? []).map(([i, j]) => [left[i] ?? 0, right[j] ?? 0]);
}

/** The chain of pairs that rises on both sides and weighs most, by a tree of best sums over ranks (Fenwick 1994). */
function heaviest(pairs: Pairs, weight: (i: number) => number): Pairs {
	const rank = new Map([...pairs].sort((a, b) => a[1] - b[1]).map(([, j], k) => [j, k + 1]));
	const best = new Int32Array(pairs.length + 1).fill(-1); // node -> pair with the best chain below it
	const sums = new Float64Array(pairs.length);
	const previous = new Int32Array(pairs.length).fill(-1);
	const sum = (k: number) => (k < 0 ? 0 : (sums[k] ?? 0));
	let top = -1;
	for (const [k, [i, j]] of pairs.entries()) {
		const place = rank.get(j) ?? 0;
		let below = -1;
		for (let node = place - 1; node > 0; node -= node & -node)
			if (sum(best[node] ?? -1) > sum(below)) below = best[node] ?? -1;
		sums[k] = sum(below) + weight(i);
		previous[k] = below;
		for (let node = place; node <= pairs.length; node += node & -node)
			if (sum(k) > sum(best[node] ?? -1)) best[node] = k;
		if (sum(k) > sum(top)) top = k;
	}
	const chain: Pairs = [];
	for (let k = top; k >= 0; k = previous[k] ?? -1) {
		const pair = pairs[k];
		if (pair) chain.push(pair);
	}
	return chain.reverse();
}

/** Pairs of a longest common subsequence by the fewest edits; null where more than `most` edits are needed. */
export function shortestEdit(
	before: readonly string[],
	after: readonly string[],
	most = MOST_EDITS
): Pairs | null {
	const limit = Math.min(before.length + after.length, most);
	const reach = new Int32Array(2 * limit + 3);
	const at = (k: number) => reach[k + limit + 1] ?? 0;
	const trace: Int32Array[] = [];
	for (let d = 0; d <= limit; d++) {
		for (let k = -d; k <= d; k += 2) {
			let x = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
			while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
			reach[k + limit + 1] = x;
			if (x >= before.length && x - k >= after.length)
				return backwards(trace, d, before.length, after.length);
		}
		trace.push(reach.slice(limit + 1 - d, limit + 2 + d)); // how far each diagonal -d…d came with d edits
	}
	return null;
}

function backwards(trace: readonly Int32Array[], edits: number, x: number, y: number): Pairs {
	const pairs: Pairs = [];
	for (let d = edits; d > 0; d--) {
		const row = trace[d - 1];
		const came = (k: number) => (Math.abs(k) > d - 1 ? -1 : (row?.[k + d - 1] ?? -1));
		const k = x - y;
		const down = k === -d || (k !== d && came(k - 1) < came(k + 1));
		const from = down ? came(k + 1) : came(k - 1);
		const turn = down ? from : from + 1; // where the edit landed; from there on both sides are equal
		while (x > turn) pairs.push([--x, --y]);
		[x, y] = down ? [from, from - k - 1] : [from, from - k + 1];
	}
	while (x > 0 && y > 0) pairs.push([--x, --y]);
	return pairs.reverse();
}
