import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linear } from './scale.ts';
import { placed, type LaneMark } from './signalLanes.ts';

const mark = (at: number): LaneMark => ({ id: String(at), at, type: 'talks', title: '', href: '' });
const scale = linear([0, 1000], [0, 500]);

test('marks stand at their time where there is room, and side by side where there is none', () => {
	expect(placed([mark(800), mark(100)], scale).map(({ x }) => x)).toEqual([50, 400]);
	const [a, b, c] = placed([mark(500), mark(501), mark(502)], scale).map(({ x }) => x);
	expect([(b ?? 0) - (a ?? 0), (c ?? 0) - (b ?? 0)]).toEqual([13, 13]);
});

test('none stands far from its time, or changes places with another', () => {
	fc.assert(
		fc.property(fc.array(fc.nat(1000), { maxLength: 120 }), (times) => {
			const marks = placed(times.map(mark), scale);
			expect(marks.map(({ at }) => at)).toEqual(times.toSorted((a, b) => a - b));
			marks.forEach(({ x }, i) => {
				expect(Math.abs(x - scale(marks[i]?.at ?? 0))).toBeLessThanOrEqual(20 + 1e-6);
				expect(x).toBeGreaterThanOrEqual((marks[i - 1]?.x ?? 0) - 1e-6);
			});
		})
	);
});
