import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fetched } from './document.ts';
import { extract, extractorOf } from './extract.ts';
import { tidy } from './markdown.ts';
import { isFetchProblem } from './problem.ts';
import { pagePreview, propose } from './preview.ts';

const fetched = (text: string, contentType = 'text/html'): Fetched => ({
	status: 200, url: 'https://talk.example/legal/privacy', contentType, charset: 'utf-8', bytes: Buffer.from(text), text,
	etag: null, lastModified: null, notModified: false
}); // prettier-ignore
const textOf = async (html: string, select?: string) => (await extract(fetched(html), { select })).text;

const clause = 'We may share your shopping data with partners of our group, to the extent that you agree. ';
const frame = (main: string) => `<!doctype html><html lang="zh-CN"><head><title> Privacy
	Policy </title><style>p{}</style></head><body>
	<nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies</div>${main}
	<footer role="contentinfo">© Talk</footer><script>track()</script></body></html>`;

describe('a page as Markdown', () => {
	test('keeps headings, lists, links, tables and definitions', async () => {
		const html =
			frame(`<main><h1>Privacy</h1><p>We <b>share</b> with&nbsp;<a href="/jd?utm_source=x&id=1">JD.com</a>.</p>
			<ol><li>One<ul><li>Nested</li></ul></li><li>Two</li></ol>
			<table><thead><tr><th>Data</th><th>With|whom</th></tr></thead><tbody><tr><td><p>Orders</p></td><td>JD<br>Tencent</td></tr></tbody></table>
			<dl><dt>Partner</dt><dd>Who works with us.</dd></dl></main>`);
		expect(await textOf(html, 'main')).toBe(
			[
				'# Privacy',
				'We **share** with [JD.com](https://talk.example/jd?id=1).',
				'1. One\n    - Nested\n2. Two',
				'| Data | With/whom |\n| --- | --- |\n| Orders | JD Tencent |',
				'**Partner**',
				'Who works with us.'
			].join('\n\n')
		);
	});

	test('leaves out frame, scripts and what is hidden, with a selector and without', async () => {
		const html = frame(
			`<main><nav>Contents</nav><h2>Sharing</h2>${`<p>${clause}</p>`.repeat(8)}<p hidden>secret</p><button>Print</button></main>`
		);
		for (const select of [undefined, 'main', 'body']) {
			const text = await textOf(html, select);
			expect(text).toContain('## Sharing\n\nWe may share');
			expect(text).not.toMatch(/Home|cookies|©|track|Contents|secret|Print/);
		}
	});

	test('takes the parts that a selector hits in order, and what lies within another once', async () => {
		const html = '<div class="a">One<div class="a">Inside</div></div><p>no</p><div class="a">Two</div>';
		expect(await textOf(html, '.a')).toBe('One\n\nInside\n\nTwo');
		expect((await extract(fetched(html), { select: 'body', remove: '.a .a, p' })).text).toBe('One\n\nTwo');
	});

	test('is the same whatever changes on every visit', async () => {
		const visit = (n: number) =>
			`<div id="x${n}" class="c${n}"><p>Write to <a href="/cdn-cgi/l/email-protection#${n}">${email('me@talk.example', n)}</a>${' '.repeat(n)}</p>
			<p>See <a href="/terms;jsessionid=${n}?sid=${n}">terms</a>.</p><script nonce="${n}"></script><img src="?${n}"></div>`;
		const [first, second] = [await textOf(visit(3), 'div'), await textOf(visit(77), 'div')];
		expect(first).toBe('Write to me@talk.example\n\nSee [terms](https://talk.example/terms).');
		expect(second).toBe(first);
	});

	test('falls back to the main part where reading as an article loses much', async () => {
		const items = Array.from({ length: 40 }, (_, n) => `<li><a href="/${n}">Partner ${n}</a></li>`).join('');
		expect(await textOf(frame(`<main><h1>Partners</h1><ul>${items}</ul></main>`))).toContain('Partner 39');
	});

	test('knows title and language as the page declares them', async () => {
		expect(await extract(fetched(frame(`<main>${clause}</main>`)), { select: 'main' })).toMatchObject({
			title: 'Privacy Policy',
			language: 'zh-CN'
		});
	});
});

/** An address as a well-known network hides it. */
function email(address: string, key: number): string {
	const bytes = [key, ...[...Buffer.from(address)].map((byte) => byte ^ key)];
	return `<span data-cfemail="${Buffer.from(bytes).toString('hex')}">[email protected]</span>`;
}

