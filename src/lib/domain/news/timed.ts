/** Lists in the order of time: what a sliding window over a stream that is not quite in order is made of. */

export interface Timed {
	/** Milliseconds. */
	readonly at: number;
	/** Decides between two of one time, so that a list is the same however it came to be. */
	readonly id: string | number;
}

const isBefore = (a: Timed, b: Timed) => a.at < b.at || (a.at === b.at && a.id < b.id);

/** Puts an item at its place: at the end, mostly; thousands may be of one time, where a source tells the day alone. */
export function insert<T extends Timed>(list: T[], item: T): void {
	let [low, high] = [0, list.length];
	const last = list.at(-1);
	if (!last || !isBefore(item, last)) low = high;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isBefore(item, list[middle] as T)) high = middle;
		else low = middle + 1;
	}
	if (low === list.length) list.push(item);
	else list.splice(low, 0, item);
}

/** Takes an item out. */
export function remove<T extends Timed>(list: T[], item: T): void {
	const at = list.indexOf(item, firstFrom(list, item.at));
	if (at >= 0) list.splice(at, 1);
}

/** Index of the first item at `time` or later. */
export function firstFrom(list: readonly Timed[], time: number): number {
	let [low, high] = [0, list.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((list[middle]?.at ?? Infinity) < time) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Items from the time `from` to the time `to`, both included, as the indices where they begin and end. */
export function between(list: readonly Timed[], from: number, to: number): [start: number, end: number] {
	const [first, last] = [list[0], list.at(-1)];
	if (!first || !last) return [0, 0];
	return [
		first.at >= from ? 0 : firstFrom(list, from),
		last.at <= to ? list.length : firstFrom(list, to + 1)
	];
}
