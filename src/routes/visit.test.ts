import { expect, test } from 'vitest';
import { visitAt } from './visit.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

test('the first visit has none before it', () => {
	expect(visitAt(undefined, NOW)).toEqual({ last: NOW, before: null });
});
test('a visit goes on while pages are looked at, and keeps the one before', () => {
	expect(visitAt(`${NOW - 20 * MINUTE}`, NOW)).toEqual({ last: NOW, before: null });
	expect(visitAt(`${NOW - 20 * MINUTE}.${NOW - 900 * MINUTE}`, NOW)).toEqual({
		last: NOW,
		before: NOW - 900 * MINUTE
	});
});
test('after half an hour without one it is over, and the next has it before it', () => {
	expect(visitAt(`${NOW - 31 * MINUTE}.${NOW - 900 * MINUTE}`, NOW)).toEqual({
		last: NOW,
		before: NOW - 31 * MINUTE
	});
});
test('what is no time, or one to come, is as good as nothing', () => {
	for (const said of ['', 'x', '1e99', `${NOW + 1}`, '-5', '.', '1.5.7'])
		expect(visitAt(said, NOW).before).toBeNull();
	expect(visitAt(`${NOW - MINUTE}.${NOW}`, NOW).before).toBeNull();
});
