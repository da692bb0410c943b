import { expect, test } from 'vitest';
import { askedFor, ranked, type Published } from './ranked.ts';

const one = (publisher: string, more: Partial<Published>): Published => ({
	publisher, letter: 'F', of: 0, articles: 1, last: '2026-11-01T00:00:00.000Z', ...more
}); // prettier-ignore
const all = [
	one('Daily 2', { articles: 9 }),
	one('Daily 10', { letter: 'B', articles: 3 }),
	one('Écho', { letter: 'A', of: 6, last: '2026-10-01T00:00:00.000Z' }),
	one('ＦＴ中文网', { letter: 'B', of: 7, articles: 2, last: '2026-11-09T00:00:00.000Z' })
];
const names = (query: string) =>
	ranked(all, askedFor(new URLSearchParams(query))).map(({ publisher }) => publisher);

test('who has the longest record comes first, then who publishes most', () => {
	expect(names('')).toEqual(['ＦＴ中文网', 'Écho', 'Daily 2', 'Daily 10']);
});

test('publishers are in the order that is asked for', () => {
	expect(names('order=letter')).toEqual(['Écho', 'ＦＴ中文网', 'Daily 10', 'Daily 2']);
	expect(names('order=articles')).toEqual(['Daily 2', 'Daily 10', 'ＦＴ中文网', 'Écho']);
	expect(names('order=last')[0]).toBe('ＦＴ中文网');
	expect(names('order=name').slice(0, 2)).toEqual(['Daily 2', 'Daily 10']);
	expect(names('order=nonsense')).toEqual(names(''));
});

test('a publisher is found by a part of its name, in any case and width, and by its letter', () => {
	expect(names('q=ft')).toEqual(['ＦＴ中文网']);
	expect(names('q=ÉCHO')).toEqual(['Écho']);
	expect(names('q=daily&letter=B')).toEqual(['Daily 10']);
	expect(names('q=nobody')).toEqual([]);
	expect(names('letter=Z')).toHaveLength(4);
});
