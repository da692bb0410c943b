/** How many signals that count tell of a pair of parties. */
import { pairOf } from '#lib/domain/partnerships/pairs.ts';
import type { Tally } from '#lib/server/store/signals.ts';

export interface PairSignals {
	count: number;
	/** When the last one could be known. */
	last: string;
	/** Pairs of organisations that they are about, as the page of signals asks for them. */
	keys: string;
}

/** By the two parties with a space between them; signals within one party tell of no pair. `parties`: of each organisation. */
export function signalsByPair(
	counts: readonly Pick<Tally, 'by' | 'key' | 'counting' | 'last'>[],
	parties: ReadonlyMap<string, string>
): Map<string, PairSignals> {
	const found = new Map<string, PairSignals>();
	for (const { by, key, counting, last } of counts) {
		const [a = '', b = ''] = key.split(' ').map((id) => parties.get(id) ?? id);
		if (by !== 'pair' || counting === 0 || b === '' || a === b) continue;
		const pair = pairOf(a, b).join(' ');
		const before = found.get(pair);
		found.set(pair, {
			count: counting + (before?.count ?? 0),
			last: before && before.last > last ? before.last : last,
			keys: before ? `${before.keys},${key}` : key
		});
	}
	return found;
}
