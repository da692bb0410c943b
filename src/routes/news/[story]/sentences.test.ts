import { describe, expect, test } from 'vitest';
import { plain } from '#lib/ui/sentence.ts';
import { sentencesOf } from './sentences.ts';
import type { RootShown } from './told.ts';

const AT = Date.parse('2026-11-20T06:12:00.000Z');
const HOUR = 3_600_000;
const root = (id: string, publisher: string, hours: number, copies = 0): RootShown => ({
	report: { id, url: `https://news.example/${id}`, title: `Title ${id}`, publisher, author: null, language: 'en', at: AT + hours * HOUR, publishedAt: AT, backDated: false, kind: hours ? 'independent' : 'first', copy: false, says: null },
	text: null, names: null, rest: [], marks: [], copies, named: 0, last: AT + (hours + 2) * HOUR
}); // prettier-ignore
const story = { roots: [root('1', 'Harwick Wire', 0, 5), root('2', 'Quay Mail', 8)], copies: 5, half: HOUR, articles: 7, owner: null, old: null }; // prettier-ignore
const lines = (judged: { letter: 'A' | 'B'; right: number; of: number }) => {
	const { first, second, claim } = sentencesOf({ ...story, judged }, AT, 'en');
	return { first: plain(first).replaceAll('\u00a0', ' '), second: plain(second), claim };
};

describe('a story in words', () => {
	test('says who was first and how many rest on nobody else, then how reliable that one is and who followed', () => {
		expect(lines({ letter: 'A', right: 5, of: 6 })).toEqual({
			first: 'Harwick Wire reported first, on 20 Nov 06:12: “Title 1”; 2 of 7 articles are independent and 5 are copies.',
			second: 'Harwick Wire was early and right about 5 of 6 pairs that have resolved. Quay Mail reported on its own 8 hours later.',
			claim: 'Harwick Wire’s text went out 5 times within 2 hours.'
		});
	}); // prettier-ignore

	test('calls the letter of a publisher without a record a prior', () => {
		expect(lines({ letter: 'B', right: 0, of: 0 }).second).toMatch(
			/^How reliable Harwick Wire is \(B\) is a prior: nothing of its own has resolved\. /
		);
	});
});
