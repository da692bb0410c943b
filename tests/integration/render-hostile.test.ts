/** Pages whose scripts are hostile: nothing that they ask for gets where a fetcher may not go, and each ends with its kind. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFetcher } from '#lib/server/fetch/fetcher.ts';
import { createRenderer, type Renderer } from '../../ingest/collectors/policies/render.ts';
import { findChromium } from '../support/chromium.ts';

const chromium = findChromium();
if (!chromium) console.log('Rendering of hostile pages skipped: no browser');
if (!chromium && process.env['CI'] === 'true') throw new Error('no browser');

/** What the site on 127.0.0.1, which may be reached, answers by path; and what each of the two was asked for. */
let site: Record<string, { type?: string; body: string; to?: string }>;
let asked: string[];
let reached: string[];
const servers: Server[] = [];
const options = { allow: ['127.0.0.1/32'], now: Date.now };
const fetcher = createFetcher({ ...options, random: () => 0, delay: 0 });
const renderers: Renderer[] = [];
const rendering = (longest?: number) => {
	const made = createRenderer({ ...options, fetcher, ...(longest !== undefined && { longest }) });
	renderers.push(made);
	return (path: string) => made.render(`${base}${path}`, new AbortController().signal);
};
let base: string;
let inside: string;

async function listen(server: Server, host: string): Promise<string> {
	servers.push(server);
	server.listen(0, host);
	await once(server, 'listening');
	return `${host}:${(server.address() as AddressInfo).port}`;
}
beforeAll(async () => {
	base = `http://${await listen(
		createServer((request, response) => {
			asked.push(`${request.method} ${request.url}`);
			const found = site[request.url ?? ''];
			if (!found) response.writeHead(404).end();
			else if (found.to) response.writeHead(302, { location: found.to }).end();
			else response.writeHead(200, { 'content-type': found.type ?? 'text/html' }).end(found.body);
		}),
		'127.0.0.1'
	)}`;
	const secret = createServer((request, response) => {
		reached.push(`${request.method} ${request.url}`);
		response.writeHead(200, { 'access-control-allow-origin': '*' }).end('secret');
	});
	secret.on('upgrade', (request, socket) => {
		reached.push(`upgrade ${request.url}`);
		socket.destroy();
	});
	inside = await listen(secret, '127.0.0.2');
});
beforeEach(() => {
	[site, asked, reached] = [{}, [], []];
});
afterAll(async () => {
	await Promise.all(renderers.map((renderer) => renderer.close()));
	for (const server of servers) server.closeAllConnections();
	for (const server of servers) server.close();
});
const app = (script: string) => ({
	body: `<main id="app"><p>We share nothing.</p></main><script>${script}</script>`
});

describe.skipIf(!chromium)('a page whose scripts are hostile', { timeout: 60_000 }, () => {
	test('reaches no private address, by whatever way it asks', async () => {
		site['/worker.js'] = { type: 'text/javascript', body: `fetch('http://${inside}/worker').catch(() => 0)` };
		site['/sw.js'] = {
			type: 'text/javascript',
			body: `fetch('http://${inside}/service-worker').catch(() => 0)`
		};
		site['/redirect'] = { body: '', to: `http://${inside}/redirected` };
		site['/app'] = app(`
			const to = (way) => 'http://${inside}/' + way;
			const add = (tag, more) => document.body.append(Object.assign(document.createElement(tag), more));
			const tried = [
				() => fetch(to('fetch')), () => fetch('/redirect'), () => fetch(to('post'), { method: 'POST', mode: 'no-cors', body: 'x' }),
				() => navigator.sendBeacon(to('beacon'), 'x'), () => new WebSocket('ws://${inside}/socket'), () => new EventSource(to('events')),
				() => new Worker('/worker.js'), () => navigator.serviceWorker.register('/sw.js'), () => window.open(to('window')),
				() => add('img', { src: to('img') }), () => add('iframe', { src: to('iframe') }), () => add('script', { src: to('script') }),
				() => add('link', { rel: 'stylesheet', href: to('style') }), () => add('link', { rel: 'prefetch', href: to('prefetch') }),
				() => add('link', { rel: 'preconnect', href: to('') }), () => add('video', { src: to('video') }),
				() => add('iframe', { srcdoc: '<img src="' + to('srcdoc') + '">' }), () => add('object', { data: to('object') })
			];
			for (const one of tried) try { Promise.resolve(one()).catch(() => 0); } catch {}
			document.getElementById('app').textContent = 'tried ' + tried.length;
		`);
		const { text } = await rendering()('/app');
		expect(text).toContain('tried 18');
		expect(reached).toEqual([]);
		expect(asked).toContain('GET /redirect'); // it was followed to the door, and not through it
	});

	test('asks for nothing that robots.txt keeps for others', async () => {
		site['/robots.txt'] = { type: 'text/plain', body: 'User-agent: *\nDisallow: /private' };
		site['/private/data.json'] = { type: 'application/json', body: '{}' };
		site['/open.json'] = { type: 'application/json', body: '{"open":true}' };
		site['/hop'] = { body: '', to: '/private/data.json' };
		site['/app'] = app(`
			const got = (path) => fetch(path).then(() => path + ' had', () => path + ' kept');
			Promise.all(['/private/data.json', '/hop', '/open.json'].map(got)).then((all) => { document.getElementById('app').textContent = all.join(', '); });
		`);
		const open = createRenderer({
			...options,
			fetcher: createFetcher({ ...options, random: () => 0, delay: 0 })
		});
		renderers.push(open);
		const { text } = await open.render(`${base}/app`, new AbortController().signal);
		expect(text).toContain('/private/data.json kept, /hop kept, /open.json had');
		expect(asked).not.toContain('GET /private/data.json');
	});

	test('that leads to another page has moved, and is not read as that page', async () => {
		site['/elsewhere'] = { body: '<main>Log in first.</main>' };
		site['/app'] = app(`location.href = '/elsewhere';`);
		site['/download'] = app(`
			const link = Object.assign(document.createElement('a'), { href: 'http://${inside}/file', download: 'file' });
			document.body.append(link);
			link.click();
		`);
		const render = rendering();
		await expect(render('/app')).rejects.toMatchObject({ kind: 'moved' });
		await expect(render('/download')).rejects.toMatchObject({ kind: 'moved' });
		expect(reached).toEqual([]);
		expect(asked).not.toContain('GET /elsewhere');
	});

	test('that never ends, and one that grows without end, are given up, and the next one is read', async () => {
		const [render, patient] = [rendering(6_000), rendering()];
		site['/loop'] = app(`addEventListener('load', () => setTimeout(() => { for (;;); }, 50));`);
		site['/large'] = app(`document.getElementById('app').textContent = 'x'.repeat(20 * 1024 * 1024);`);
		site['/app'] = app('');
		await expect(render('/loop')).rejects.toMatchObject({ kind: 'timeout' });
		await expect(patient('/large')).rejects.toMatchObject({ kind: 'too-large' });
		expect((await render('/app')).text).toContain('We share nothing.');
	});

	test('that cannot be had starts no browser, and says why', async () => {
		site['/away'] = { body: '', to: `http://${inside}/away` };
		site['/plain'] = { type: 'text/plain', body: 'We share nothing.' };
		const render = rendering();
		await expect(render('/none')).rejects.toMatchObject({ kind: 'gone' });
		await expect(render('/away')).rejects.toMatchObject({ kind: 'refused-address' });
		expect(await render('/plain')).toMatchObject({ text: 'We share nothing.', contentType: 'text/plain' });
		expect(reached).toEqual([]);
	});
});
