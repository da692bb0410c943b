import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { expect, test, type Page } from '@playwright/test';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';

const { folder, remove } = temporaryFolder();
let product: Running;
let site: Server;
let address: string;

const POLICY = `<!doctype html><html lang="en"><title>Privacy Policy | Shoply</title><nav>Home</nav><main id="content"><h1>Privacy Policy</h1>${'<p>We share your order status with shopping partners when you open their pages, and keep it for thirty days.</p>'.repeat(6)}</main></html>`;
const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Paper</title><item><title>Lantern &amp; Harbor &lt;b&gt;talk&lt;/b&gt;</title><link>https://paper.example/1</link><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>`;
const weeks = ['2026-06-01', '2026-06-08', '2026-06-15'];
const TABLE = ['week_start,shop,referrer,visits', ...weeks.flatMap((week) => [`${week},shop.example,app.example,25`, `${week},shop.example,(direct),75`]), '2026-06-22,shop.example,app.example,many'].join('\n'); // prettier-ignore

test.beforeAll(async () => {
	site = createServer((request, response) => {
		if (request.url === '/feed.xml')
			response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(FEED);
		else if (request.url !== '/privacy') response.writeHead(404).end();
		else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(POLICY);
	}).listen(0, '127.0.0.1');
	await once(site, 'listening');
	const at = site.address();
	address = `http://127.0.0.1:${at !== null && typeof at === 'object' ? at.port : 0}/privacy`;
	product = await startProduct({ folder, env: { TELLTALE_FETCH_ALLOW: '127.0.0.0/8' } });
});
test.afterAll(async () => {
	await product.stop();
	site.close();
	remove();
});

const drop = (page: Page, name: string, bytes: number, text = '') =>
	page.evaluate(
		({ name, bytes, text }) => {
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([text || new Uint8Array(bytes)], name));
			const event = (type: string) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
			document.body.dispatchEvent(event('dragover'));
			document.body.dispatchEvent(event('drop'));
		},
		{ name, bytes, text }
	);

test.describe('without script', () => {
	test.use({ javaScriptEnabled: false });

	test('a table is recognised, shown as what it would become, imported, and charted', async ({ page }) => {
		await page.goto(`${product.url}/start`);
		await page
			.locator('main input[type=file]')
			.setInputFiles({ name: 'counter_2026.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) });
		await page.getByRole('button', { name: 'See what it would become' }).click();
		await expect(page.locator('h1')).toContainText(
			'counter_2026.csv is a table: read so, it would add 6 observations'
		);
		await expect(page.locator('#becomes')).toContainText('1–21 Jun 2026');
		await expect(page.locator('#refused')).toContainText('must be a number');
		await page.getByRole('button', { name: 'Import 6 events' }).click();
		await expect(page.locator('h1')).toContainText('6 taken, 0 were in already, 1 could not be read');
		await settled(product.url);
		await page.goto(`${product.url}/referrals?destination=shop.example`);
		await expect(page.locator('h1')).toContainText('25%');
	});

	test('a feed is looked at before it is followed, and then read', async ({ page }) => {
		await page.goto(`${product.url}/start`);
		await page.getByLabel('Feed').fill(address.replace('/privacy', '/feed.xml'));
		await page.locator('#news').getByRole('button', { name: 'Look at it' }).click();
		await expect(page.locator('#news')).toContainText('1 articles would come in now');
		await expect(page.locator('#news')).toContainText('Lantern & Harbor talk');
		await page.getByLabel('Publisher').fill('The Paper');
		await page.getByRole('button', { name: 'Follow it' }).click();
		await expect(page.locator('#news')).toContainText('The Paper is followed');
		await expect(async () => {
			await page.goto(`${product.url}/news`);
			await expect(page.locator('main')).toContainText('Lantern & Harbor talk', { timeout: 1_000 });
		}).toPass({ timeout: 30_000 });
	});

	test('a feed that cannot be read says why', async ({ page }) => {
		await page.goto(`${product.url}/start`);
		await page.getByLabel('Feed').fill(address);
		await page.locator('#news').getByRole('button', { name: 'Look at it' }).click();
		await expect(page.locator('#news')).toContainText('It cannot be read');
	});

	test('a page is looked at before it is watched', async ({ page }) => {
		await page.goto(`${product.url}/start`);
		await page.locator('#page').getByLabel('Address').fill(address);
		await page.locator('#page').getByRole('button', { name: 'Look at it' }).click();
		await expect(page.locator('#page')).toContainText('would be kept as');
		await expect(page.getByRole('region', { name: 'The text that would be kept' })).toContainText(
			'order status'
		);
		await page.getByLabel('Whose').fill('Shoply');
		await page.getByRole('button', { name: 'Watch it' }).click();
		await expect(page.locator('#page')).toContainText('Privacy Policy of Shoply is watched');
	});

	test('a page that cannot be read says why, and the address stays', async ({ page }) => {
		await page.goto(`${product.url}/start`);
		await page.locator('#page').getByLabel('Address').fill(address.replace('privacy', 'nowhere'));
		await page.locator('#page').getByRole('button', { name: 'Look at it' }).click();
		await expect(page.getByRole('alert')).toContainText('It cannot be read');
		await expect(page.locator('#page').getByLabel('Address')).toHaveValue(/nowhere$/);
	});
});

test('a file dropped on any page is looked at; a large one is sent another way', async ({ page }) => {
	// A drop is heard once the page is alive: then it opens the stream.
	const alive = page.waitForRequest('**/api/v1/stream');
	await page.goto(`${product.url}/news`);
	await alive;
	await expect(page.locator('.drop')).toHaveCount(0);
	await drop(page, 'big.csv', 32 * 1024 * 1024 + 1);
	await expect(page.locator('.drop')).toContainText('big.csv is larger than 32 MB');
	await drop(page, 'mine.csv', 0, 'provider,destination,source,metric,from,to,value\nme,a.example,b.example,visits,2026-11-01,2026-11-01,5\n'); // prettier-ignore
	await expect(page.locator('h1')).toContainText(
		'mine.csv holds events as they are kept here: it would add 1 observation'
	);
	await page.getByRole('button', { name: 'Leave it' }).click();
	await expect(page).toHaveURL(/\/start$/);
});

test('the slash goes to the search, which says what it found as text', async ({ page }) => {
	const title = 'Harbor <b>opens</b> a second door';
	const response = await fetch(`${product.url}/api/v1/news`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify([
			{ url: 'https://paper.example/1', title, publisher: 'Paper', publishedAt: '2026-11-01T08:00:00Z' }
		])
	});
	expect(response.status).toBe(202);
	await settled(product.url);
	await page.goto(product.url);
	await expect(async () => {
		await page.keyboard.press('/');
		await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused({ timeout: 200 });
	}).toPass();
	await page.keyboard.type('second <b>');
	await page.keyboard.press('Enter');
	await expect(page.locator('h1')).toHaveText('1 article matches “second <b>”.');
	await expect(page.locator('#articles mark')).toHaveText(['<b>', 'second']);
});
