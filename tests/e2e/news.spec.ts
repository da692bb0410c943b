import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';

const { folder, remove } = temporaryFolder();
let product: Running;

const HOUR = 3_600_000;
/** Two days ago, at six. */
const START = Math.floor((Date.now() - 2 * 24 * HOUR) / (24 * HOUR)) * 24 * HOUR + 6 * HOUR;
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();
const article = (
	host: string,
	publisher: string,
	hours: number,
	title: string,
	text: string,
	more: object = {}
) => ({
	url: `https://${host}.example/${title.length}-${hours}`,
	title,
	text,
	publisher,
	publishedAt: at(hours),
	observedAt: at(hours + 0.01),
	...more
});

const TITLE = 'WeChat and JD.com agree terms for a store inside the app';
const TEXT = [
	'WeChat and JD.com have agreed terms for a store inside the app, three people familiar with the matter said on Tuesday.',
	'They asked not to be named because the talks are private, and gave no day on which the store would open.',
	'Orders would be paid without leaving the app, and 4,200 sellers were told to prepare stock before the end of the year.',
	'A spokesperson for JD.com declined to comment, and WeChat did not answer questions that were sent to it.'
].join(' ');
/** Fifty outlets that print the same report; every other one says whose it is. */
const COPIES = Array.from({ length: 50 }, (_, i) =>
	article(`copy${i}`, `Outlet ${i}`, 0.5 + i / 5, TITLE, i % 2 ? TEXT : `Harwick Wire reports: ${TEXT}`)
);
const OLD = article('old', 'Old Claims', -60, TITLE, TEXT, { observedAt: at(11) });
const WIRE = article('wire', 'Harwick Wire', 0, TITLE, TEXT);
const ALONE = article(
	'alone',
	'Second Look',
	30,
	'Swallows return early this spring',
	'Nobody knows why the swallows were early.'
);

/** Two reports that are taken for one story, and one of something else. */
const FERRY = article(
	'ferry',
	'Harbour Post',
	34,
	'PayPal and Shopify open a checkout for ferry tickets',
	'Passengers buy at the pier.'
);
const LATER = article(
	'later',
	'Quay Mail',
	35,
	'PayPal and Shopify open a ferry tickets checkout',
	'It was said at the quay today.'
);
const QUARREL = article(
	'quarrel',
	'Pier Times',
	36,
	'Dockers strike for higher wages',
	'The port has stood still since Monday.'
);

const ANSWER = article(
	'answer',
	'Dock Gazette',
	37,
	'Dockers strike for higher wages',
	'Wages would rise by a tenth, the harbour answered.'
);

const BIDI = '\u202egnp.exe\u2066';
const EVIL = `<script>window.owned = 1</script><svg onload="window.owned = 1"><img src=x onerror="window.owned = 1">`;
const HOSTILE = {
	url: 'https://evil.example/?next=javascript:window.owned=1&x="><script>window.owned=1</script>',
	title: `${EVIL} Alipay ${BIDI} ${'x'.repeat(9_000)}`,
	text: `${EVIL}\n[link](javascript:window.owned=1) Alipay and Visa {{constructor.constructor('window.owned=1')()}} ${'long '.repeat(20_000)}`,
	publisher: `${EVIL}${BIDI}`,
	author: EVIL,
	publishedAt: at(32),
	observedAt: at(32)
};

async function push(events: object[]): Promise<void> {
	const response = await fetch(`${product.url}/api/v1/news`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(events)
	});
	expect(response.status).toBe(202);
	expect(await response.json()).toEqual({ accepted: events.length, rejected: [] });
	await settled(product.url);
}

/** Id of the article with a title that begins so, and of its story. */
async function placed(begin: string): Promise<{ id: string; story: string }> {
	const stories = (await (await fetch(`${product.url}/api/v1/stories`)).json()) as {
		id: string;
		articles: { id: string; title: string }[];
	}[];
	const story = stories.find(({ articles }) => articles.some(({ title }) => title.startsWith(begin)));
	return {
		id: story?.articles.find(({ title }) => title.startsWith(begin))?.id ?? '',
		story: story?.id ?? ''
	};
}

