import { expect, test } from 'vitest';
import { folded, stepsAround } from './marks.ts';
import type { Version } from './versions.ts';

const all = (['confirmed', 'flap', 'flap', 'flap', 'technical', 'flap', 'pending'] as const).map(
	(verdict, i): Pick<Version, 'verdict' | 'number'> => ({ verdict, number: i + 2 })
);

test('what came and went in a row is one mark', () => {
	expect(folded(all).map(({ first, last, size }) => [first.number, last.number, size])).toEqual([[2, 2, 1], [3, 5, 3], [6, 6, 1], [7, 7, 1], [8, 8, 1]]); // prettier-ignore
});
test('steps go over what came to nothing, also from it', () => {
	expect(stepsAround(all, 8)).toMatchObject({ before: { number: 2 }, after: undefined, place: 2, of: 2 });
	expect(stepsAround(all, 4)).toMatchObject({ before: { number: 2 }, after: { number: 8 }, place: 0 });
});
