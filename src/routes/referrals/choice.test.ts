import { expect, test } from 'vitest';
import { choose, grainsOf, type Charted } from './choice.ts';

const charted = (more: Partial<Charted>): Charted => ({
	destination: 'harbor',
	metric: 'new_users',
	provider: 'panel',
	first: '2025-05-19',
	last: '2026-11-15',
	observations: 100,
	spans: [1],
	...more
});
const all = [
	charted({}),
	charted({ metric: 'orders', observations: 400 }),
	charted({ provider: 'other', observations: 5, spans: [30, 31] }),
	charted({ destination: 'tilework', observations: 20 })
];
const chosen = (query = '') => choose(all, new URLSearchParams(query))?.choice;

test('an address that says nothing shows what is observed most, by the metric that tells most', () => {
	expect(chosen()).toMatchObject({
		destination: 'harbor',
		metric: 'new_users',
		provider: 'panel',
		grain: 'week',
		by: 'source'
	});
	expect(choose([], new URLSearchParams())).toBeNull();
	expect(choose(all, new URLSearchParams(), 'tilework')?.choice.destination).toBe('tilework');
});
test('what an address says is followed as far as there is data', () => {
	expect(chosen('provider=other')).toMatchObject({ provider: 'other', grain: 'month' });
	expect(chosen('destination=tilework&metric=orders&grain=year&from=2026-02-30')).toMatchObject({
		destination: 'tilework',
		metric: 'new_users',
		grain: 'week',
		from: null
	});
});
test('days make weeks and months, except of people, who would be counted twice', () => {
	expect(grainsOf({ spans: [1], metric: 'visits' })).toEqual(['day', 'week', 'month']);
	expect(grainsOf({ spans: [1], metric: 'users' })).toEqual(['day']);
	expect(grainsOf({ spans: [7, 30], metric: 'users' })).toEqual(['week', 'month']);
});
test('a short history is shown by days', () => {
	const short = [charted({ first: '2026-11-01', last: '2026-11-20' })];
	expect(choose(short, new URLSearchParams())?.choice.grain).toBe('day');
});
