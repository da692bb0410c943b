import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDesk } from '#lib/server/desk/open.ts';
import { feedId, type WatchedFeed } from '#lib/server/feeds/watched-feed.ts';
import { pageId, SOURCE, type WatchedPage } from '#lib/server/fetch/watched-page.ts';
import { quiet } from '../support/engine.ts';
import { startProduct, temporaryFolder, until, type Running } from '../support/product.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const leased = z.array(z.object({ name: z.string() }));
const signals = z.array(z.object({ type: z.string() }));

/** A site that takes questions and, until it is mended, answers none. */
class Site {
	answers = false;
	asked: string[] = [];
	readonly #server: Server = createServer((request, response) => {
		const path = request.url ?? '';
		if (path === '/robots.txt') return void response.writeHead(404).end();
		this.asked.push(path);
		if (this.answers) this.#answer(path, response);
	});

	async listen(): Promise<string> {
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}

	#answer(path: string, response: ServerResponse): void {
		const feed = path === '/feed';
		response.writeHead(200, { 'content-type': feed ? 'application/rss+xml' : 'text/html' });
		response.end(
			feed
				? '<rss version="2.0"><channel><title>Wire</title><item><title>Talks</title><link>https://wire.example/1</link></item></channel></rss>'
				: '<main><h1>Privacy</h1><p>We share nothing.</p></main>'
		);
	}
}

describe('what a killed process had in hand', () => {
	const { folder, remove } = temporaryFolder();
	const site = new Site();
	let base: string;
	let product: Running | undefined;
	const start = async () => {
		product = await startProduct({ folder, env: { TELLTALE_FETCH_ALLOW: '127.0.0.1/32' } });
		return product;
	};
	const json = async (path: string): Promise<unknown> => (await fetch(`${product?.url}${path}`)).json();
	/** Names of the leases that somebody has, as the desk's file says. */
	const leases = (prefix: string): string[] => {
		const file = new DatabaseSync(join(folder, 'desk.sqlite'), { readOnly: true, timeout: 1_000 });
		try {
			const rows = file.prepare('SELECT name FROM leases WHERE substr(name, 1, ?) = ?').all(prefix.length, prefix);
			return leased.parse(rows).map(({ name }) => name);
		} finally {
			file.close();
		}
	}; // prettier-ignore

	beforeAll(async () => {
		base = await site.listen();
	});
	afterEach(async () => {
		await product?.stop('SIGKILL');
	});
	afterAll(() => {
		site.close();
		remove();
	});

	it('of pages and feeds, the next one reads within a minute', async () => {
		const running = await start();
		const page: WatchedPage = { kind: 'policies', service: 'Talk', document: 'Privacy', url: `${base}/privacy`, select: 'main', every: '6h' }; // prettier-ignore
		const feed: WatchedFeed = { kind: 'feeds', url: `${base}/feed`, publisher: 'Wire', every: '6h' };
		const desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: quiet });
		for (const [id, body] of [[pageId(page), page], [feedId(feed), feed]] as const)
			await desk.documents.save({ kind: SOURCE, id, version: 0, body, who: 'ann', at: Date.now() }); // prettier-ignore
		await desk.close();
		await until('both are being read', () => new Set(site.asked).size === 2);
		await running.stop('SIGKILL');
		expect(leases('collect/')).toHaveLength(2);

		site.asked = [];
		site.answers = true;
		await start();
		await until('both were read', () => new Set(site.asked).size === 2, MINUTE);
		await until('both are given back', () => leases('collect/').length === 0);
	});

	it('of policy documents, the next one gives the signals of within a minute', async () => {
		const running = await start();
		const clauses = Array.from({ length: 150 }, (_, n) => `Clause ${n}: we keep what you tell us about matter ${n} for as long as it takes.`); // prettier-ignore
		const version = (day: number) => ({
			service: 'WeChat',
			document: 'Privacy Policy',
			fetchedAt: new Date(Date.UTC(2020, 0, 1) + day * 7 * DAY).toISOString(),
			text: [...clauses.slice(0, 50 + (day % 100)), ...(day > 200 ? ['We share your orders with Alipay.'] : [])].join('\n\n')
		}); // prettier-ignore
		const pushed = await fetch(`${running.url}/api/v1/policies`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(Array.from({ length: 300 }, (_, day) => version(day)))
		});
		expect(pushed.status).toBe(202);
		await until('the document is being read', () => leases('signals/policy/').length > 0);
		await running.stop('SIGKILL');
		expect(leases('signals/policy/')).toHaveLength(1);

		await start();
		await until(
			'its signal is there',
			async () => signals.parse(await json('/api/v1/signals')).some(({ type }) => type === 'policy_clause'),
			MINUTE
		);
	});
});
