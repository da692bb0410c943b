import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openDesk } from '#lib/server/desk/open.ts';
import { pageId } from '#lib/server/fetch/watched-page.ts';
import { createLogger } from '#lib/server/logger.ts';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';

const { folder, remove } = temporaryFolder();
let product: Running;

const DAY = 86_400_000;
/** So many days ago, at eight. */
const ago = (days: number) => {
	const at = new Date(Date.now() - days * DAY);
	at.setUTCHours(0, 0, 0, 0);
	return at.toISOString();
};
const CLAUSES = [
	'We keep your name as long as your account lives.',
	'Complaints go to the address in Annex B.',
	'You can delete your account at any time.',
	'Cookies last a year and are read by nobody else.'
];
const text = (...clauses: string[]) => `# Privacy\n\n${clauses.join('\n\n')}\n`;
const BEFORE = text(...CLAUSES);
const DOOR = 'We share your orders and a payment token with JD.com.';
const AFTER = text(...CLAUSES.slice(0, 2), DOOR, ...CLAUSES.slice(2));
const BLIP = text(...CLAUSES.slice(0, 3), DOOR, 'For a day only, this page is being tested.');
const READINGS: [number, string][] = [
	[40, BEFORE], [39, BEFORE], [38, BEFORE], [37, AFTER], [36, AFTER], [34, AFTER], [30, AFTER], [20, BLIP], [19, AFTER], [12, AFTER], [1, AFTER]
]; // prettier-ignore
const read = (collector: string, at: string, words: string) => ({
	service: 'Talk',
	document: 'Terms',
	fetchedAt: at,
	text: words,
	collector
});
const PATH = '/policies/Talk/Terms';

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
	const events = READINGS.flatMap(([days, words]) => [
		read('live', ago(days), words),
		...(days < 40 ? [read('archive', new Date(Date.parse(ago(days)) + DAY / 24).toISOString(), words)] : [])
	]);
	const response = await fetch(`${product.url}/api/v1/policies`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(events)
	});
	expect(response.status).toBe(202);
	await settled(product.url);
});
test.afterAll(async () => {
	await product.stop();
	remove();
});

test('the list says first whom the newest confirmed change opens a door to, and is filtered without script', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const page = await context.newPage();
	await page.goto(`${product.url}/policies`);
	await expect(page.locator('h1')).toContainText('Talk’s Terms opened a door to JD.com');
	await page.getByLabel('Topic').selectOption('payments');
	await page.getByRole('button', { name: 'Show' }).click();
	await expect(page).toHaveURL(/topic=payments/);
	await expect(page.locator('main table')).toContainText('Terms');
	await page.goto(`${product.url}/policies?organisation=nobody`);
	await expect(page.locator('h1')).toHaveText('No change fits this view.');
	await context.close();
});

test('a change that two collectors saw is one, what came and went is folded, and what is the same is counted', async ({
	page
}) => {
	await page.goto(`${product.url}${PATH}`);
	await expect(page.locator('#timeline svg').first()).toContainText('×2');
	await page.locator('#timeline svg a', { hasText: 'v2' }).first().click();
	await expect(page.locator('#compare')).toContainText(/seen by (live, archive|archive, live)/);
	await expect(page.locator('#change-1')).toContainText(DOOR);
	await expect(page.locator('#compare .same').first()).toContainText('3 clauses are unchanged');
	await expect(page.locator('#compare .same').last()).toContainText('2 clauses are unchanged');
	await page.locator('#change-1').getByRole('link', { name: 'Link to change 1' }).click();
	await expect(page).toHaveURL(/after=.*#change-1$/);
});

test('unchanged clauses unfold where they stand, by a link that keeps the view', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const page = await context.newPage();
	await page.goto(`${product.url}${PATH}?view=inline`);
	const run = page.locator('#compare .same a').first();
	await expect(page.locator('#compare .still')).toHaveCount(0);
	await run.click();
	await expect(page.locator('#compare')).toContainText(CLAUSES[0] ?? '');
	await expect(page).toHaveURL(/view=inline.*unfold=/);
	await expect(run).toHaveAttribute('aria-expanded', 'true');
	await run.click();
	await expect(page.locator('#compare .still')).toHaveCount(0);
	await context.close();
});

test('when the document could not be read stands on its timeline, and why', async ({ page }) => {
	const desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
	const source = pageId({ service: 'Talk', document: 'Terms' });
	const since = Date.parse(ago(10));
	await desk.silences.begin({ source, since, noticed: since + DAY, failure: 'blocked', reason: 'the server answers 403' }); // prettier-ignore
	await page.goto(`${product.url}${PATH}`);
	await expect(page.locator('main')).toContainText('blocked (the server answers 403)');
	await expect(page.locator('#timeline svg').first()).toContainText('Not read');
	await desk.silences.end(source, since + 3 * DAY);
	await desk.close();
	await page.reload();
	await expect(page.locator('#timeline li')).toContainText('blocked (the server answers 403)');
	await page.goto(`${product.url}${PATH}?asOf=${ago(20).slice(0, 10)}`);
	await expect(page.locator('h1')).toBeVisible();
	await expect(page.locator('main')).not.toContainText('blocked');
});

test('a month lists what is real by organisation and counts what came to nothing', async ({ page }) => {
	const month = ago(37).slice(0, 7);
	await page.goto(`${product.url}/policies/month?month=${month}`);
	await expect(page.locator('#month article').first()).toContainText('Terms');
	await page.goto(`${product.url}/policies/month?month=${ago(20).slice(0, 7)}`);
	await expect(page.locator('#month')).toContainText('came to nothing');
	expect((await page.goto(`${product.url}/policies/month?month=2999-01`))?.status()).toBe(400);
});

test('a note is kept with every version, shown on the timeline, and who is late sees what was saved before', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' });
	const [first, late] = [await context.newPage(), await context.newPage()];
	for (const page of [first, late]) await page.goto(`${product.url}${PATH}`);
	await first.locator('#verdict textarea').fill('Checked by telephone.');
	await first.locator('#verdict select').selectOption('confirmed');
	await first.getByRole('button', { name: 'Save' }).click();
	await expect(first.locator('#verdict')).toContainText('Checked by telephone.');
	await expect(first.locator('#notes')).toContainText('Checked by telephone.');
	await late.locator('#verdict textarea').fill('I doubt it.');
	await late.getByRole('button', { name: 'Save' }).click();
	await expect(late.getByRole('alert')).toContainText('Somebody saved another version meanwhile');
	await expect(late.locator('#verdict')).toContainText('Checked by telephone.');
	await expect(late.locator('#verdict textarea')).toHaveValue('I doubt it.');
	await late.getByRole('button', { name: 'Save' }).click();
	await expect(late.locator('#verdict summary')).toHaveText('1 earlier version');
	await expect(late.locator('#timeline svg').first()).toContainText('✎');
	await context.close();
});

for (const path of ['/policies', '/policies/month', PATH])
	for (const locale of ['en-GB', 'zh-CN'])
		test(`${path} in ${locale} has no fault that axe finds and no sideways scroll on a phone`, async ({
			browser
		}) => {
			const context = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
			const page = await context.newPage();
			await page.goto(product.url + path);
			expect(await faults(page)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
			await context.close();
		});
