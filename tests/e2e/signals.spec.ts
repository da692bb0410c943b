import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test, type Page } from '@playwright/test';
import { settled, startProduct, telltale, temporaryFolder, until, type Running } from '../support/product.ts';

const { folder, remove } = temporaryFolder();
let product: Running;

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
/** What papers say of companies on the starter watchlist; the second repeats the first word for word. */
const TALKS = 'Alibaba is in talks with JD.com about a payment partnership.';
const DENIAL = 'JD.com denied that it would acquire PayPal.';
const text = (words: string) =>
	`Markets were calm in the morning. ${words} Neither company gave a date, and the shares of both hardly moved until the evening of the same day.`;
const article = (n: number, publisher: string, title: string, words: string, days: number) => ({
	url: `https://papers.example/${n}`, title, text: text(words), publisher, publishedAt: ago(days), observedAt: ago(days), language: 'en'
}); // prettier-ignore
const ARTICLES = [
	article(1, 'Reuters', 'Two platforms talk', TALKS, 9),
	article(2, 'Daily Copy', 'Two platforms talk', TALKS, 8.9),
	article(3, 'Evening Paper', 'A denial', DENIAL, 3)
];

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
const row = (page: Page, words: string) => page.locator('tr[data-id]:not(.open)', { hasText: words });

test.beforeAll(async () => {
	product = await startProduct({ folder });
	const page = await fetch(`${product.url}/signals`);
	expect(await page.text()).toContain('No signal yet.');
	const response = await fetch(`${product.url}/api/v1/news`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(ARTICLES)
	});
	expect(response.status).toBe(202);
	await settled(product.url);
	await until('the copy is folded', async () => {
		const all: unknown = await (await fetch(`${product.url}/api/v1/signals`)).json();
		return Array.isArray(all) && all.some((one: { copyOf: string | null }) => one.copyOf !== null);
	});
});
test.afterAll(async () => {
	await product.stop();
	remove();
});

test('the first sentence counts what is told of a pair, a copy not at all', async ({ page }) => {
	await page.goto(`${product.url}/signals`);
	await expect(page.locator('h1')).toHaveText('1 of 2 signals is about JD.com × PayPal.');
	await expect(row(page, TALKS)).toHaveCount(1);
	await expect(row(page, TALKS)).toContainText('2 articles');
});

