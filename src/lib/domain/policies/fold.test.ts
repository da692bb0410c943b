import { expect, test } from 'vitest';
import { foldCollectors, type Seen } from './fold.ts';

const DAY = 86_400_000;
const change = (collector: string, day: number, more: Partial<Seen> = {}): Seen => ({
	collector,
	at: day * DAY,
	before: 'a',
	after: 'b',
	verdict: 'pending',
	decidedAt: null,
	...more
});

test('the same change seen by two collectors is one, and both are named', () => {
	const [one, ...others] = foldCollectors([change('live', 1), change('archive', 2)]);
	expect(others).toEqual([]);
	expect(one?.seen).toEqual([
		{ collector: 'live', at: DAY },
		{ collector: 'archive', at: 2 * DAY }
	]);
});
test('what one collector confirms is confirmed, since the first who could know', () => {
	const [one] = foldCollectors([
		change('live', 1),
		change('archive', 2, { verdict: 'confirmed', decidedAt: 5 * DAY }),
		change('other', 2, { verdict: 'confirmed', decidedAt: 4 * DAY })
	]);
	expect(one).toMatchObject({ verdict: 'confirmed', decidedAt: 4 * DAY });
});
test('a text that comes twice is two changes, each folded with its own', () => {
	const folded = foldCollectors([
		change('live', 1),
		change('archive', 1),
		change('live', 3),
		change('archive', 3)
	]);
	expect(folded.map(({ seen }) => seen.map(({ at }) => at / DAY))).toEqual([
		[1, 1],
		[3, 3]
	]);
});
test('other texts, and the same ones long after, are changes of their own', () => {
	expect(
		foldCollectors([change('live', 1), change('archive', 1, { after: 'c' }), change('third', 30)])
	).toHaveLength(3);
});
