import { afterEach, expect, test } from 'vitest';
import type { Fetched } from '#lib/server/fetch/document.ts';
import { Reader } from './reader.ts';

const page = (text: string): Fetched => ({
	status: 200, url: 'https://talk.example/', contentType: 'text/html', charset: 'utf-8', bytes: Buffer.from(text), text,
	etag: null, lastModified: null, notModified: false
}); // prettier-ignore
let reader: Reader;
afterEach(() => reader.close());

test('a page is read in another thread, and what keeps it from being read has its kind', async () => {
	reader = new Reader();
	expect(await reader.read(page('<main><p>We share.</p></main>'), { select: 'main' })).toMatchObject({
		text: 'We share.'
	});
	await expect(reader.read(page('<p>x</p>'), { select: 'main' })).rejects.toMatchObject({
		name: 'FetchProblem',
		kind: 'selector'
	});
});

test('a page that takes too long is given up, and the next one is read', async () => {
	reader = new Reader(3_000);
	// Every paragraph looks at all that follow it.
	const slow = page('<p>x</p>'.repeat(39_000));
	let ticks = 0;
	const ticking = setInterval(() => ticks++, 20);
	const outcomes = await Promise.allSettled([
		reader.read(slow, { select: 'p:has(~ u)' }),
		reader.read(page('<p>Next</p>'), { select: 'p' })
	]);
	clearInterval(ticking);
	expect(outcomes).toMatchObject([
		{ status: 'rejected', reason: { kind: 'too-large', message: 'takes too long to read' } },
		{ status: 'fulfilled', value: { text: 'Next' } }
	]);
	expect(ticks).toBeGreaterThan(30);
});
