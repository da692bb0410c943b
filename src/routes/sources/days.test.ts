import { expect, test } from 'vitest';
import { daysOf, lastDays } from './days.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

test('a month ends today, over the end of another', () => {
	expect([lastDays(NOW).length, lastDays(NOW)[0], lastDays(NOW).at(-1)]).toEqual([
		30,
		'2026-01-31',
		'2026-03-01'
	]);
});

test('days without a try are empty, and what nobody goes to has no days', () => {
	const visits = [
		{ source: 'page/1', day: '2026-02-28', good: 3, failed: 1 },
		{ source: 'page/2', day: '2026-03-01', good: 1, failed: 0 }
	];
	const days = daysOf('page/1', visits, NOW);
	expect(days?.at(-2)).toEqual({ day: '2026-02-28', tries: 4, failed: 1 });
	expect(days?.at(-1)).toEqual({ day: '2026-03-01', tries: 0, failed: 0 });
	expect(daysOf('store', visits, NOW)).toBeNull();
});
