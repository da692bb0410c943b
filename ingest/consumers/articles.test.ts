import { expect, test } from 'vitest';
import type { NewsRow } from '#lib/server/store/news.ts';
import { inOrder } from './articles.ts';

const row = (id: string, published: string, observed?: string, origin = 'import'): NewsRow => ({
	id,
	content: id,
	event: {
		url: `https://news.example/${id}`,
		title: id,
		publisher: 'Example Daily',
		publishedAt: `2026-11-${published}:00.000Z`,
		...(observed !== undefined && { observedAt: `2026-11-${observed}:00.000Z` })
	},
	detected: 'en',
	accepted: Date.UTC(2026, 10, 24),
	position: 0,
	origin
});
const order = (...rows: NewsRow[]) => inOrder(rows).map(({ id }) => id);

test('history is told by the time of publication, in whatever order it came', () => {
	expect(order(row('b', '20T06:12'), row('a', '19T09:00'), row('c', '21T09:00'))).toEqual(['a', 'b', 'c']);
});
test('one that says it is older than what it repeats, and was seen after it, comes after it', () => {
	const backDated = row('copy', '17T09:00', '20T18:56');
	expect(order(backDated, row('report', '20T06:12', '20T06:13'))).toEqual(['report', 'copy']);
});
test('what a feed had when it was first read is told as it was published', () => {
	expect(order(row('late', '20T06:12', '23T08:00'), row('early', '19T06:12', '23T08:00'))).toEqual(['early', 'late']); // prettier-ignore
});
