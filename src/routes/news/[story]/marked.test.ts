import { expect, test } from 'vitest';
import { marked } from './marked.ts';

const words = 'JD and WeChat';

test('names are runs of their own, and nothing of the text is lost', () => {
	const runs = marked(words, [
		{ start: 7, end: 13, organisation: 'wechat' },
		{ start: 0, end: 2, organisation: 'jd' }
	]);
	expect(runs).toEqual([
		{ text: 'JD', organisation: 'jd' },
		{ text: ' and ', organisation: null },
		{ text: 'WeChat', organisation: 'wechat' }
	]);
});
test('of two names that overlap the earlier one counts, and one outside of the text does not', () => {
	const runs = marked(words, [
		{ start: 0, end: 6, organisation: 'a' },
		{ start: 3, end: 8, organisation: 'b' },
		{ start: 10, end: 99, organisation: 'c' }
	]);
	expect(runs.map(({ organisation }) => organisation)).toEqual(['a', null]);
	expect(runs.map(({ text }) => text).join('')).toBe(words);
});
