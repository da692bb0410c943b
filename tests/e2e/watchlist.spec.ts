import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';

const { folder, remove } = temporaryFolder();
let product: Running;

const HOUR = 3_600_000;
const article = (n: number, title: string, text = '') => ({
	url: `https://paper.example/${n}`, title, text, publisher: 'Paper', publishedAt: new Date(Date.now() - n * HOUR).toISOString()
}); // prettier-ignore
const NEWS = [
	article(1, 'Quillworks opens a <b>shop</b>', 'Quillworks said so. A day at Quill Park.'),
	article(2, '羽坊与京东合作'),
	article(3, 'Quill pens are back'),
	article(4, 'Quillworks and Quill', 'The Quill is its new phone.')
];

test.beforeAll(async () => {
	product = await startProduct({ folder });
	const response = await fetch(`${product.url}/api/v1/news`, {
		method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(NEWS)
	}); // prettier-ignore
	expect(response.status).toBe(202);
	await settled(product.url);
});
test.afterAll(async () => {
	await product.stop();
	remove();
});

const open = (page: Page, path: string) => page.goto(`${product.url}${path}`);

test.describe('without script', () => {
	test.use({ javaScriptEnabled: false });

	test('a name that nobody watches is looked for, looked at, and added', async ({ page }) => {
		await open(page, '/watchlist?q=Quillworks');
		await expect(page.locator('#organisations')).toContainText(
			'Nobody on the watchlist is called “Quillworks”'
		);
		await page.getByRole('link', { name: 'Add it' }).click();
		await expect(page.locator('h1')).toHaveText(
			'These names would match 2 of the 4 articles of the last 30 days.'
		);
		await page.getByLabel('Other names').fill('羽坊');
		await page.getByLabel('Ambiguous names').fill('Quill');
		await page.getByLabel('Not it').fill('Quill Park');
		await page.getByRole('button', { name: 'What the names match' }).click();
		const finds = page.locator('#finds');
		await expect(page.locator('h1')).toContainText('match 3 of the 4 articles');
		await expect(finds).toContainText('Quill counts in 1 of the 2 articles that have it');
		await expect(finds).toContainText('羽坊 in 1 article');
		await expect(finds.locator('mark').first()).toHaveText('Quillworks');
		await expect(finds).toContainText('Quillworks opens a <b>shop</b>');
		await page.getByLabel('Stance').selectOption('rival');
		await page.getByRole('button', { name: 'Save' }).click();
		await expect(page).toHaveURL(/\/watchlist\/quillworks\?saved=1$/);
		await expect(page.getByRole('status').first()).toContainText('Saved.');
		await expect(page.locator('#history')).toContainText('from this page');
	});

	test('a mistake is named by its field and line, and what was typed stays', async ({ page }) => {
		await open(page, '/watchlist/etsy');
		await page.getByLabel('Owner').fill('nobody-at-all');
		await page.getByLabel('Other names').fill('Kept');
		await page.getByRole('button', { name: 'Save' }).click();
		await expect(page.getByRole('alert')).toContainText('Owner: nobody-at-all is not on the watchlist');
		await expect(page.getByLabel('Other names')).toHaveValue('Kept');
	});

	test.describe('in Chinese', () => {
		test.use({ locale: 'zh-CN' });

		test('a mistake is told in Chinese', async ({ page }) => {
			await open(page, '/watchlist/etsy');
			await page.getByLabel('所属').fill('nobody-at-all');
			await page.getByRole('button', { name: '保存' }).click();
			await expect(page.getByRole('alert')).toHaveText('所属：观察名单上没有nobody-at-all');
			await page.getByLabel('所属').fill('');
			await page.locator('[name=aliases]').fill('x'.repeat(301));
			await page.getByRole('button', { name: '保存' }).click();
			await expect(page.getByRole('alert')).toHaveText('其他名称，第1行：最多300个字符');
		});
	});

	test('our own company is said in one step', async ({ page }) => {
		await open(page, '/watchlist');
		await page.getByLabel('Which one is your own?').fill('Meituan');
		await page.getByRole('button', { name: 'That is us' }).click();
		await expect(page.locator('h1')).toContainText('Meituan is yours');
	});
});

test('a saved watchlist reads what is in again', async ({ page }) => {
	await expect(async () => {
		await open(page, '/news?organisation=quillworks');
		await expect(page.locator('main')).toContainText('羽坊与京东合作', { timeout: 500 });
	}).toPass({ timeout: 40_000 });
});

test('what the names match follows the typing, warnings too', async ({ page }) => {
	await open(page, '/watchlist/quillworks');
	await expect(page.locator('#finds')).toContainText('Quillworks in 2 articles');
	await page.getByLabel('Other names').fill('羽坊\nJD.com');
	await expect(page.locator('#finds')).toContainText('“JD.com” is also a name of JD.com');
	await page.getByLabel('Ambiguous names').fill('');
	await page.getByLabel('Other names').fill('羽坊\nQuill');
	await expect(page.locator('h1')).toContainText('match 4 of the 4 articles');
});