test('with keys: move, open, judge right and wrong, say what it is rather, take it back; it is there after a reload', async ({
	page
}) => {
	await page.goto(`${product.url}/signals`);
	// Drawn once, for this window: the page's script runs.
	await expect(page.locator('#lanes .plot > .wide')).toHaveCount(0);
	await page.keyboard.press('j');
	const first = page.locator('tr[data-id]').first();
	await expect(first.locator('a.go')).toBeFocused();
	await page.keyboard.press('y');
	await expect(first).toContainText('take back');
	await page.keyboard.press('j');
	await page.keyboard.press('k');
	await expect(first.locator('a.go')).toBeFocused();
	await page.keyboard.press('u');
	await expect(first.getByRole('button', { name: 'right' })).toBeVisible();
	await page.keyboard.press('n');
	await expect(page.getByRole('group', { name: 'it is rather' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('group', { name: 'it is rather' })).toHaveCount(0);
	await page.keyboard.press('n');
	await page.keyboard.press('0');
	await expect(first).toHaveClass(/wrong/);
	await page.reload();
	await expect(first).toHaveClass(/wrong/);
	await page.locator('a.go').first().click();
	await expect(page.locator('tr.open')).toContainText('no signal');
	await expect(page.locator('tr.open summary')).toContainText('earlier verdicts');
	await page.goto(`${product.url}/scoreboard`);
	await expect(page.locator('#here')).toContainText('insufficient');
});

test('opened in place, a signal shows its words in their text; its address opens it for others', async ({
	page
}) => {
	await page.goto(`${product.url}/signals`);
	await row(page, TALKS).locator('a.go').click();
	await expect(page.locator('tr.open mark')).toContainText('in talks with JD.com');
	await expect(page.locator('tr.open')).toContainText('Markets were calm');
	await expect(page.locator('tr.open')).toContainText('1 more article repeats it');
	const address = page.url();
	await page.goto(`${product.url}/signals`);
	await page.goto(address);
	await expect(page.locator('tr.open mark')).toBeVisible();
});

test('without script it is judged by forms, and who is late sees what was said before', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const [early, late] = [await context.newPage(), await context.newPage()];
	for (const page of [early, late]) await page.goto(`${product.url}/signals`);
	await row(early, TALKS).getByRole('link', { name: 'wrong' }).click();
	await early.getByRole('button', { name: 'Supply' }).click();
	await expect(row(early, TALKS)).toHaveClass(/wrong/);
	await row(late, TALKS).getByRole('button', { name: 'right' }).click();
	await expect(late.getByRole('alert')).toContainText('Somebody judged this signal meanwhile: wrong');
	await expect(row(late, TALKS)).toHaveClass(/wrong/);
	await row(late, TALKS).getByRole('button', { name: 'take back' }).click();
	await expect(row(late, TALKS).getByRole('button', { name: 'right' })).toBeVisible();
	await context.close();
});

test('a wrong one takes its type off its story, what it is rather is marked as a person’s word, and a past day stays as it was', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const page = await context.newPage();
	const yesterday = ago(1).slice(0, 10);
	const chips = async (query = '') => {
		await page.goto(`${product.url}/news${query}`);
		return page.locator('#stories li', { hasText: 'A denial' }).locator('.tag');
	};
	await page.goto(`${product.url}/signals`);
	await expect(row(page, DENIAL)).toHaveClass(/wrong/);
	await expect(await chips()).toHaveCount(0);
	await expect(await chips(`?asOf=${yesterday}`)).toHaveText(['Denial']);
	await page.goto(`${product.url}/signals`);
	await row(page, DENIAL).getByRole('button', { name: 'take back' }).click();
	await expect(await chips()).toHaveText(['Denial']);
	await page.goto(`${product.url}/signals`);
	await row(page, DENIAL).getByRole('link', { name: 'wrong' }).click();
	await page.getByRole('button', { name: 'Supply' }).click();
	await expect(row(page, DENIAL)).toHaveClass(/wrong/);
	await expect(await chips()).toHaveText(['Supply, by a person']);
	await expect(await chips('?signal=supply')).toHaveCount(1);
	await expect(await chips('?signal=denial')).toHaveCount(0);
	await expect(await chips(`?asOf=${yesterday}`)).toHaveText(['Denial']);
	await page.goto(`${product.url}/signals?asOf=${yesterday}`);
	await expect(row(page, DENIAL)).not.toHaveClass(/wrong/);
	await page.goto(`${product.url}/news`);
	await page.getByRole('link', { name: 'A denial' }).last().click();
	await expect(page.locator('.an')).toContainText('a person judged it wrong, rather Supply');
	await page.goto(`${product.url}/signals`);
	await row(page, DENIAL).getByRole('button', { name: 'take back' }).click();
	await expect(await chips()).toHaveText(['Denial']);
	await context.close();
});

test('what was judged is exported for the training, beside the running product', async ({ page }) => {
	await page.goto(`${product.url}/signals`);
	await row(page, TALKS).getByRole('button', { name: 'right' }).click();
	await expect(row(page, TALKS)).toContainText('take back');
	const told: unknown = await (await fetch(`${product.url}/api/v1/signals?type=talks`)).json();
	expect(told).toContainEqual(expect.objectContaining({ verdict: 'right', copyOf: null }));
	const { code, stdout } = await telltale(['export', 'verdicts'], { TELLTALE_DATA: folder });
	expect(code).toBe(0);
	const lines = stdout.trim().split('\n').map((line): unknown => JSON.parse(line)); // prettier-ignore
	expect(lines).toContainEqual(
		expect.objectContaining({
			verdict: 'right',
			signal: expect.objectContaining({ type: 'talks', language: 'en', title: 'Two platforms talk' })
		})
	);
});

test('filters stay in the address and say so when nothing fits', async ({ page }) => {
	await page.goto(`${product.url}/signals?type=regulatory`);
	await expect(page.locator('h1')).toHaveText('No signal fits this view.');
	await page.getByRole('link', { name: 'Look at everything' }).click();
	await page.getByLabel('Reliability').selectOption('A');
	await expect(page).toHaveURL(/reliability=A/);
	await expect(page.locator('tr[data-id]')).toHaveCount(1);
	await page.goto(`${product.url}/signals?asOf=2020-01-01`);
	await expect(page.locator('h1')).toHaveText('No signal was known on this day.');
});

for (const path of ['/signals', '/scoreboard'])
	for (const locale of ['en-GB', 'zh-CN'])
		test(`${path} in ${locale} has no fault that axe finds and no sideways scroll on a phone`, async ({
			browser
		}) => {
			const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
			const page = await context.newPage();
			await page.goto(product.url + path);
			expect(await faults(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
			await page.setViewportSize({ width: 1440, height: 900 });
			expect(await faults(page)).toEqual([]);
			await context.close();
		});