/** What axe finds wrong on the page, in words. */
async function faults(page: Page): Promise<string[]> {
	await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
	return page.evaluate(async () => {
		const { axe } = globalThis as unknown as {
			axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
		};
		return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
	});
}

test.beforeAll(async () => {
	product = await startProduct({ folder });
	await push([OLD, WIRE, ...COPIES, ALONE]);
});
test.afterAll(async () => {
	await product.stop();
	remove();
});

test('without news the page says what to do, and what there is not is not found', async ({ page }) => {
	await page.goto(`${product.url}/news?asOf=2020-01-01`);
	await expect(page.locator('h1')).toHaveText('No article is in yet.');
	expect((await page.goto(`${product.url}/news/123`))?.status()).toBe(404);
	expect((await page.goto(`${product.url}/news/99999999999999999999`))?.status()).toBe(404);
	expect((await page.goto(`${product.url}/news?least=none`))?.status()).toBe(400);
});

test('fifty copies of one report have one root, and the story’s page says so', async ({ page }) => {
	const { story } = await placed(TITLE);
	await page.goto(`${product.url}/news/${story}`);
	await expect(page.locator('h1')).toContainText('Harwick Wire reported first');
	await expect(page.locator('h1')).toContainText('1 of 52 articles is independent and 51 are copies');
	await expect(page.locator('.lede')).toContainText('back-dated');
	await expect(page.locator('#reports article')).toHaveCount(1);
	await expect(page.locator('#reports')).toContainText('51 copies, weight 0');
	await expect(page.locator('#spread svg.chart').first()).toContainText('half of all copies were out after');
	expect(await faults(page)).toEqual([]);
	const told = (await (await fetch(`${product.url}/api/v1/stories`)).json()) as { id: string; independentSources: number; first: string; articles: { id: string; publisher: string }[] }[]; // prettier-ignore
	const one = told.find(({ id }) => id === story);
	expect(one?.independentSources).toBe(1);
	expect(one?.articles.find(({ id }) => id === one.first)?.publisher).toBe('Harwick Wire');
});

test('the address of any article leads to its story, and the list to both', async ({ page }) => {
	const { story } = await placed(TITLE);
	const { articles } = ((await (await fetch(`${product.url}/api/v1/stories`)).json()) as { id: string; articles: { id: string; publisher: string }[] }[]).find(({ id }) => id === story) ?? { articles: [] }; // prettier-ignore
	const copy = articles.find(({ publisher, id }) => publisher === 'Outlet 7' && id !== story)?.id ?? '';
	await page.goto(`${product.url}/news/${copy}`);
	await expect(page).toHaveURL(`${product.url}/news/${story}#a${copy}`);
	await page.goto(`${product.url}/news`);
	await expect(page.locator('#stories h3')).toHaveCount(2);
	await page.getByRole('link', { name: 'Swallows return' }).last().click();
	await expect(page.locator('h1')).toContainText('nobody else has reported it so far');
	await expect(page.locator('#spread')).toHaveCount(0);
});

test('stories are filtered by organisation, words and independence without script', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const page = await context.newPage();
	await page.goto(`${product.url}/news`);
	await page.getByLabel('Organisation').selectOption({ label: 'JD.com' });
	await page.getByRole('button', { name: 'Show' }).click();
	await expect(page.locator('#stories h3')).toHaveText([TITLE]);
	await page.goto(`${product.url}/news?q=swallows`);
	await expect(page.locator('#stories h3')).toHaveText(['Swallows return early this spring']);
	await page.goto(`${product.url}/news?least=2`);
	await expect(page.locator('h1')).toHaveText('Nothing fits this choice.');
	await context.close();
});

test('what somebody says of a story is kept, and who is late sees that it was taken', async ({ browser }) => {
	const { story } = await placed(TITLE);
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const [first, late] = [await context.newPage(), await context.newPage()];
	for (const page of [first, late]) await page.goto(`${product.url}/news/${story}`);
	await first.locator('#verdict textarea').fill('The same deal.');
	await first.getByRole('button', { name: 'One story' }).click();
	await expect(first.locator('#verdict')).toContainText('The same deal.');
	await late.locator('#verdict textarea').fill('One deal.');
	await late.getByRole('button', { name: 'One story' }).click();
	await expect(late.locator('#verdict')).toContainText('Somebody saved another version meanwhile');
	await expect(late.locator('#verdict textarea')).toHaveValue('One deal.');
	await context.close();
});

