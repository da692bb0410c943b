import { expect, test, type Page } from '@playwright/test';
import { settled, startProduct, temporaryFolder, type Running } from '../support/product.ts';

/** A form is a form before its script is there: what is typed into it stays, and is followed once the script is. */

const { folder, remove } = temporaryFolder();
let product: Running;
/** Of two reports. */
let story: string;
const TITLE = 'WeChat and JD.com agree to open a store of 4,200 sellers inside the app';

test.beforeAll(async () => {
	product = await startProduct({ folder });
	const post = (topic: string, events: object[]) =>
		fetch(`${product.url}/api/v1/${topic}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(events)
		});
	const policy = (days: number, text: string) => ({
		service: 'Harbor', document: 'Privacy Policy', fetchedAt: new Date(Date.now() - days * 86_400_000).toISOString(), text
	}); // prettier-ignore
	const article = (n: number, title: string) => ({
		url: `https://paper.example/${n}`, title, publisher: 'Paper', publishedAt: new Date(Date.now() - n * 3_600_000).toISOString()
	}); // prettier-ignore
	const answers = [
		await post('news', [article(1, TITLE), article(3, TITLE), article(2, '羽坊与京东合作')]),
		await post('policies', [policy(9, '# Sharing\n\nWe share nothing.'), policy(3, '# Sharing\n\nWe share orders with JD.com.')])
	]; // prettier-ignore
	expect(answers.map(({ status }) => status)).toEqual([202, 202]);
	await settled(product.url);
	const stories = (await (await fetch(`${product.url}/api/v1/stories`)).json()) as {
		id: string;
		articles: object[];
	}[];
	story = stories.find(({ articles }) => articles.length === 2)?.id ?? '';
});
test.afterAll(async () => {
	await product.stop();
	remove();
});

/** Opens a page whose script does not come until it is let in. */
async function unscripted(page: Page, path: string): Promise<{ hydrate(): Promise<void> }> {
	let go = () => {};
	const ready = new Promise<void>((resolve) => (go = resolve));
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		await ready;
		await route.continue();
	});
	await page.goto(`${product.url}${path}`, { waitUntil: 'commit' });
	return {
		hydrate: async () => {
			// The stream is opened when the page is hydrated.
			const stream = page.waitForRequest('**/api/v1/stream');
			go();
			await stream;
		}
	};
}

const forms: { where: string; path(): string; label: string; text: string }[] = [
	{ where: 'the address of a page', path: () => '/start', label: 'Address', text: 'https://harbor.example/privacy' },
	{ where: 'our own company', path: () => '/watchlist', label: 'Which one is your own?', text: 'Meituan' },
	{ where: 'a name to look for', path: () => '/watchlist', label: 'Name', text: 'Quill' },
	{ where: 'a new organisation', path: () => '/watchlist/~new', label: 'Other names', text: '羽坊\nJD.com' },
	{ where: 'words of the news', path: () => '/news', label: 'Words', text: 'orders' },
	{ where: 'a note on a story', path: () => `/news/${story}`, label: 'Note', text: 'One report,\ntwo days.' },
	{ where: 'a note on a change', path: () => '/policies/Harbor/Privacy%20Policy', label: 'Note', text: 'Not the page we know.' },
	{ where: 'the search', path: () => '/search?q=Harbor', label: 'Search', text: 'JD.com' }
]; // prettier-ignore

for (const { where, path, label, text } of forms)
	test(`${where}: what is typed before the script is there stays`, async ({ page }) => {
		const { hydrate } = await unscripted(page, path());
		const field = page
			.locator('main')
			.getByLabel(label, { exact: ['Name', 'Search'].includes(label) })
			.first();
		await field.fill(text);
		await hydrate();
		await expect(field).toHaveValue(text);
		await expect(field).toBeFocused();
	});

test('what the names of an organisation match follows what was typed before the script was there', async ({ page }) => {
	const { hydrate } = await unscripted(page, '/watchlist/etsy');
	await page.getByLabel('Other names').fill('羽坊');
	await page.getByLabel('Stance').selectOption('rival');
	await hydrate();
	await expect(page.locator('h1')).toContainText('match 1 of the 3 articles');
	await expect(page.getByLabel('Stance')).toHaveValue('rival');
}); // prettier-ignore

test('a choice that was made before the script was there is followed', async ({ page }) => {
	const { hydrate } = await unscripted(page, '/news');
	await page.locator('main').getByLabel('Words').fill('京东');
	await page.locator('main').getByLabel('Language').selectOption('zh');
	await hydrate();
	await expect(page).toHaveURL(/\/news\?language=zh&q=/);
	await expect(page.locator('#stories')).toContainText('羽坊与京东合作');
	await expect(page.locator('#stories')).not.toContainText(TITLE);
});

test('a page that nobody typed into stays where it is', async ({ page }) => {
	const { hydrate } = await unscripted(page, '/news');
	await expect(page.locator('#stories')).toBeVisible();
	const asked: string[] = [];
	page.on('request', (request) => {
		if (request.isNavigationRequest() || request.url().includes('__data.json')) asked.push(request.url());
	});
	await hydrate();
	await page.locator('main').getByLabel('Words').fill('typed after all');
	expect(asked).toEqual([]);
});