test('plain text and Markdown stay as they are, but for what nobody sees', async () => {
	const text = '\ufeff# 隐私政策\r\n\r\n1. We share:  \n   - a\n\n\n\nEnd\u00a0of it\u200b\n';
	for (const type of ['text/plain', 'text/markdown'])
		expect((await extract(fetched(text, type), {})).text).toBe(
			'# 隐私政策\n\n1. We share:\n   - a\n\nEnd of it'
		);
});

test('tidying what is tidy changes nothing', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			const once = tidy(text);
			expect(tidy(once)).toBe(once);
			expect(once.isWellFormed() && !once.includes('\0')).toBe(true);
		})
	);
});

test('whatever a page is made of, it gives text or a problem with a kind', async () => {
	const pieces = ['<p>', '</p>', '<table>', '<tr>', '<td>', '</table>', '<a href=x>', '</a>', '<li>', '<ul>', '</ul>', '<dl><dd>', '<', '&#0;', '&amp', '<!--', '-->', '<html>', '<body>', '<title>', 'text ', '中文', '<svg>', '<script>', '</script>', '<![CDATA[', '<frameset>', '<base href=":">', '"', "'"]; // prettier-ignore
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), async (parts) => {
			const outcome = await extract(fetched(parts.join('')), {}).catch((error: unknown) => error);
			expect(outcome instanceof Error ? isFetchProblem(outcome) : true).toBe(true);
		}),
		{ numRuns: 300 }
	);
});

describe('a PDF', () => {
	/** A PDF of one page a line: made here, so that the test needs no file. */
	function pdf(lines: string[]): Buffer {
		const shown = lines.map((line) => `(${line}) Tj 0 -20 Td`).join(' ');
		const stream = `BT /F1 12 Tf 50 700 Td ${shown} ET`;
		const objects = [
			'<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
			'<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
			`<</Length ${stream.length}>>\nstream\n${stream}\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
		]; // prettier-ignore
		let body = '%PDF-1.4\n';
		const offsets = objects.map((object, i) => {
			const at = body.length;
			body += `${i + 1} 0 obj\n${object}\nendobj\n`;
			return String(at).padStart(10, '0');
		});
		const table = offsets.map((at) => `${at} 00000 n \n`).join('');
		return Buffer.from(
			`${body}xref\n0 6\n0000000000 65535 f \n${table}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF`
		);
	}
	const document = (bytes: Buffer): Fetched => ({
		...fetched('', 'application/pdf'),
		text: null,
		charset: null,
		bytes
	});

	test('gives its text', async () => {
		const { text } = await extract(document(pdf(['Privacy Policy', 'We share data with partners.'])), {});
		expect(text.split(/\s+/).join(' ')).toBe('Privacy Policy We share data with partners.');
	});

	test('that is broken is no type that we read, and one without text is empty', async () => {
		await expect(extract(document(Buffer.from('%PDF-1.4 nothing')), {})).rejects.toMatchObject({
			kind: 'type'
		});
		await expect(extract(document(pdf([])), {})).rejects.toMatchObject({ kind: 'empty' });
	});
});

test('rules are named by what they are', () => {
	const names = [
		{},
		{ select: 'main' },
		{ select: 'main', remove: 'nav' },
		{ remove: 'main' },
		{ render: true }
	].map(extractorOf);
	expect(new Set(names).size).toBe(names.length);
	expect(extractorOf({ select: 'main', remove: undefined })).toBe(names[1]);
});

describe('a page to be added', () => {
	const body = `<h1>Privacy</h1>${`<p>${clause}</p>`.repeat(10)}`;
	test.each([
		[`<div id="root"><div class="css-1x2y3z"><main>${body}</main></div></div>`, 'main'],
		[`<div class="wrap"><div id="privacy-content">${body}</div></div>`, '#privacy-content'],
		[`<div class="sc-abc123"><div class="policy-body">${body}</div></div>`, '.policy-body'],
		[`<article>teaser</article><article>${body}</article>`, null]
	])('proposes the name that will last: %#', (html, select) => {
		expect(propose(frame(html), 'https://talk.example/')[0]?.select).toBe(select);
	});

	test('shows title, language, what would be kept, and what else could be', async () => {
		const html = frame(`<div id="content"><main>${body}</main></div>`).replace(' lang="zh-CN"', '');
		const preview = await pagePreview(fetched(html));
		expect(preview).toMatchObject({
			url: 'https://talk.example/legal/privacy', title: 'Privacy Policy', language: 'en', select: '#content',
			alternatives: [{ select: 'main' }, { select: null }]
		}); // prettier-ignore
		expect(preview.text).toMatch(/^# Privacy\n\nWe may share/);
		expect((await pagePreview(fetched(html), 'h1')).text).toBe('# Privacy');
		await expect(pagePreview(fetched(html), '.none')).rejects.toMatchObject({
			kind: 'selector'
		});
	});
});
