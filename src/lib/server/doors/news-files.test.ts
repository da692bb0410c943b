import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readItems } from './import.ts';
import { newsConverter, newsFileOf } from './news-files.ts';

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** What becomes of each item of a file that is recognised by its content. */
async function events(content: string, size = 1 << 16) {
	const bytes = Buffer.from(content);
	const file = newsFileOf(bytes);
	if (!file) return null;
	const { take } = newsConverter(file);
	const made: unknown[] = [];
	for await (const item of readItems(chunked(bytes, size), file.format)) {
		const read = item.read();
		const taken = 'error' in read ? { errors: [read.error] } : take(read.value);
		if ('values' in taken) made.push(...taken.values);
		else made.push('errors' in taken ? taken.errors.map(({ path, message }) => `${path} ${message}`) : taken);
	}
	return made;
}

const gkg = (id: string, url: string, extras: string, translation = '') => {
	const columns = Array.from({ length: 27 }, () => '');
	columns.splice(0, 5, id, '20261120081500', '1', 'paper.example', url);
	columns[25] = translation;
	columns[26] = extras;
	return columns.join('\t');
};

describe("GDELT's knowledge graph", () => {
	const rows = [
		gkg('20261120081500-0', 'https://paper.example/1', '<PAGE_PRECISEPUBTIMESTAMP>20261120070000</PAGE_PRECISEPUBTIMESTAMP><PAGE_TITLE>Lantern &amp; Harbor &#x2014; talks</PAGE_TITLE>'),
		gkg('20261120081500-T1', 'https://paper.example/2', '<PAGE_TITLE>灯笼与港集</PAGE_TITLE>', 'srclc:zho;eng:Moses'),
		gkg('20261120081500-2', 'https://paper.example/3', '<PAGE_LINKS>x</PAGE_LINKS>')
	]; // prettier-ignore

	test('is an event a row: when it was seen, and when the page says it was published', async () => {
		expect(await events(rows.join('\n'))).toEqual([
			{
				url: 'https://paper.example/1', title: 'Lantern & Harbor — talks', publisher: 'paper.example',
				publishedAt: '2026-11-20T07:00:00.000Z', observedAt: '2026-11-20T08:15:00.000Z'
			},
			{
				url: 'https://paper.example/2', title: '灯笼与港集', publisher: 'paper.example', language: 'zh',
				publishedAt: '2026-11-20T08:15:00.000Z', observedAt: '2026-11-20T08:15:00.000Z'
			},
			['title is missing']
		]); // prettier-ignore
	});

	test('is known however much its rows hold, and a table that is none is not taken for it', () => {
		const themes = gkg('20261120081500-0', 'https://p.example/1', '').replace(/\t\t/, `\t${'THEME;'.repeat(5000)}\t`); // prettier-ignore
		expect(newsFileOf(Buffer.from(themes))).toMatchObject({ kind: 'gkg' });
		expect(newsFileOf(Buffer.from('20261120\tx\ty\n'))).toBeNull();
	});
});

describe("GDELT's article lists", () => {
	const list = [
		{ url: 'https://www.paper.example/1', url_mobile: '', title: 'Harbor opens , again', seendate: '20261120T081500Z', socialimage: '', domain: 'paper.example', language: 'English' },
		{ url: 'https://paper.example/2', title: '', seendate: '20261120T081500Z', domain: 'paper.example' },
		{ url: 'https://paper.example/3', title: 'No time', seendate: 'yesterday', domain: 'paper.example' }
	]; // prettier-ignore
	const first = {
		url: 'https://www.paper.example/1', title: 'Harbor opens , again', publisher: 'paper.example',
		publishedAt: '2026-11-20T08:15:00.000Z', observedAt: '2026-11-20T08:15:00.000Z'
	}; // prettier-ignore

	test('are read from JSON, one event an article, bad ones by themselves', async () => {
		const json = JSON.stringify({ articles: list }, null, 1);
		for (const size of [7, 1 << 16])
			expect(await events(json, size)).toEqual([first, ['title is missing'], ['publishedAt is missing']]);
	});

	test('are read from CSV, where the address says who published', async () => {
		const csv = 'URL,MobileURL,Date,Title\r\nhttps://www.paper.example/1,,2026-11-20 08:15:00,"Harbor opens , again"\r\n'; // prettier-ignore
		expect(await events(csv)).toEqual([first]);
	});

	test('are told from any other JSON and CSV', () => {
		for (const other of ['{"articles":1}', '{"items":[]}', '[{"articles":[]}]', 'url,title,date\n', 'url,title,publisher,publishedAt\n'])
			expect(newsFileOf(Buffer.from(other))).toBeNull(); // prettier-ignore
	});
});

describe('a news sitemap', () => {
	const entry = (more: string, n = 1) =>
		`<url><loc>https://paper.example/${n}?a=1&amp;b=2</loc><news:news><news:publication><news:name>The Paper</news:name><news:language>en</news:language></news:publication>${more}</news:news><image:image><image:title>A picture</image:title></image:image></url>`;
	const file = (...entries: string[]) =>
		`\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<!-- ours -->\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"\n xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${entries.join('\n')}</urlset>`;
	const date = '<news:publication_date>2026-11-20T08:00:00+08:00</news:publication_date>';

	test('is an event an entry', async () => {
		const title = '<news:title>Companies A &amp; B, <![CDATA[no]]> merger</news:title>';
		expect(await events(file(entry(date + title)))).toEqual([
			{
				url: 'https://paper.example/1?a=1&b=2', title: 'Companies A & B, no merger', publisher: 'The Paper', language: 'en',
				publishedAt: '2026-11-20T00:00:00.000Z'
			}
		]); // prettier-ignore
	});

	test('may wrap its texts, and names what an entry lacks', async () => {
		const wrapped = '<news:title><![CDATA[灯笼 <b>与</b> 港集]]></news:title>';
		expect(await events(file(entry(date + wrapped), entry(date), entry('')))).toMatchObject([
			{ title: '灯笼 与 港集' },
			['title is missing'],
			['title is missing', 'publishedAt is missing']
		]);
	});

	test('is cut into its entries however the stream is cut', () =>
		fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 5 }), async (size, n) => {
				const entries = Array.from({ length: n }, (_, i) =>
					entry(`${date}<news:title>T${i}</news:title>`, i)
				);
				expect(await events(file(...entries), size)).toHaveLength(n);
			})
		));

	test('that breaks off is told, after what stands before', async () => {
		const whole = file(entry(`${date}<news:title>T</news:title>`), entry(date));
		const made: unknown[] = [];
		const reading = (async () => {
			const bytes = Buffer.from(whole.slice(0, -40));
			for await (const item of readItems(chunked(bytes, 50), 'sitemap')) made.push(item.read());
		})();
		await expect(reading).rejects.toMatchObject({ code: 'invalid' });
		expect(made).toHaveLength(1);
	});

	test.each([
		['an entry of many megabytes', `<url><loc>${'a'.repeat(9 * 1024 * 1024)}</loc></url>${entry(date)}`, 2],
		['titles that never end', `<url>${'<news:title>'.repeat(300_000)}</url>`, 1],
		['entries in entries', `${'<url>'.repeat(100_000)}</url>`, 1]
	])('survives %s', async (_, body, items) => {
		const made = await events(file(body));
		expect(made).toHaveLength(items);
	});

	test('without the extension for news is none', () => {
		expect(newsFileOf(Buffer.from('<?xml version="1.0"?><urlset><url></url></urlset>'))).toBeNull();
	});
});
