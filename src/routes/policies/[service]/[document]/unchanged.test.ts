import { expect, test } from 'vitest';
import { diffPolicies } from '#lib/domain/policies/diff.ts';
import { unchangedAround } from './unchanged.ts';

const text = (...clauses: string[]) => clauses.join('\n\n');
const around = (before: string, after: string) => {
	const { changes, stats } = diffPolicies(before, after);
	const runs = unchangedAround(before, after, changes)?.map((run) => run.map(({ text }) => text));
	return { kinds: changes.map(({ kind }) => kind), runs, unchanged: stats.unchanged };
};
const [a, b, c, d, e] = ['We keep your name.', 'Shops may write to you.', 'You can delete your account.', 'Cookies last a year.', 'Courts of the capital decide.']; // prettier-ignore

test('unchanged clauses are told where they stand, and none is lost', () => {
	const found = around(text(a, b, c, d, e), text(a, b, 'Partners receive payment tokens of orders.', c, e));
	expect(found.kinds).toEqual(['added', 'removed']);
	expect(found.runs).toEqual([[a, b], [c], [e]]);
	expect(found.unchanged).toBe(4);
});
test('what is the same throughout is one run', () => {
	expect(around(text(a, b), text(a, b)).runs).toEqual([[a, b]]);
});
test('texts that the changes do not belong to give no places', () => {
	const { changes } = diffPolicies(text(a), text(a, b));
	expect(unchangedAround(text(c), text(d), changes)).toBeNull();
});
