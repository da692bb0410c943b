import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colourOf } from './colours.ts';
import { column, pushApart } from './labels.ts';
import { lineRuns, shareAxis } from './lines.ts';
import { linear } from './scale.ts';
import { UNATTRIBUTED, type ShareSeries } from './series.ts';
import { stackShares } from './stack.ts';
import { dayOf, gaps, nearest, periodsOf, runs, timeScale, timeTicks, type Period } from './time.ts';
import { lanes, type Version } from './timeline.ts';

const week = (from: string): Period => ({ from, to: dayOf(Date.parse(from) + 6 * 86_400_000) });
const series = (source: string, shares: [string, number | null][]): ShareSeries => ({
	source,
	name: source,
	points: shares.map(([from, share]) => ({
		...week(from),
		value: 1,
		share,
		low: share === null ? null : share * 0.9,
		high: share === null ? null : share * 1.1
	}))
});

describe('periods', () => {
	const weeks = ['2025-12-01', '2025-12-08', '2026-01-05'].map(week);
	test('a hole between periods is a gap of exactly the days that nobody has', () => {
		expect(runs(weeks).map((run) => run.length)).toEqual([2, 1]);
		expect(gaps(weeks)).toEqual([{ from: '2025-12-15', to: '2026-01-04' }]);
	});
	test('periods of several series come once each, in time order', () => {
		const all = periodsOf([{ points: weeks.slice(1) }, { points: weeks.slice(0, 2) }]);
		expect(all).toEqual(weeks);
	});
	test('reading finds the period nearest to the pointer', () => {
		expect(nearest(weeks, Date.parse('2025-12-30'))).toBe(2);
		expect(nearest([], 0)).toBe(-1);
	});
});

describe('a linear scale', () => {
	test('there and back is where one was', () => {
		fc.assert(
			fc.property(fc.integer({ min: -1e6, max: 1e6 }), (value) => {
				const scale = linear([-10, 30], [400, 0]);
				expect(scale.invert(scale(value))).toBeCloseTo(value, 6);
			})
		);
		expect(linear([5, 5], [0, 10])(5)).toBe(0);
	});
});

describe('ticks', () => {
	const ticks = (from: string, to: string, width: number) => timeTicks(timeScale([{ from, to }], [0, width]));
	test('are quarters over a year and a half, and say the year where it begins', () => {
		const found = ticks('2025-05-19', '2026-11-15', 1000);
		expect(found.map(({ at }) => dayOf(at).slice(0, 7))).toEqual([
			'2025-07',
			'2025-10',
			'2026-01',
			'2026-04',
			'2026-07',
			'2026-10'
		]);
		expect(found.map(({ year }) => year)).toEqual([true, false, true, false, false, false]);
	});
	test('are Mondays over a month and years over a decade', () => {
		expect(ticks('2026-11-01', '2026-11-30', 700).map(({ at }) => new Date(at).getUTCDay())).toEqual([
			1, 1, 1, 1, 1
		]);
		expect(ticks('2015-01-01', '2026-11-30', 1000).every(({ unit }) => unit === 'year')).toBe(true);
	});
	test('never stand closer than their labels are wide', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 40_000 }), fc.integer({ min: 160, max: 1400 }), (days, width) => {
				const scale = timeScale([{ from: '1970-01-01', to: dayOf(days * 86_400_000) }], [0, width]);
				const xs = timeTicks(scale).map(({ at }) => scale(at));
				// Months differ in length, so the mean is what is promised; none may come nearer than three quarters of it.
				return xs.slice(1).every((x, i) => x - (xs[i] ?? 0) >= 64 * 0.75);
			})
		);
	});
});

describe('the stack', () => {
	const days: [string, string] = ['2026-11-02', '2026-11-09'];
	const { bands, periods } = stackShares(
		[
			series('small', [[days[0], 0.1], [days[1], 0.15]]),
			series(UNATTRIBUTED, [[days[0], 0.3], [days[1], 0.25]]),
			series('large', [[days[0], 0.4], [days[1], 0.35]]),
			series('subject', [[days[0], 0.2], [days[1], 0.25]])
		],
		'subject'
	); // prettier-ignore
	test('has the subject on the axis, then the largest, the unattributed last', () => {
		expect(bands.map(({ source }) => source)).toEqual(['subject', 'large', 'small', UNATTRIBUTED]);
		expect(bands.map(({ kind }) => kind)).toEqual(['subject', 'context', 'context', 'unattributed']);
		expect(bands[0]?.at.get(days[1])).toMatchObject({ y0: 0, y1: 0.25 });
	});
	test('fills each period to the top, edge on edge', () => {
		for (const { from } of periods) {
			const edges = bands.map(({ at }) => at.get(from));
			expect(edges.at(-1)?.y1).toBeCloseTo(1);
			edges.slice(1).forEach((edge, i) => expect(edge?.y0).toBeCloseTo(edges[i]?.y1 ?? NaN));
		}
	});
	test('leaves a gap blank where nobody reports or the total is 0', () => {
		const holed = stackShares([series('a', [['2026-10-05', 1], ['2026-10-12', null], ['2026-10-19', 1]])], null); // prettier-ignore
		expect(holed.bands[0]?.areas.map((area) => area.length)).toEqual([3, 3]);
		expect(holed.periods).toHaveLength(2);
	});
});

