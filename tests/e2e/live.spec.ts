import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openDesk } from '#lib/server/desk/open.ts';
import { createLogger } from '#lib/server/logger.ts';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';

const { folder, remove } = temporaryFolder();
let product: Running;
const EVIL = `<script>alert(1)</script><img src=x onerror=alert(2)> 微信 & JD.com`;

const push = async (topic: string, events: unknown[]) => {
	const response = await fetch(`${product.url}/api/v1/${topic}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(events)
	});
	expect(response.status).toBe(202);
};
const observation = (source: string, day: number, value: number) => {
	const at = `2026-11-${String(day).padStart(2, '0')}`;
	return { provider: 'site', destination: 'shop', source, from: at, to: at, metric: 'new_users', value };
};

test.beforeAll(async () => {
	product = await startProduct({ folder });
});
test.afterAll(async () => {
	await product.stop();
	remove();
});

test('an empty product says what to do next', async ({ page }) => {
	await page.goto(product.url);
	await expect(page.locator('h1')).toBeVisible();
	await expect(page.locator('main')).toContainText('/api/v1/traffic');
});

test('what comes in reaches an open page within a second, without a reload', async ({ page }) => {
	await push('traffic', [observation('app.example', 1, 200), observation('(direct)', 1, 800)]);
	await settled(product.url);
	await page.goto(`${product.url}/referrals?destination=shop&metric=new_users&provider=site`);
	await expect(page.locator('main table').first()).toContainText('20.0%');
	await page.waitForFunction(
		() => performance.getEntriesByName(`${location.origin}/api/v1/stream`).length >= 0
	);
	const told = page.waitForResponse((response) => response.url().includes('__data.json'));
	await push('traffic', [observation('app.example', 2, 500), observation('(direct)', 2, 500)]);
	const began = performance.now();
	await told;
	expect(performance.now() - began).toBeLessThan(3_000);
	await expect(page.locator('main table').first()).toContainText('50.0%');
});

test('a title from outside is text and never markup', async ({ page }) => {
	let dialogs = 0;
	page.on('dialog', (dialog) => {
		dialogs++;
		void dialog.dismiss();
	});
	await push('news', [
		{
			url: 'https://news.example/evil',
			title: EVIL,
			text: EVIL,
			publisher: EVIL,
			publishedAt: '2026-11-20T08:00:00Z'
		}
	]);
	await push('policies', [
		{ service: EVIL, document: EVIL, fetchedAt: '2026-11-01T08:00:00Z', text: '# A\n\nWe keep your name.' },
		{
			service: EVIL,
			document: EVIL,
			fetchedAt: '2026-11-05T08:00:00Z',
			text: `# A\n\nWe keep your name.\n\n${EVIL}`
		}
	]);
	await settled(product.url);
	for (const path of [
		'/',
		'/news',
		'/policies',
		`/policies/${encodeURIComponent(EVIL)}/${encodeURIComponent(EVIL)}`
	]) {
		await page.goto(product.url + path);
		await expect(page.locator('main')).toContainText('<script>alert(1)</script>');
		await expect(page.locator('main script, main img[src="x"]')).toHaveCount(0);
	}
	expect(dialogs).toBe(0);
});

test('a policy page shows what changed, clause by clause, and steps through its changes by key', async ({
	page
}) => {
	const text = (...clauses: string[]) => `# Privacy\n\n${clauses.join('\n\n')}\n`;
	const at = (day: number, words: string) => ({
		service: 'Talk',
		document: 'Terms',
		fetchedAt: `2026-10-${String(day).padStart(2, '0')}T08:00:00Z`,
		text: words
	});
	await push('policies', [
		at(1, text('We keep your name.', 'We keep your address.')),
		at(5, text('We keep your name.', 'We keep your address.', 'We share orders with Shop Nine.')),
		at(9, text('We keep your name.', 'We keep your address.', 'We share orders with Shop Nine.')),
		at(15, text('We keep your name.', 'We keep your home address.', 'We share orders with Shop Nine.'))
	]);
	await settled(product.url);
	await page.goto(`${product.url}/policies/Talk/Terms`);
	await expect(page.locator('main')).toContainText('modified');
	await expect(async () => {
		await page.keyboard.press('['); // heard once the page's script runs
		await expect(page.locator('main')).toContainText('We share orders with Shop Nine.', { timeout: 1_000 });
	}).toPass();
	await expect(page.locator('main')).toContainText('added');
	await page.keyboard.press(']');
	await expect(page.locator('main')).toContainText('modified');
});

test('a dead letter is mended and replayed on the page', async ({ page }) => {
	// Only what comes past the doors becomes a letter: it is put on the desk as a consumer would.
	const bytes = Buffer.from(JSON.stringify({ ...observation('mended.example', 3, 1), value: -3 }));
	const desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
	const place = {
		topic: 'traffic',
		partition: 0,
		offset: 7,
		row: 0,
		key: 'site/shop',
		writer: '',
		accepted: Date.now()
	};
	await desk.deadLetters.put([
		{ ...place, id: 'traffic:0:7:0', reason: 'value must be 0 or more', path: 'value', bytes }
	]);
	await desk.close();
	await page.goto(`${product.url}/sources`);
	await expect(page.locator('#dead')).toContainText('value must be 0 or more');
	await page.locator('#dead summary').first().click();
	await page.locator('#dead textarea').fill(bytes.toString().replace('-3', '3'));
	await page
		.getByRole('button', { name: /replay/i })
		.first()
		.click();
	await settled(product.url);
	await expect(page.locator('#dead')).not.toContainText('value must be 0 or more');
	await page.goto(`${product.url}/referrals?destination=shop&metric=new_users&provider=site`);
	await expect(page.locator('main')).toContainText('mended.example');
});

test('language and theme are chosen on the page, without script', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
	const page = await context.newPage();
	await page.goto(`${product.url}/sources`);
	await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
	await page.getByRole('button', { name: 'EN' }).first().click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	expect(new URL(page.url()).pathname).toBe('/sources');
	await context.close();
});

test('the frame stands while the store is down, and says so', async ({ page }) => {
	const { pid } = JSON.parse(readFileSync(join(folder, 'engine', 'engine.json'), 'utf8')) as { pid: number };
	process.kill(pid, 'SIGSTOP');
	try {
		await page.goto(`${product.url}/policies`, { timeout: 60_000 });
		await expect(page.locator('nav.rail').first()).toBeVisible();
		await expect(page.locator('h1')).toBeVisible();
	} finally {
		process.kill(pid, 'SIGCONT');
	}
});
