import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareRanges, studentQuantile, wilson } from './interval.ts';
import type { Observation } from './observations.ts';
import { GRAINS, periodEnd, periodOf } from './periods.ts';
import { sharesOf } from './shares.ts';
import type { ShareLine } from './shares.ts';

const seen = (source: string, from: string, value: number, more: Partial<Observation> = {}): Observation => ({
	provider: 'site',
	destination: 'shop',
	source,
	from,
	to: from,
	value,
	...more
});
const visits = { metric: 'visits', grain: 'day' } as const;
const brief = (lines: ShareLine[]) =>
	lines.map(({ source, period, days, value, share }) => [source, period, days, value, share]);

describe('periods', () => {
	it('begin weeks on Monday and end months on their last day', () => {
		expect([periodOf('2024-12-29', 'week'), periodOf('2024-12-30', 'week')]).toEqual([
			'2024-12-23',
			'2024-12-30'
		]);
		expect(periodEnd('2024-12-30', 'week')).toBe('2025-01-05');
		expect(periodEnd('2024-02-01', 'month')).toBe('2024-02-29');
		expect([periodOf('1969-12-31', 'week'), periodOf('2025-03-09', 'month')]).toEqual([
			'1969-12-29',
			'2025-03-01'
		]);
	});

	it('hold every day exactly once', () => {
		const days = fc.date({ min: new Date('1970-01-05'), max: new Date('2100-01-01'), noInvalidDate: true });
		fc.assert(
			fc.property(days, fc.constantFrom(...GRAINS), (date, grain) => {
				const day = date.toISOString().slice(0, 10);
				const first = periodOf(day, grain);
				expect(first <= day && day <= periodEnd(first, grain)).toBe(true);
				expect(periodOf(periodEnd(first, grain), grain)).toBe(first);
			})
		);
	});
});

describe('shares', () => {
	it('are the part of each source, with what cannot be told apart as one slice', () => {
		const list = [
			seen('app', '2025-01-01', 25),
			seen('(direct)', '2025-01-01', 50),
			seen('Unassigned', '2025-01-01', 25)
		];
		expect(brief(sharesOf(list, visits))).toEqual([
			['(unattributed)', '2025-01-01', 1, 75, 0.75],
			['app', '2025-01-01', 1, 25, 0.25]
		]);
	});

	it('count the highest revision whatever the order, and of equal ones the later', () => {
		const list = [
			seen('a', '2025-01-01', 10, { revision: 2 }),
			seen('a', '2025-01-01', 99, { revision: 1 }),
			seen('b', '2025-01-01', 1),
			seen('b', '2025-01-01', 30)
		];
		expect(brief(sharesOf(list, visits)).map(([, , , value]) => value)).toEqual([10, 30]);
	});

	it('are made of observations of the whole period, or else of its single days, never of both', () => {
		const week = [
			seen('a', '2025-01-06', 700, { to: '2025-01-12' }),
			seen('a', '2025-01-07', 5),
			seen('b', '2025-01-08', 5)
		];
		expect(brief(sharesOf(week, { metric: 'visits', grain: 'week' }))).toEqual([
			['a', '2025-01-06', 7, 700, 1]
		]);
		expect(brief(sharesOf(week.slice(1), { metric: 'visits', grain: 'week' }))).toEqual([
			['a', '2025-01-06', 2, 5, 0.5],
			['b', '2025-01-06', 2, 5, 0.5]
		]);
	});

	it('add no days of users or visitors, and tell nothing of windows that span no period', () => {
		const days = [seen('a', '2025-01-06', 5), seen('a', '2025-01-07', 5)];
		expect(sharesOf(days, { metric: 'users', grain: 'week' })).toEqual([]);
		expect(
			sharesOf([seen('a', '2025-01-06', 5, { to: '2025-01-19' })], { metric: 'visits', grain: 'week' })
		).toEqual([]);
	});

	it('are null where the total is 0', () => {
		expect(sharesOf([seen('a', '2025-01-01', 0)], visits)).toMatchObject([
			{ value: 0, share: null, low: null, high: null }
		]);
	});

	it('keep providers and destinations apart', () => {
		const list = [seen('a', '2025-01-01', 5), seen('a', '2025-01-01', 7, { provider: 'panel' }), seen('a', '2025-01-01', 9, { destination: 'mall' })]; // prettier-ignore
		expect(sharesOf(list, visits).map(({ share }) => share)).toEqual([1, 1, 1]);
	});

	const day = fc.integer({ min: 1, max: 28 }).map((n) => `2025-02-${String(n).padStart(2, '0')}`);
	const observation = fc
		.record({ source: fc.constantFrom('a', 'b', '(direct)', '(other)'), day, value: fc.double({ min: 0, max: 1e9, noNaN: true }), revision: fc.nat(3) })
		.map(({ source, day, value, revision }) => seen(source, day, value, { revision })); // prettier-ignore
	const observations = fc.uniqueArray(observation, {
		selector: ({ source, from, revision }) => `${source} ${from} ${revision}`
	});

	it('of a period add up to 1, each within its range and all within 0 and 1', () => {
		fc.assert(
			fc.property(
				observations,
				fc.constantFrom(...GRAINS),
				fc.constantFrom('visits', 'revenue'),
				(list, grain, metric) => {
					const lines = sharesOf(list, { metric, grain });
					for (const { share, low, high } of lines)
						if (share !== null && low !== null && high !== null)
							expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true);
						else expect([share, low, high]).toEqual([null, null, null]);
					for (const of of Map.groupBy(
						lines.filter(({ share }) => share !== null),
						({ period }) => period
					).values())
						expect(of.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 9);
				}
			)
		);
	});

	it('do not depend on the order of observations, nor on repeats', () => {
		fc.assert(
			fc.property(observations, fc.constantFrom(...GRAINS), (list, grain) => {
				const again = [...list, ...list].reverse();
				expect(sharesOf(again, { metric: 'visits', grain })).toEqual(
					sharesOf(list, { metric: 'visits', grain })
				);
			})
		);
	});
});

