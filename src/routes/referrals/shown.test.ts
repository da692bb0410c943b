import { expect, test } from 'vitest';
import type { Series } from '#lib/domain/referrals/movement.ts';
import { fold, SMALLER } from './shown.ts';

const day = '2026-11-01';
const series = (source: string, share: number): Series => ({
	source,
	points: [{ from: day, to: day, value: share * 100, share, low: share, high: share }]
});
const all = [
	series('a', 0.4),
	series('b', 0.3),
	series('c', 0.1),
	series('d', 0.05),
	series('(unattributed)', 0.15)
];

test('the smallest become one band, so that the whole stays whole', () => {
	const { series, smaller } = fold(all, null, 4);
	expect(series.map(({ source }) => source)).toEqual(['(unattributed)', 'a', 'b', SMALLER]);
	expect(smaller).toBe(2);
	expect(series.at(-1)?.points[0]).toMatchObject({
		value: expect.closeTo(15),
		share: expect.closeTo(0.15),
		low: null
	});
});
test('the subject is never folded away, and nothing is where all fit', () => {
	expect(fold(all, 'd', 3).series.map(({ source }) => source)).toEqual(['(unattributed)', 'd', SMALLER]);
	expect(fold(all, null)).toMatchObject({ smaller: 0 });
});