describe('lines', () => {
	test('break where there is no data and keep their range', () => {
		const found = lineRuns(series('a', [['2026-10-05', 0.1], ['2026-10-12', null], ['2026-10-19', 0.2]])); // prettier-ignore
		expect(found.map((run) => run.length)).toEqual([1, 1]);
		expect(found[1]?.[0]).toMatchObject({ y: 0.2, high: expect.closeTo(0.22) });
	});
	test('the axis begins at 0, holds every share and never exceeds the whole', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }), (shares) => {
				const axis = shareAxis([series('a', shares.map((share) => ['2026-10-05', share]))], null); // prettier-ignore
				expect(axis.ticks[0]).toBe(0);
				expect(axis.top).toBeGreaterThanOrEqual(Math.max(0, ...shares) - 1e-9);
				expect(axis.top).toBeLessThanOrEqual(1);
			})
		);
	});
});

describe('labels', () => {
	const sorted = fc
		.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 20 })
		.map((list) => list.sort((a, b) => a - b));
	test('never overlap, keep their order and stay inside while there is room', () => {
		fc.assert(
			fc.property(sorted, (wanted) => {
				const placed = pushApart(wanted, 16, 0, 340);
				expect(placed).toHaveLength(wanted.length);
				placed.slice(1).forEach((y, i) => expect(y - (placed[i] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-6));
				for (const y of placed) {
					expect(y).toBeGreaterThanOrEqual(-1e-6);
					expect(y).toBeLessThanOrEqual(340 + 1e-6);
				}
			})
		);
	});
	test('that are far apart already stay where they belong', () => {
		expect(pushApart([10, 50, 90], 16, 0, 100)).toEqual([10, 50, 90]);
		expect(pushApart([48, 52], 16, 0, 100)).toEqual([42, 58]);
	});
	test('that do not fit are counted, the largest are kept', () => {
		const labels = Array.from({ length: 10 }, (_, i) => ({ id: `s${i}`, at: i, weight: i }));
		const { placed, left } = column(labels, 20, 0, 80);
		expect(placed.map(({ id }) => id)).toEqual(['s6', 's7', 's8', 's9']);
		expect(left).toBe(6);
	});
});

describe('colours', () => {
	const sources = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
	test('are told apart as far as there are hues, the rest is grey', () => {
		const colour = colourOf(sources, null);
		const fills = sources.map((source) => colour(source).fill);
		expect(new Set(fills.slice(0, 7)).size).toBe(7);
		expect(fills.slice(7)).toEqual(['var(--axis)', 'var(--axis)']);
	});
	test('stay with their source whoever the subject is', () => {
		const [one, other] = [colourOf(sources, 'a'), colourOf(sources, 'b')];
		expect(one('c')).toEqual(other('c'));
		expect(one('a').fill).toBe('var(--subject)');
	});
});

describe('the timeline', () => {
	const scale = timeScale([{ from: '2026-01-01', to: '2026-12-31' }], [0, 1000]);
	const version = (id: string, day: string, verdict: Version['verdict']): Version => ({
		id,
		at: Date.parse(day),
		verdict,
		label: id,
		title: id
	});
	test('has a lane a verdict that occurs, in a fixed order', () => {
		const found = lanes(
			[version('v2', '2026-03-01', 'pending'), version('v1', '2026-02-01', 'confirmed')],
			scale,
			1000
		);
		expect(found.map(({ verdict }) => verdict)).toEqual(['confirmed', 'pending']);
	});
	test('puts a label left where the next mark takes the right, and leaves it out where both are taken', () => {
		const days = ['2026-06-01', '2026-06-04', '2026-06-07'];
		const [lane] = lanes(days.map((day, i) => version(`v${i}`, day, 'confirmed')), scale, 1000); // prettier-ignore
		expect(lane?.marks.map(({ side }) => side)).toEqual(['left', null, 'right']);
	});
});