test.describe('a story that a person mends', () => {
	const told = async () => {
		const all = (await (await fetch(`${product.url}/api/v1/stories`)).json()) as { id: string; independentSources: number; articles: { title: string }[] }[]; // prettier-ignore
		const mine = all.filter(({ articles }) => articles.some(({ title }) => [FERRY, LATER, QUARREL, ANSWER].some((one) => one.title === title))); // prettier-ignore
		return mine
			.map(({ independentSources, articles }) => `${independentSources} of ${articles.length}`)
			.sort();
	};
	test.beforeAll(async () => {
		await push([FERRY, LATER, QUARREL, ANSWER]);
		expect(await told()).toEqual(['2 of 2', '2 of 2']);
	});

	test('loses a report that is another one, with all counts, and gets it back', async ({ page }) => {
		const { story } = await placed(FERRY.title);
		await page.goto(`${product.url}/news/${story}`);
		await expect(page.locator('h1')).toContainText('Harbour Post reported first');
		await page.getByRole('button', { name: 'not this story: Harbour Post' }).click();
		await expect(page.locator('h1')).toContainText('Quay Mail reported on');
		await expect(page.locator('#out')).toContainText(FERRY.title);
		expect(await told()).toEqual(['1 of 1', '1 of 1', '2 of 2']);
		expect(await faults(page)).toEqual([]);
		await page.locator('#out a').click();
		await expect(page.locator('h1')).toContainText('Harbour Post reported on');
		await expect(page.locator('#reports')).toContainText('put here by a person');
		await page.goto(`${product.url}/news`);
		await expect(page.locator('#stories h3', { hasText: /ferry/ })).toHaveCount(2);
		await page.getByRole('link', { name: LATER.title }).last().click();
		await page.getByRole('button', { name: 'take back: Harbour Post' }).click();
		await expect(page.locator('h1')).toContainText('2 of 2 articles are independent');
		await expect(page.locator('#out')).toHaveCount(0);
		expect(await told()).toEqual(['2 of 2', '2 of 2']);
	});

	test('is joined with another, and what was its own address leads there until all of it is taken back at once', async ({
		browser
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
		const [page, late] = [await context.newPage(), await context.newPage()];
		const { story } = await placed(QUARREL.title);
		await page.goto(`${product.url}/news/${story}`);
		await page.getByRole('link', { name: 'Look for it' }).click();
		await page.locator('#join select').selectOption({ label: await labelOf(page, FERRY.title) });
		await page.getByRole('button', { name: 'Join them' }).click();
		await expect(page.locator('h1')).toContainText('4 of 4 articles are independent');
		await expect(page.locator('#join')).toContainText('Pier Times, first of 2 reports');
		expect(await told()).toEqual(['4 of 4']);
		await late.goto(`${product.url}/news/${story}`);
		await expect(late.locator('h1')).toContainText('Harbour Post reported first');
		await page.locator('#join').getByRole('button', { name: 'take back: Pier Times' }).click();
		await expect(page.locator('h1')).toContainText('2 of 2 articles are independent');
		await expect(page.locator('#join')).not.toContainText('Pier Times');
		expect(await told()).toEqual(['2 of 2', '2 of 2']);
		await late.locator('#join').getByRole('button', { name: 'take back: Pier Times' }).click();
		await expect(late.getByRole('alert')).toContainText('Somebody said otherwise meanwhile');
		await page.goto(`${product.url}/news/${story}`);
		await expect(page.locator('h1')).toContainText('Pier Times reported first');
		await expect(page.locator('#reports')).not.toContainText('put here by a person');
		await context.close();
	});

	test('is not changed by who looked before somebody else did', async ({ browser }) => {
		const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
		const [first, late] = [await context.newPage(), await context.newPage()];
		const { story } = await placed(FERRY.title);
		for (const page of [first, late]) await page.goto(`${product.url}/news/${story}`);
		const button = { name: 'not this story: Quay Mail' };
		await first.getByRole('button', button).click();
		await expect(first.locator('#out')).toContainText('Quay Mail');
		await late.getByRole('button', button).click();
		await expect(late.getByRole('alert')).toContainText('Somebody said otherwise meanwhile');
		await expect(late.locator('#out')).toContainText('Quay Mail');
		await first.getByRole('button', { name: 'take back: Quay Mail' }).click();
		await expect(first.locator('h1')).toContainText('2 of 2');
		await context.close();
	});

	const labelOf = async (page: Page, words: string) =>
		(await page.locator('#join option', { hasText: words }).textContent())?.trim() ?? '';
});

test('an article with a date of weeks ago says why it stands alone, and joins the text that it repeats', async ({
	page
}) => {
	const ancient = article('ancient', 'Very Old Claims', -600, TITLE, `Weeks ago: ${TEXT}`, { observedAt: at(20) }); // prettier-ignore
	await push([ancient]);
	const found = async () => ((await (await fetch(`${product.url}/api/v1/stories`)).json()) as { id: string; independentSources: number; articles: { url: string; copyOf: string | null }[] }[]).find(({ articles }) => articles.some(({ url }) => url === ancient.url)); // prettier-ignore
	const alone = await found();
	expect(alone?.articles).toHaveLength(1);
	await page.goto(`${product.url}/news/${alone?.id}`);
	await expect(page.locator('.place.late')).toContainText('it stands alone');
	await expect(page.locator('.place.late form')).toHaveCount(1);
	await expect(page.locator('h1')).toContainText('Very Old Claims says that it reported on');
	expect(await faults(page)).toEqual([]);
	await page.getByRole('button', { name: 'join as its copy' }).first().click();
	await expect(page.locator('h1')).toContainText('1 of 53 articles is independent and 52 are copies');
	await expect(page.locator('h1')).toContainText('Harwick Wire reported first');
	const joined = await found();
	expect(joined).toMatchObject({ independentSources: 1 });
	expect(joined?.articles.find(({ url }) => url === ancient.url)?.copyOf).not.toBeNull();
	// Its own address leads to its line, which is folded out.
	await page.goto(`${product.url}/news/${alone?.id}`);
	await expect(page).toHaveURL(`${product.url}/news/${joined?.id}#a${alone?.id}`);
	await page.getByRole('button', { name: 'take back: Very Old Claims' }).click();
	await expect(page.locator('h1')).toContainText('51 are copies');
	await page.goto(`${product.url}/news/${alone?.id}`);
	await expect(page.locator('.place.late')).toContainText('it stands alone');
});

test('no markup of an article reaches a page as markup', async ({ page }) => {
	await push([HOSTILE]);
	const { story } = await placed('<script>');
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	for (const path of ['/news', `/news/${story}`, '/news?q=Alipay', '/search?q=Alipay', '/']) {
		await page.goto(`${product.url}${path}`);
		await expect(page.locator('h1')).toBeVisible();
		expect(await page.evaluate(() => 'owned' in globalThis)).toBe(false);
		expect(await page.locator('main :is(script, img, iframe, object, embed, svg[onload])').count()).toBe(0);
		expect(await page.locator('main a[href^="javascript:" i]').count()).toBe(0);
		expect(await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0)).toBeLessThanOrEqual(1280);
	}
	await page.goto(`${product.url}/news/${story}`);
	await expect(page.locator('h1')).toContainText('<script>');
	const heading = (await page.locator('h1').textContent()) ?? '';
	expect(heading.length).toBeLessThan(800);
	expect(heading).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
	await expect(page.locator('#reports')).toContainText('the rest stands at its address');
	expect(asked.filter((url) => !url.startsWith(product.url))).toEqual([]);
});

for (const locale of ['en-GB', 'zh-CN'])
	test(`news in ${locale} has no fault that axe finds and no sideways scroll on a phone`, async ({
		browser
	}) => {
		const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
		const page = await context.newPage();
		const { story } = await placed(TITLE);
		for (const path of ['/news', `/news/${story}`]) {
			await page.goto(product.url + path);
			expect(await faults(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
		}
		await context.close();
	});