describe('the range of a share', () => {
	it('of counts without scatter is that of Wilson', () => {
		const { low, high } = wilson(0.1, 100); // Newcombe (1998) gives .0552 to .1744 for 10 of 100
		expect([low, high]).toEqual([expect.closeTo(0.0552, 4), expect.closeTo(0.1744, 4)]);
		const [range] = shareRanges({ value: [10], total: [100], season: null }, { counts: true });
		expect(range).toEqual({ share: 0.1, low, high });
	});

	it('is everything where one period of money is all that is known', () => {
		expect(shareRanges({ value: [3], total: [10], season: null }, { counts: false })).toEqual([
			{ share: 0.3, low: 0, high: 1 }
		]);
	});

	it('does not depend on the unit of money', () => {
		const value = Array.from({ length: 60 }, (_, i) => 200 + ((i * 37) % 50));
		const total = value.map((v, i) => 2 * v + ((i * 53) % 90));
		const season = value.map((_, i) => i % 7);
		const euros = shareRanges({ value, total, season }, { counts: false });
		const cents = shareRanges(
			{ value: value.map((v) => v * 100), total: total.map((v) => v * 100), season },
			{ counts: false }
		);
		for (const [i, { low, high }] of euros.entries())
			expect(cents[i]).toMatchObject({
				low: expect.closeTo(low ?? 0, 9),
				high: expect.closeTo(high ?? 0, 9)
			});
	});

	it('grows with the scatter, but not with a season that returns every week', () => {
		const season = Array.from({ length: 70 }, (_, i) => i % 7);
		const total = season.map(() => 1000);
		const width = (value: number[]) => {
			const ranges = shareRanges({ value, total, season }, { counts: true });
			return ranges.reduce((sum, { low, high }) => sum + (high ?? 0) - (low ?? 0), 0) / ranges.length;
		};
		const calm = width(season.map(() => 200));
		expect(width(season.map((day) => (day > 4 ? 260 : 200)))).toBeLessThan(calm * 1.15);
		expect(width(season.map((_, i) => ((i * 31) % 10 > 4 ? 260 : 140)))).toBeGreaterThan(calm * 1.5);
	});

	it('uses quantiles of Student that are near the tables', () => {
		expect([1, 2, 5, 30].map(studentQuantile)).toEqual([12.706204736, expect.closeTo(4.303, 0), expect.closeTo(2.571, 2), expect.closeTo(2.042, 3)]); // prettier-ignore
	});
});
