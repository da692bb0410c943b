import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folded } from './folds.ts';

const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

test('the newest twelve stand, older ones are folded between those that stay', () => {
	const lines = folded(numbers(20), (n) => n === 15);
	expect(lines.slice(12)).toEqual([{ folded: [12, 13, 14] }, { row: 15 }, { folded: [16, 17, 18, 19] }]);
});

test('a single row is not worth a fold', () => {
	expect(folded(numbers(13), () => false).at(-1)).toEqual({ row: 12 });
});

test('no row is lost, none moves, none that stays is folded', () => {
	fc.assert(
		fc.property(fc.nat(60), fc.nat(9), (n, every) => {
			const stays = (row: number) => row % (every + 1) === 0;
			const lines = folded(numbers(n), stays);
			expect(lines.flatMap((line) => ('row' in line ? [line.row] : line.folded))).toEqual(numbers(n));
			for (const line of lines) if ('folded' in line) expect(line.folded.some(stays)).toBe(false);
		})
	);
});
