import { expect, test } from 'vitest';
import { blindSince } from './blind.ts';

const at = (day: number) => new Date(Date.UTC(2026, 10, day)).toISOString();
const daily = { first: at(1), last: at(10), sightings: 10, versions: 2, recent: 10 };

test('a page whose collector cannot read it is blind since it last could', () => {
	const health = { state: 'blind', lastSuccess: Date.parse(at(9)), error: 'gone' };
	expect(blindSince(daily, health, Date.parse(at(10)))).toBe(at(9));
	expect(blindSince(daily, { ...health, state: 'fresh' }, Date.parse(at(20)))).toBeNull();
});
test('one that failed is not blind before its time', () => {
	const health = { state: 'failing', lastSuccess: Date.parse(at(9)), error: 'gone' };
	expect(blindSince(daily, health, Date.parse(at(10)))).toBeNull();
});
test('one that is pushed is blind when it stays away twice as long as usual, as it is read now', () => {
	expect(blindSince(daily, undefined, Date.parse(at(12)))).toBeNull();
	expect(blindSince(daily, undefined, Date.parse(at(13)))).toBe(at(10));
	const weekly = { ...daily, first: '2025-11-10T00:00:00.000Z', sightings: 53, recent: 2 };
	expect(blindSince(weekly, undefined, Date.parse(at(20)))).toBeNull();
	expect(blindSince({ ...weekly, sightings: 66, recent: 14 }, undefined, Date.parse(at(13)))).toBe(at(10));
});
test('an archive that tells changes alone is never silent', () => {
	expect(blindSince({ ...daily, sightings: 2 }, undefined, Date.parse(at(30)))).toBeNull();
});
