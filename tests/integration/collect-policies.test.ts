/** A watched page through the whole product: fetched, stored, changed, lost; and one that needs its scripts. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openDesk } from '#lib/server/desk/open.ts';
import { createFetcher } from '#lib/server/fetch/fetcher.ts';
import { extract } from '#lib/server/fetch/extract.ts';
import { pageId, SOURCE, type WatchedPage } from '#lib/server/fetch/watched-page.ts';
import { createLogger } from '#lib/server/logger.ts';
import { createRenderer } from '../../ingest/collectors/policies/render.ts';
import { findChromium } from '../support/chromium.ts';
import { startProduct, telltale, temporaryFolder, until as within } from '../support/product.ts';

let server: Server;
let base: string;
let content: Record<string, { type: string; body: string }>;
let requests: string[] = [];
beforeAll(async () => {
	server = createServer((request, response) => {
		requests.push(request.url ?? '');
		const found = content[request.url ?? ''];
		if (!found) return void response.writeHead(404).end();
		const etag = `"${found.body.length}"`;
		if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
		response.writeHead(200, { 'content-type': found.type, etag }).end(found.body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

/** The collector looks every 5 s what is due, and each look at the store is a process of its own. */
const until = (what: string, test: () => Promise<boolean>) => within(what, test, 60_000);
const html = (body: string) => ({ type: 'text/html', body });
const sources = z.array(
	z.object({
		id: z.string(),
		kind: z.string(),
		state: z.string(),
		error: z.string().nullable(),
		failure: z.string().nullable()
	})
);
const event = z.object({ text: z.string(), collector: z.string(), extractor: z.string() });

test(
	'a page is watched from the desk to the store: seen, seen again, changed, and blind when it is gone',
	{ timeout: 240_000 },
	async () => {
		const { folder, remove } = temporaryFolder();
		content = { '/privacy': html('<nav>Home</nav><main><h1>Privacy</h1><p>We share nothing.</p></main>') };
		const page: WatchedPage = {
			kind: 'policies',
			service: 'Talk',
			document: 'Privacy',
			url: `${base}/privacy`,
			select: 'main',
			every: '1s'
		};
		const product = await startProduct({ folder, env: { TELLTALE_FETCH_ALLOW: '127.0.0.1/32' } });
		try {
			const desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
			await desk.documents.save({
				kind: SOURCE,
				id: pageId(page),
				version: 0,
				body: page,
				who: 'ann',
				at: Date.now()
			});
			await desk.close();
			const state = async () =>
				sources
					.parse(await (await fetch(`${product.url}/api/v1/sources`)).json())
					.find(({ id }) => id === pageId(page));
			const stored = async () => {
				const { stdout } = await telltale(['export', 'policies'], { TELLTALE_DATA: folder });
				return stdout.split('\n').filter(Boolean).map((line) => event.parse(JSON.parse(line))); // prettier-ignore
			};
			const first = '# Privacy\n\nWe share nothing.';
			await until('it was seen twice', async () => (await stored()).length >= 2);
			expect(new Set((await stored()).map(({ text, collector }) => `${collector}: ${text}`))).toEqual(
				new Set([`telltale: ${first}`])
			);
			expect(await state()).toMatchObject({ kind: 'page', state: 'fresh', error: null });

			content = { '/privacy': html('<main><h1>Privacy</h1><p>We share orders with JD.com.</p></main>') };
			await until('the change was stored', async () =>
				(await stored()).some(({ text }) => text.endsWith('We share orders with JD.com.'))
			);
			expect(new Set((await stored()).map(({ extractor }) => extractor)).size).toBe(1);

			content = {};
			await until('the page is blind', async () => (await state())?.state === 'blind');
			expect(await state()).toMatchObject({ failure: 'gone', error: 'the server answers 404' });
			expect(await product.stop()).toBe(0);
		} finally {
			await product.stop('SIGKILL');
			remove();
		}
	}
);

const chromium = findChromium();
if (!chromium) console.log('Rendering of pages skipped: no browser');
if (!chromium && process.env['CI'] === 'true') throw new Error('no browser');

describe.skipIf(!chromium)('a page that needs its scripts', () => {
	test('is read after they ran, and they reach nothing that a fetcher may not', async () => {
		content = {
			'/app': html(`<main id="app"></main><script src="/app.js"></script><img src="/picture.png">`),
			'/data.json': { type: 'application/json', body: '{"text":"We share orders with JD.com."}' },
			'/app.js': {
				type: 'text/javascript',
				body: `const app = document.getElementById('app');
					const inside = fetch('http://127.0.0.2:${base.split(':').at(-1)}/secret').then(() => 'reached', () => 'kept out');
					Promise.all([fetch('/data.json').then((r) => r.json()), inside]).then(([{ text }, what]) => { app.innerHTML = '<p>' + text + '</p><p>' + what + '</p>'; });`
			}
		};
		requests = [];
		const options = { allow: ['127.0.0.1/32'], now: Date.now };
		const fetcher = createFetcher({ ...options, random: () => 0, delay: 0 });
		const renderer = createRenderer({ ...options, fetcher });
		try {
			const fetched = await renderer.render(`${base}/app`, new AbortController().signal);
			expect((await extract(fetched, { select: 'main' })).text).toBe(
				'We share orders with JD.com.\n\nkept out'
			);
			expect(requests.filter((path) => path !== '/robots.txt')).toEqual(['/app', '/app.js', '/data.json']);
			await expect(renderer.render(`${base}/none`, new AbortController().signal)).rejects.toMatchObject({
				kind: 'gone'
			});
		} finally {
			await renderer.close();
		}
	});
});
