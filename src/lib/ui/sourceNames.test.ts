import { expect, test } from 'vitest';
import { sourceName } from './sourceNames.ts';

test('a feed is called by its address and a watched page by service and document, as they were written', () => {
	expect(sourceName({ id: 'feeds/https%3A%2F%2Fnews.example%2Ffeed.xml', kind: 'feed' })).toBe(
		'https://news.example/feed.xml'
	);
	expect(sourceName({ id: 'policies/WeChat/Privacy%20Policy', kind: 'page' })).toBe('WeChat, Privacy Policy');
	expect(sourceName({ id: 'push/news', kind: 'door' })).toBe('push/news');
});
