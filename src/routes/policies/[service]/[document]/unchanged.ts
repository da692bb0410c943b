/** The clauses that did not change: those before each change, and those after the last. */
import { clausesOf, type Clause } from '#lib/domain/policies/clauses.ts';
import type { Change, Passage } from '#lib/domain/policies/diff.ts';

/** `changes` in the order of the comparison. Null where the clauses of the changes are not found in the texts. */
export function unchangedAround(
	before: string,
	after: string,
	changes: readonly Change[]
): Passage[][] | null {
	const old = placesOf(clausesOf(before), changes.map((change) => change.before)); // prettier-ignore
	const now = placesOf(clausesOf(after), changes.map((change) => change.after)); // prettier-ignore
	if (!old || !now || old.unchanged.length !== now.unchanged.length) return null;
	let told = 0;
	const runs = changes.map(({ after }, i) => {
		const passed = Math.max(told, (after ? now : old).passed[i] ?? told);
		const run = now.unchanged.slice(told, passed);
		told = passed;
		return run;
	});
	return [...runs, now.unchanged.slice(told)];
}

/** How many unchanged clauses stand before each passage, and which they are. */
function placesOf(
	clauses: readonly Clause[],
	passages: readonly (Passage | undefined)[]
): { passed: (number | undefined)[]; unchanged: Passage[] } | null {
	const places = new Map<string, number[]>();
	clauses.forEach(({ text }, i) => places.set(text, [...(places.get(text) ?? []), i]));
	const changed = new Set<number>();
	const starts: (number | undefined)[] = [];
	for (const passage of passages) {
		const found = (passage?.text.split('\n') ?? []).map((text) => {
			const free = (places.get(text) ?? []).filter((i) => !changed.has(i));
			const place = free.find((i) => clauses[i]?.heading === passage?.heading) ?? free[0];
			if (place !== undefined) changed.add(place);
			return place;
		});
		if (found.includes(undefined)) return null;
		starts.push(found[0]);
	}
	const before: number[] = [];
	const unchanged: Passage[] = [];
	clauses.forEach(({ heading, text }, i) => {
		before.push(unchanged.length);
		if (!changed.has(i)) unchanged.push({ heading, text });
	});
	return { passed: starts.map((start) => (start === undefined ? undefined : before[start])), unchanged };
}
