import { afterEach, expect, test } from 'vitest';
import type { Fetched, FetchOptions } from './document.ts';
import { createPreviews, type Previews } from './previews.ts';

const URL = 'https://talk.example/privacy';
const answer = (text: string, contentType: string): Fetched => ({
	status: 200, url: 'https://talk.example/legal/privacy', contentType, charset: 'utf-8', bytes: Buffer.from(text), text,
	etag: null, lastModified: null, notModified: false
}); // prettier-ignore
const page = (html: string) => answer(html, 'text/html');
let asked: (FetchOptions & { url: string })[] = [];
let previews: Previews;
const previewing = (web: Fetched, longest?: number) => {
	asked = [];
	const fetcher = {
		fetch: async (url: string, options: FetchOptions = {}) => {
			asked.push({ url, ...options });
			return web;
		}
	};
	return (previews = createPreviews(fetcher, longest));
};
afterEach(() => previews.close());

test('a page is fetched once and read in a thread: a proposal, and what it would keep', async () => {
	const { page: look } = previewing(
		page('<main><h1>Privacy</h1><p>We share your orders with sellers.</p></main>')
	);
	expect(await look(URL)).toMatchObject({
		select: 'main',
		text: '# Privacy\n\nWe share your orders with sellers.'
	});
	expect(asked).toMatchObject([{ url: URL, attempts: 1 }]);
	await expect(look(URL, '.none')).rejects.toMatchObject({ name: 'FetchProblem', kind: 'selector' });
});

test('a feed keeps the address that was asked for', async () => {
	const { feed } = previewing(
		answer('<rss><channel><item><title>A</title><link>/a</link></item></channel></rss>', 'text/xml')
	);
	expect(await feed(URL)).toMatchObject({
		url: URL,
		publisher: 'talk.example',
		shown: [{ title: 'A', url: 'https://talk.example/a' }]
	});
	expect(asked).toMatchObject([{ types: null }]);
});

test('a page made to be slow is given up while this process goes on, and the next one is read', async () => {
	// Every paragraph looks at all that follow it.
	const { page: look } = previewing(page('<p>x</p>'.repeat(39_000)), 2_000);
	let ticks = 0;
	const ticking = setInterval(() => ticks++, 20);
	const outcomes = await Promise.allSettled([look(URL, 'p:has(~ u)'), look(URL, 'p:first-of-type')]);
	clearInterval(ticking);
	expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { kind: 'too-large' } });
	expect(ticks).toBeGreaterThan(10);
});
