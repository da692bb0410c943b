/** The same change, seen by several collectors, is one. */
import { HOLD_DOUBTED, type Verdict } from './verdicts.ts';

export interface Seen {
	collector: string;
	/** When its new text was first fetched, ms. */
	at: number;
	/** Hashes of the texts. */
	before: string;
	after: string;
	verdict: Verdict;
	decidedAt: number | null;
}
export interface Folded<T extends Seen> {
	/** As the first one saw it. */
	change: T;
	/** Who saw it and when, the first one first. */
	seen: { collector: string; at: number }[];
	/** The surest of their verdicts, and when it could first be known, ms. */
	verdict: Verdict;
	decidedAt: number | null;
}

/** The surest first: what one confirms is so, whatever happened to the other's rules; what one waits for another may know. */
const SURENESS: readonly Verdict[] = ['confirmed', 'flap', 'broken', 'technical', 'pending'];

/** `changes` of one document in the order of time; those of one collector are never one, however equal: what comes and goes comes again. */
export function foldCollectors<T extends Seen>(changes: readonly T[]): Folded<T>[] {
	const all: T[][] = [];
	const open = new Map<string, T[][]>();
	for (const change of changes) {
		const key = `${change.before} ${change.after}`;
		const same = open.get(key)?.find((group) => belongs(change, group));
		if (same) {
			same.push(change);
			continue;
		}
		const group = [change];
		all.push(group);
		open.set(key, [...(open.get(key) ?? []), group]);
	}
	return all.flatMap((group) => {
		const [change] = group;
		return change
			? [{ change, seen: group.map(({ collector, at }) => ({ collector, at })), ...surest(group) }]
			: [];
	});
}

const belongs = ({ collector, at }: Seen, group: readonly Seen[]): boolean =>
	at - (group[0]?.at ?? at) <= HOLD_DOUBTED && group.every((one) => one.collector !== collector);

function surest(group: readonly Seen[]): Pick<Seen, 'verdict' | 'decidedAt'> {
	const verdict = SURENESS.find((one) => group.some((change) => change.verdict === one)) ?? 'pending';
	const decided = group.flatMap((one) =>
		one.verdict === verdict && one.decidedAt !== null ? [one.decidedAt] : []
	);
	return { verdict, decidedAt: decided.length ? Math.min(...decided) : null };
}
