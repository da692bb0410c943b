import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
	discs,
	laneHeight,
	lanesHeight,
	placeLanes,
	RADIUS,
	sinceTicks,
	sparkOf,
	spreadScale,
	swarm,
	type SpreadLane
} from './spread.ts';
import { linear } from './scale.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-16T06:12:00Z');
const lane = (id: string, hours: number[], more: Partial<SpreadLane> = {}): SpreadLane => ({
	id,
	name: id,
	note: '',
	report: { at: START, kind: 'first' },
	marks: hours.map((hour) => ({ at: START + hour * HOUR, kind: 'names', from: 'report' })),
	...more
});

describe('a swarm', () => {
	it('has its marks as near to the middle as can be, and none touches another or the report', () => {
		const radius = RADIUS.mark;
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 40 }), (values) => {
				const xs = values.sort((a, b) => a - b);
				const around = { x: 0, radius: RADIUS.report };
				const ys = swarm(xs, { radius, half: 10_000, around });
				const all = [
					{ x: 0, y: 0, r: around.radius },
					...xs.map((x, i) => ({ x, y: ys[i] ?? NaN, r: radius }))
				];
				for (const [i, a] of all.entries())
					for (const b of all.slice(i + 1))
						expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.r + b.r - 1e-3);
			})
		);
		expect(swarm([50, 100], { radius, half: 20, around: null })).toEqual([0, 0]);
	});

	it('stays within its lane, however many marks there are', () => {
		const xs = Array.from({ length: 500 }, (_, i) => i / 50);
		expect(Math.max(...swarm(xs, { radius: 4, half: 30, around: null }).map(Math.abs))).toBeLessThanOrEqual(
			30
		);
	});
});

test('lanes lie one under the other, as high as they were said to be, and what is back-dated has a line of its own', () => {
	const late = {
		at: START + 20 * HOUR,
		kind: 'words' as const,
		from: 'report' as const,
		backDated: 'says 12 Nov'
	};
	const lanes = [lane('a', [1, 2, 3]), lane('b', [5], { marks: [late] })];
	const scale = spreadScale(lanes, [190, 1000]);
	const placed = placeLanes(lanes, scale, { top: 24, right: 1000, narrow: false });
	expect(placed.map(({ top }) => top)).toEqual([24, 24 + laneHeight(lanes[0] as SpreadLane, false)]);
	expect(lanesHeight(lanes, false)).toBe(placed.reduce((sum, { height }) => sum + height, 0));
	expect(placed[1]?.swarm).toEqual([]);
	expect(placed[1]?.flags).toMatchObject([{ words: 'says 12 Nov', side: 'left' }]);
	expect(scale(START)).toBe(190);
});

test('ticks are whole steps after the first report that do not touch', () => {
	const ticks = (hours: number) =>
		sinceTicks(linear([START, START + hours * HOUR], [0, 900]), 90).map((ms) => ms / HOUR);
	expect(ticks(4 * 24)).toEqual([12, 24, 48, 72, 96]);
	expect(ticks(1)).toEqual([10, 20, 30, 40, 50, 60].map((minutes) => minutes / 60));
	expect(ticks(24 * 365).length).toBeLessThanOrEqual(10);
});

test('a spark has a bar for every time with articles, and is not stretched by one that is back-dated', () => {
	const { bars, roots } = sparkOf(
		[START - 900 * HOUR, START, START + HOUR, START + 10 * HOUR],
		[START, START + 5 * HOUR],
		{
			width: 132,
			height: 20
		}
	);
	expect(bars.split('M').length - 1).toBe(3);
	expect(roots).toEqual([4, 66]);
	expect(sparkOf([], [], { width: 132, height: 20 })).toEqual({ bars: '', roots: [] });
});

test('many discs are one shape', () => {
	expect(discs([{ x: 10, y: 5 }, { x: 20, y: 5 }], 2).split('Z')).toHaveLength(3); // prettier-ignore
});
