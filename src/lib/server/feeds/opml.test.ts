import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpml, readOpml, writeOpml } from './opml.ts';
import { watchedFeedSchema } from './watched-feed.ts';

const opml = (body: string, before = '<?xml version="1.0" encoding="UTF-8"?>\n') =>
	Buffer.from(`${before}<opml version="2.0"><head><title>Mine</title></head><body>${body}</body></opml>`);
const outline = (attributes: string, inner = '') => `<outline ${attributes}>${inner}</outline>`;
const feed = (name: string, url: string) => `<outline type="rss" text="${name}" xmlUrl="${url}"/>`;

describe('a list of feeds', () => {
	test('is read from whatever folders its feeds lie in', () => {
		const { feeds, refused } = readOpml(
			opml(outline('text="News"', feed('Paper &amp; Co', 'https://paper.example/feed?a=1&amp;b=2') + outline('text="Deep"', feed('灯笼', 'http://l.example/rss')))) // prettier-ignore
		);
		expect(feeds.map(({ publisher, url, every }) => [publisher, url, every])).toEqual([
			['Paper & Co', 'https://paper.example/feed?a=1&b=2', '15m'],
			['灯笼', 'http://l.example/rss', '15m']
		]);
		expect(refused).toEqual([]);
	});

	test('names what cannot be followed, and what it has twice', () => {
		const { feeds, refused } = readOpml(
			opml([
				feed('A', 'https://a.example/f'), feed('A again', 'https://A.example/f'), feed('Script', 'javascript:alert(1)'),
				feed('File', 'file:///etc/passwd'), '<outline type="rss" text="Nothing"/>', '<outline type="link" text="A page" url="https://a.example"/>'
			].join('')) // prettier-ignore
		);
		expect(feeds).toHaveLength(1);
		expect(refused).toEqual([
			{ name: 'A again', why: 'twice' },
			{ name: 'Script', why: 'address' },
			{ name: 'File', why: 'address' },
			{ name: 'Nothing', why: 'address' }
		]);
	});

	test('has names without markup, from the host where it has none', () => {
		const { feeds } = readOpml(opml(feed('&lt;script&gt;alert(1)&lt;/script&gt;Paper', 'https://p.example/f') + '<outline xmlUrl="https://q.example/f"/>')); // prettier-ignore
		expect(feeds.map(({ publisher }) => publisher)).toEqual(['Paper', 'q.example']);
	});

	test('is known by its beginning, in any encoding', () => {
		expect(isOpml(opml(''))).toBe(true);
		expect(isOpml(opml('', '\ufeff<?xml version="1.0"?><!-- <mine> -->\n'))).toBe(true);
		expect(isOpml(Buffer.from('\ufeff<opml version="1.0">', 'utf16le'))).toBe(true);
		for (const other of ['<rss version="2.0">', '<html>', 'opml', ''])
			expect(isOpml(Buffer.from(other))).toBe(false);
	});

	test('cannot be written without a feed', () => {
		expect(() => writeOpml([])).toThrow('no feed is read');
	});

	test.each([
		['entities', opml('', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), 'declares entities'],
		['ten megabytes', Buffer.alloc(10 * 1024 * 1024, ' '), 'may have'],
		['deep nesting', opml('<outline text="x">'.repeat(100_000)), 'nested more than'],
		['another format', Buffer.from('<rss version="2.0"><channel/></rss>'), 'is no OPML'],
		['nothing', Buffer.from(''), 'is no OPML']
	])('is refused for %s, with the reason', (_, bytes, reason) => {
		expect(() => readOpml(bytes)).toThrow(reason);
	});

	test('comes back as it went out', () =>
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b?x=1&y=2', "c'd", 'e%20f'), fc.constantFrom('A', '&', '"', "'", '京')), { selector: ([path]) => path, minLength: 1 }), // prettier-ignore
				(list) => {
					const feeds = list.map(([path, name]) => watchedFeedSchema.parse({ kind: 'feeds', url: `https://p.example/${path}`, publisher: `P ${name}` })); // prettier-ignore
					const { feeds: read, refused } = readOpml(Buffer.from(writeOpml(feeds)));
					expect(refused).toEqual([]);
					expect(read).toEqual(feeds);
				}
			)
		));
});
