import { expect, test } from 'vitest';
import { mostMoved, movements, type Series } from './movement.ts';

const series = (source: string, shares: [string, number | null][], doubt = 0.01): Series => ({
	source,
	points: shares.map(([from, share]) => ({
		from,
		to: from,
		value: 1,
		share,
		low: share === null ? null : share - doubt,
		high: share === null ? null : share + doubt
	}))
});
const [d1, d2] = ['2026-11-01', '2026-11-02'];

test('the source that moved most beyond its range is the one to tell of, up or down', () => {
	const all = [series('up', [[d1, 0.1], [d2, 0.25]]), series('down', [[d1, 0.5], [d2, 0.3]]), series('large', [[d1, 0.4], [d2, 0.405]])]; // prettier-ignore
	expect(mostMoved(all)).toMatchObject({ source: 'down', change: expect.closeTo(-0.2), moved: true });
});
test('where nobody left their range it is the largest, and it did not move', () => {
	const all = [series('a', [[d1, 0.1], [d2, 0.2]], 0.3), series('b', [[d1, 0.6], [d2, 0.55]], 0.3)]; // prettier-ignore
	expect(mostMoved(all)).toMatchObject({ source: 'b', moved: false });
});
test('nobody moves who is not reported in the last period, nor does what cannot be told apart', () => {
	const all = [series('gone', [[d1, 0.9]]), series('(unattributed)', [[d1, 0.1], [d2, 0.9]]), series('here', [[d1, null], [d2, 0.1]])]; // prettier-ignore
	expect(movements(all).map(({ source }) => source)).toEqual(['here']);
	expect(movements(all)[0]?.moved).toBe(false);
	expect(mostMoved([])).toBeNull();
});
