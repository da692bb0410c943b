import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outline, thin, type Side } from './outline.ts';

const side = (x: number, low: number, high: number): Side => ({ x, low, high });

test('an outline goes along its upper side and back along its lower one', () => {
	expect(outline([side(0, 10, 2), side(5, 10.5, 2.5), side(10, 9, 3)])).toBe(
		'M0 2l5 .5 5 .5 0 6-5 1.5-5-.5z'
	);
	expect(outline([])).toBe('');
});
test('points of one column of pixels become one, between ends that stay', () => {
	const run = [side(0, 1, 0), side(3.2, 1, 0), side(4, 3, 0), side(5, 5, 0), side(6, 7, 0), side(9, 1, 0)];
	expect(thin(run, 3).map(({ x, low }) => [x, low])).toEqual([
		[0, 1],
		[(3.2 + 4 + 5) / 3, 3],
		[6, 7],
		[9, 1]
	]);
});

const pixels = fc.double({ min: 0, max: 1000, noNaN: true });
test('roundings do not add up: every point is within a twentieth of a pixel', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(pixels, pixels, pixels), { minLength: 1, maxLength: 40 }), (points) => {
			const run = points.map(([x, low, high], i) => side(i * 2 + x / 1000, low, high));
			const wanted = [
				...run.map(({ x, high }) => [x, high]),
				...run.toReversed().map(({ x, low }) => [x, low])
			];
			const drawn = placesOf(outline(run));
			expect(drawn).toHaveLength(wanted.length);
			drawn.forEach((place, i) =>
				place.forEach((at, axis) => expect(Math.abs(at - (wanted[i]?.[axis] ?? NaN))).toBeLessThan(0.0501))
			);
		})
	);
});

/** Where a path of relative steps leads. */
function placesOf(path: string): number[][] {
	const numbers = [...path.matchAll(/-?(?:\d+(?:\.\d)?|\.\d)/g)].map(([text]) => Number(text));
	let [x, y] = [0, 0];
	return numbers.flatMap((step, i) => {
		if (i % 2 === 0) return [];
		[x, y] = [x + (numbers[i - 1] ?? 0), y + step];
		return [[x, y]];
	});
}
