import { expect, test } from 'vitest';
import { address, change, ownPath, placeOf, policyPath, readAsOf } from './addresses.ts';

test('a parameter that says nothing is not written', () => {
	expect(address('/referrals', { destination: 'harbor', grain: null, metric: '', from: undefined })).toBe(
		'/referrals?destination=harbor'
	);
});
test('a change keeps the rest of the view, and null takes a parameter out', () => {
	const url = new URL('http://telltale.test/news?q=store&language=zh');
	expect(change(url, { q: null, asOf: '2026-11-01' })).toBe('/news?language=zh&asOf=2026-11-01');
});
test('names from outside stay one segment', () => {
	expect(policyPath('A/B', '隐私 #1')).toBe('/policies/A%2FB/%E9%9A%90%E7%A7%81%20%231');
});
test('a page below a place belongs to it', () => {
	expect(placeOf('/policies/Lantern/Privacy')?.id).toBe('policies');
	expect(placeOf('/')?.id).toBe('overview');
	expect(placeOf('/nowhere')).toBeUndefined();
});
test('the as-of day is a past day that exists; today is the default', () => {
	const read = (search: string) => readAsOf(new URL(`http://telltale.test/${search}`), '2026-11-20');
	expect(read('')).toBeNull();
	expect(read('?asOf=2026-11-20')).toBeNull();
	expect(read('?asOf=2026-11-19')).toBe('2026-11-19');
	for (const wrong of ['2026-11-21', '2026-02-30', 'yesterday'])
		expect(read(`?asOf=${wrong}`)).toBeUndefined();
});
test('going back never leaves this site', () => {
	expect(ownPath('/news?q=a')).toBe('/news?q=a');
	for (const elsewhere of ['//evil.example', '/\\evil.example', 'https://evil.example', null])
		expect(ownPath(elsewhere)).toBe('/');
});
