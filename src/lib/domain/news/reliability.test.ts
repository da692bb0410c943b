import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { HORIZON, judge, priorOf, tracksOf, type Announcement, type Claim } from './reliability.ts';

const DAY = 86_400_000;
const pair = ['harbor', 'lantern'] as const;
const claim = (publisher: string, day: number, of: readonly [string, string] = pair): Claim => ({ publisher, pair: of, at: day * DAY }); // prettier-ignore
const came = (day: number, of: readonly [string, string] = pair): Announcement => ({ pair: of, at: day * DAY }); // prettier-ignore

test('the starter list knows a publisher by any of its names, and nobody else', () => {
	expect(priorOf('Reuters')).toBe('A');
	expect(priorOf('路透社')).toBe('A');
	expect(priorOf('The Wall Street Journal')).toBe(priorOf('WSJ'));
	expect(priorOf('虎嗅')).toBe('C');
	expect(priorOf('A blog that nobody knows')).toBe('F');
});

describe('the record of a publisher', () => {
	it('is right about a pair that was announced after its report, by so many days', () => {
		expect(tracksOf([claim('Tidewire', 10)], [came(21)], 30 * DAY).get('tidewire')).toEqual({
			right: 1, wrong: 0, daysEarly: 11
		}); // prettier-ignore
	});
	it('counts a pair once, however often it was reported, and again after it was resolved', () => {
		const often = [claim('Tidewire', 10), claim('Tidewire', 12), claim('Tidewire', 40)];
		expect(tracksOf(often, [came(21), came(50)], 60 * DAY).get('tidewire')?.right).toBe(2);
	});
	it('knows nothing of a report that came after the announcement, until its time is over', () => {
		expect(tracksOf([claim('Tidewire', 22)], [came(21)], 30 * DAY).size).toBe(0);
		expect(tracksOf([claim('Tidewire', 22)], [came(21)], 22 * DAY + HORIZON + 1).get('tidewire')).toMatchObject({ right: 0, wrong: 1 }); // prettier-ignore
	});
	it('does not use what was resolved later than the day that is asked about', () => {
		expect(tracksOf([claim('Tidewire', 10)], [came(21)], 20 * DAY).size).toBe(0);
	});
	it('does not depend on the order in which reports are given', () => {
		const days = fc.array(fc.record({ who: fc.constantFrom('a', 'b'), day: fc.integer({ min: 0, max: 900 }) }), { maxLength: 12 }); // prettier-ignore
		fc.assert(
			fc.property(days, fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 4 }), (reports, ends) => {
				const claims = reports.map(({ who, day }) => claim(who, day));
				const read = (list: Claim[]) =>
					[...tracksOf(list, ends.map((day) => came(day)), 1000 * DAY)].sort(([a], [b]) => (a < b ? -1 : 1)); // prettier-ignore
				expect(read([...claims].reverse())).toEqual(read(claims));
			})
		);
	});
});

describe('the letter', () => {
	it('is the prior, and says so, until enough pairs have resolved', () => {
		expect(judge('Reuters', undefined)).toMatchObject({ letter: 'A', basis: 'starter', of: 0, range: null });
		expect(judge('Nobody', undefined)).toMatchObject({ letter: 'F', basis: 'none' });
		expect(judge('Nobody', undefined, 'B')).toMatchObject({ letter: 'B', basis: 'own' });
		expect(judge('Reuters', { right: 0, wrong: 4, daysEarly: null })).toMatchObject({ letter: 'A', basis: 'starter', of: 4 }); // prettier-ignore
	});
	it('follows the record, with the count behind it', () => {
		expect(judge('Nobody', { right: 41, wrong: 5, daysEarly: 11 })).toMatchObject({ letter: 'B', basis: 'record', right: 41, of: 46, daysEarly: 11 }); // prettier-ignore
		expect(judge('Nobody', { right: 45, wrong: 0, daysEarly: 3 }).letter).toBe('A');
		expect(judge('Reuters', { right: 1, wrong: 29, daysEarly: 3 }).letter).toBe('E');
	});
	it('never gets worse by one more report that came true', () => {
		const rank = (right: number, wrong: number) => 'ABCDE'.indexOf(judge('Nobody', { right, wrong, daysEarly: null }, 'C').letter); // prettier-ignore
		fc.assert(
			fc.property(fc.nat(60), fc.nat(60), (right, wrong) => {
				fc.pre(right + wrong >= 5);
				expect(rank(right + 1, wrong)).toBeLessThanOrEqual(rank(right, wrong));
			})
		);
	});
});
