import { expect, test } from 'vitest';
import { firstWeek, stripOf, WEEKS } from './strip.ts';

const empty = { day: '2026-11-24', weeks: [], clauses: [], points: [] };

test('the strip begins on a Monday, a year and a half before the week of its day', () => {
	expect(firstWeek('2026-11-24')).toBe('2025-06-02');
	expect(firstWeek('2026-11-29')).toBe('2025-06-02');
	expect(firstWeek('2026-11-30')).toBe('2025-06-09');
});
test('bars stand on the base, the last week at the right; what is older is left out', () => {
	const { bars } = stripOf({ ...empty, weeks: [['2024-01-01', 9], ['2025-06-02', 2], ['2026-11-23', 8]] }, WEEKS, 46); // prettier-ignore
	expect(bars.map(({ x }) => x)).toEqual([0, 77]);
	expect(bars.map(({ y, height }) => y + height)).toEqual([46, 46]);
	expect((bars[1]?.height ?? 0) / (bars[0]?.height ?? 1)).toBe(4);
});
test('few texts do not look like many', () => {
	const [bar] = stripOf({ ...empty, weeks: [['2026-11-23', 1]] }, WEEKS, 46).bars;
	expect(bar?.height).toBe(8);
});
test('a gap breaks the line, and an unconfirmed clause is hollow', () => {
	const { line, marks } = stripOf(
		{
			...empty,
			points: [{ from: '2026-11-02', share: 0.1 }, { from: '2026-11-09', share: null }, { from: '2026-11-16', share: 0.1 }],
			clauses: [{ at: '2026-11-20T00:00:00.000Z', verdict: 'pending' }]
		},
		WEEKS,
		46
	); // prettier-ignore
	expect(line.match(/M/g)).toHaveLength(2);
	expect(marks).toEqual([{ x: 76.6, hollow: true }]);
});
