/** A timeline's marks: what came and went in a row is one, so that it does not hide what stands. */
import type { Version } from './versions.ts';

export interface Group<V> {
	/** The first of it, and the last; the same where nothing is folded. */
	first: V;
	last: V;
	/** Changes in it. */
	size: number;
}

const cameToNothing = ({ verdict }: Pick<Version, 'verdict'>): boolean => verdict === 'flap';

/** `versions` in the order of reading. */
export function folded<V extends Pick<Version, 'verdict'>>(versions: readonly V[]): Group<V>[] {
	const groups: Group<V>[] = [];
	for (const version of versions) {
		const open = groups.at(-1);
		if (open && cameToNothing(version) && cameToNothing(open.last)) {
			open.last = version;
			open.size++;
		} else groups.push({ first: version, last: version, size: 1 });
	}
	return groups;
}

/** The steps of `[` and `]` from `number`: changes that stand, or may. */
export function stepsAround<V extends Pick<Version, 'verdict' | 'number'>>(
	versions: readonly V[],
	number: number
): { before: V | undefined; after: V | undefined; place: number; of: number } {
	const steps = versions.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'pending');
	const earlier = steps.filter((version) => version.number < number);
	return {
		before: earlier.at(-1),
		after: steps.find((version) => version.number > number),
		place: steps.some((version) => version.number === number) ? earlier.length + 1 : 0,
		of: steps.length
	};
}
