import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFeed } from './feed.ts';
import { instantOf } from './instants.ts';
import { plainText } from './plain.ts';

const base = 'https://news.example/feeds/all.xml';
const read = (source: string | Buffer) => readFeed(Buffer.from(source), { base });
const rss = (items: string, head = '') =>
	`<?xml version="1.0"?>${head}<rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;
const kindOf = (source: string | Buffer): unknown => {
	try {
		return read(source);
	} catch (error) {
		return error instanceof Error && 'kind' in error ? error.kind : error;
	}
};

describe('a feed gives its items as plain text with absolute addresses and times in UTC', () => {
	const item = {
		title: 'Talk & Shop in talks',
		url: 'https://news.example/a',
		text: 'They met.',
		author: 'Ann',
		publishedAt: '2026-01-02T08:04:05.000Z'
	};

	test('RSS', () => {
		const source = rss(
			`<item><title>Talk &amp;amp; Shop in &lt;b&gt;talks&lt;/b&gt;</title><link>/a</link><description><![CDATA[<p>They met.</p>]]></description>
			<author>Ann</author><pubDate>Fri, 02 Jan 2026 10:04:05 +0200</pubDate></item>`
		);
		expect(read(source)).toEqual([item]);
	});

	test('Atom, its links against xml:base', () => {
		const source = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><entry>
			<title type="html">Talk &amp;amp; Shop in talks</title><link rel="self" href="/self"/><link href="a"/>
			<content type="html">&lt;p&gt;They met.&lt;/p&gt;</content><author><name>Ann</name></author><published>2026-01-02T08:04:05Z</published></entry></feed>`;
		expect(read(source)).toEqual([item]);
	});

	test('RDF', () => {
		const source = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
			<item rdf:about="https://news.example/a"><title>Talk &amp; Shop in talks</title><link>https://news.example/a</link>
			<description>They met.</description><dc:creator>Ann</dc:creator><dc:date>2026-01-02T08:04:05Z</dc:date></item></rdf:RDF>`;
		expect(read(source)).toEqual([item]);
	});

	test.each(['https://jsonfeed.org/version/1.1', '1.0'])('JSON Feed of version %s', (version) => {
		const { title, url, text, publishedAt } = item;
		const entry = {
			id: '1',
			title,
			url,
			content_text: text,
			date_published: publishedAt,
			authors: [{ name: 'Ann' }]
		};
		expect(read(JSON.stringify({ version, title: 'News', items: [entry] }))).toEqual([item]);
	});

	test('one that is cut short or not well formed gives titles and links', () => {
		const source = `<rss><channel><item><title>One</title><link>https://news.example/1</link><source><title>Else</title></source></item>
			<item><title>Two & <![CDATA[three]]></title><link>https://news.example/2</link><guid isPermaLink="false">https://no.example/</guid><desc`;
		expect(read(source)).toEqual([
			{ title: 'One', url: 'https://news.example/1' },
			{ title: 'Two & three', url: 'https://news.example/2' }
		]);
	});
});

describe('what a feed cannot do', () => {
	test('lead elsewhere than to http(s)', () => {
		const items = read(rss('<item><title>x</title><link>javascript:alert(1)</link></item>'));
		expect(items).toEqual([{ title: 'x' }]);
	});

	test('read files or grow by its entities', () => {
		const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`).join(
			''
		);
		const head = `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a0 "ha">${levels}]>`;
		const text = JSON.stringify(read(rss('<item><title>&x; &a9;</title><link>/1</link></item>', head)));
		expect(text).not.toContain('root:');
		expect(text.length).toBeLessThan(1000);
	});

	test('be nothing: it says why', () => {
		expect(kindOf('')).toBe('empty');
		expect(kindOf('<html><body>Welcome</body></html>')).toBe('type');
		expect(kindOf('['.repeat(200_000))).toBe('type');
		expect(kindOf(Buffer.alloc(4096))).toBe('type');
	});

	test('nest so deep that it is not read', () => {
		const [item] = read(rss(`<item><title>x</title><link>/1</link><description>${'<b>'.repeat(50_000)}`));
		expect(item).toMatchObject({ title: 'x', url: 'https://news.example/1' });
	});
});

describe('encodings', () => {
	const said = rss('<item><title>微信 Ünï</title></item>');
	test('by byte order mark, and by shape where there is none', () => {
		expect(read(Buffer.from(`\ufeff${said}`, 'utf16le'))).toEqual([{ title: '微信 Ünï' }]);
		expect(read(Buffer.from(said, 'utf16le').swap16())).toEqual([{ title: '微信 Ünï' }]);
		expect(read(`\ufeff${said}`)).toEqual([{ title: '微信 Ünï' }]);
	});
	test('by declaration', () => {
		const latin = Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><item><title>Ünï</title></item></channel></rss>', 'latin1'); // prettier-ignore
		expect(read(latin)).toEqual([{ title: 'Ünï' }]);
	});
});

test('dates in the forms that feeds have them', () => {
	expect(
		['2026-01-02', '2026-01-02T03:04Z', '20260102T030405Z', '2 Jan 26 03:04 EST', 'Fri Jan 2 03:04:05 2026', '2026-02-30', 'soon'].map(instantOf)
	).toEqual([
		'2026-01-02T00:00:00.000Z', '2026-01-02T03:04:00.000Z', '2026-01-02T03:04:05.000Z', '2026-01-02T08:04:00.000Z', '2026-01-02T03:04:05.000Z', null, null
	]); // prettier-ignore
});

describe('plain text', () => {
	test('keeps what only looks like markup', () => {
		expect(plainText('a < b &amp;&amp; c > d', 100)).toBe('a < b && c > d');
	});
	test('says nothing of scripts and keeps paragraphs apart', () => {
		expect(plainText('<p>One</p><script>alert(1)</script><p>Two</p>', 100)).toBe('One\nTwo');
	});
	test('never holds a live element, however often it was escaped, and is never too long', () => {
		const part = fc.constantFrom(
			'<',
			'>',
			'/',
			'script',
			'img',
			'&lt;',
			'&amp;lt;',
			'&#60;',
			'svg',
			' ',
			'!--',
			'-->',
			'x',
			'😀'
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (parts, longest) => {
				const text = plainText(parts.join(''), longest);
				expect(text).not.toMatch(/<\s*\/?\s*(script|img|svg)/i);
				expect(text.length).toBeLessThanOrEqual(longest);
				expect(text.isWellFormed()).toBe(true);
			})
		);
	});
});
