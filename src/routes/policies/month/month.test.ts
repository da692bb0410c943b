import { expect, test } from 'vitest';
import { monthOf, shifted } from './month.ts';

test('an address that says no month shows the one of the day, and none that is to come', () => {
	expect(monthOf(null, '2026-11-24')).toBe('2026-11');
	expect(monthOf('2026-02', '2026-11-24')).toBe('2026-02');
	expect(monthOf('2026-12', '2026-11-24')).toBeUndefined();
	expect(monthOf('2026-13', '2027-11-24')).toBeUndefined();
});
test('months follow each other over the turn of a year', () => {
	expect(shifted('2026-12', 1)).toBe('2027-01');
	expect(shifted('2026-01', -1)).toBe('2025-12');
});