test('an empty form finds no fault with itself', async ({ page }) => {
	await open(page, '/watchlist/~new');
	await expect(page.locator('#finds')).toContainText('Type a name');
	await expect(async () => {
		await page.getByLabel('Name', { exact: true }).fill('Quillworks');
		await expect(page.locator('h1')).toContainText('match 2 of the 4 articles', { timeout: 1500 });
	}).toPass();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('of two who edit one organisation the second sees both versions', async ({ page, browser }) => {
	const other = await browser.newPage();
	await open(page, '/watchlist/nike');
	await expect(page.locator('#finds .finds')).toBeVisible();
	await page.getByLabel('Other names').fill('Mine');
	await other.goto(`${product.url}/watchlist/nike`);
	await other.getByLabel('Other names').fill('Theirs');
	await other.getByRole('button', { name: 'Save' }).click();
	await expect(other.getByRole('status').first()).toContainText('Saved.');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('alert')).toContainText('Theirs');
	await expect(page.getByLabel('Other names')).toHaveValue('Mine');
	await page.getByRole('button', { name: 'Save mine over it' }).click();
	await expect(page.getByRole('status').first()).toContainText('Saved.');
	await expect(page.locator('#history li')).toHaveCount(2);
	await other.close();
});

test('an organisation leaves the list and comes back as it came', async ({ page }) => {
	await open(page, '/watchlist/zalando');
	await page.getByRole('button', { name: 'Watch it no longer' }).click();
	await expect(page).toHaveURL(/\/watchlist$/);
	await expect(page.locator('#history')).toContainText('no longer watched: Zalando');
	await open(page, '/watchlist/zalando');
	await expect(page.locator('h1')).toContainText('Zalando is not watched any more');
	await page.getByRole('button', { name: 'As it came' }).click();
	await expect(page.locator('h1')).toContainText('The names of Zalando match');
});

test('the file that is downloaded says, brought back, that nothing changes; another what it changes', async ({
	page
}) => {
	await open(page, '/watchlist');
	const waiting = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Download it' }).click();
	const file = await (await waiting).path();
	await page.locator('#file input[type=file]').setInputFiles({ name: 'mine.yaml', mimeType: 'text/yaml', buffer: readFileSync(file) }); // prettier-ignore
	await page.getByRole('button', { name: 'See what it would become' }).click();
	await expect(page.locator('h1')).toHaveText('mine.yaml is a watchlist, and says what is watched already.');

	await open(page, '/watchlist');
	const opml =
		'<opml version="2.0"><body><outline text="All"><outline type="rss" text="Wire &lt;b&gt;One" xmlUrl="https://wire.example/rss"/><outline type="rss" text="Bad" xmlUrl="ftp://b.example"/></outline></body></opml>';
	await page.locator('#file input[type=file]').setInputFiles({ name: 'feeds.opml', mimeType: 'text/xml', buffer: Buffer.from(opml) }); // prettier-ignore
	await page.getByRole('button', { name: 'See what it would become' }).click();
	await expect(page.locator('h1')).toHaveText('feeds.opml is a list of feeds: 1 of them is not read yet.');
	await expect(page.locator('#refused')).toContainText('Bad');
	await page.getByRole('button', { name: 'Follow them' }).click();
	await expect(page.locator('h1')).toHaveText('feeds.opml is taken in.');
	await open(page, '/watchlist');
	await expect(page.getByRole('link', { name: 'Feeds as OPML' })).toBeVisible();
});

test('a name that the news puts beside somebody watched is suggested, looked at, and gone once it is watched', async ({ page }) => {
	await fetch(`${product.url}/api/v1/news`, {
		method: 'POST', headers: { 'content-type': 'application/json' },
		body: JSON.stringify([article(5, 'Etsy signs a deal with Norsk <b>Parcel</b> to ship boxes'), article(6, 'Etsy signs a deal with Norsk Parcel to ship boxes')])
	});
	await settled(product.url);
	const names = page.locator('#unwatched');
	await expect(async () => {
		await open(page, '/watchlist');
		await expect(names).toContainText('Norsk Parcel', { timeout: 500 });
	}).toPass({ timeout: 50_000 });
	await expect(names).toContainText('Nobody has checked that these are organisations');
	await expect(names.locator('mark')).toHaveText(['Norsk Parcel']);
	await names.getByRole('link', { name: 'Add it Norsk Parcel' }).click();
	await expect(page).toHaveURL(/\/watchlist\/~new\?name=Norsk\+Parcel$/);
	await expect(page.locator('h1')).toContainText('match 1 of the 6 articles');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page).toHaveURL(/saved=1$/);
	await open(page, '/watchlist');
	await expect(names).not.toContainText('Norsk Parcel');
}); // prettier-ignore
