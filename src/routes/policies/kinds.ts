/** What changed in words, by kind; what did not is not said. */
import { m } from '#lib/paraglide/messages.js';
import type { PolicyDiff } from '#lib/domain/policies/diff.ts';

export function kindsOf({ added, removed, modified, moved, split, merged }: PolicyDiff['stats']): string {
	const reworded = modified + moved + split + merged;
	const all = [
		...(added ? [m.clauses_added({ n: added })] : []),
		...(removed ? [m.clauses_removed({ n: removed })] : []),
		...(reworded ? [m.clauses_modified({ n: reworded })] : [])
	];
	return all.length ? all.join(m.comma()) : m.no_clauses();
}
