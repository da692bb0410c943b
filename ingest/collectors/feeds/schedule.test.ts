import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { logChecks, type NewsEvent } from '#lib/domain/events.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { Problem } from '#lib/server/errors.ts';
import { feedId, type WatchedFeed } from '#lib/server/feeds/watched-feed.ts';
import { createFetcher } from '#lib/server/fetch/fetcher.ts';
import { SOURCE } from '#lib/server/fetch/watched-page.ts';
import { HealthBoard } from '#lib/server/health.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import { FeedReader } from './reader.ts';
import { FeedCollector, intervalOf } from './schedule.ts';

const HOUR = 3_600_000;
const logger = createLogger('silent');
const reader = new FeedReader(30_000);
/** How long an answer is waited for, ms; only the feed that hangs is to use it up. */
let patience: number;
let server: Server;
let web: (request: IncomingMessage, response: ServerResponse) => unknown;
let asked: IncomingMessage[];
let feed: WatchedFeed;
let desk: Desk;
let clock: number;
let events: NewsEvent[];
let logDoes: () => void;
const collectors: FeedCollector[] = [];

beforeAll(async () => {
	server = createServer((request, response) => {
		if (request.url === '/robots.txt') return void response.end('User-agent: *\nDisallow: /private');
		asked.push(request);
		web(request, response);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	feed = {
		kind: 'feeds',
		url: `http://127.0.0.1:${port}/feed.xml`,
		publisher: 'Example Daily',
		every: '15m'
	};
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await reader.close();
});
beforeEach(async () => {
	desk = await openDesk({ file: ':memory:' }, { logger });
	clock = Date.UTC(2026, 0, 1);
	[events, asked] = [[], []];
	logDoes = () => undefined;
	patience = 20_000;
	web = says(rss('one'));
	await desk.documents.save({
		kind: SOURCE,
		id: feedId(feed),
		version: 0,
		body: feed,
		who: 'ann',
		at: clock
	});
});
afterEach(async () => {
	for (const collector of collectors.splice(0)) await collector.close();
	await desk.close();
});

const rss = (...titles: string[]) =>
	`<rss version="2.0"><channel>${titles.map((t) => `<item><title>${t}</title><link>/${t}</link></item>`).join('')}</channel></rss>`;
const says =
	(body: string | Buffer, headers: Record<string, string> = {}) =>
	(_request: IncomingMessage, response: ServerResponse) =>
		response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body);

function collector(holder = 'one') {
	const health = new HealthBoard(desk.health, () => clock);
	const fetcher = createFetcher({ allow: ['127.0.0.1/32'], now: Date.now, random: () => 0, delay: 0 });
	const made = new FeedCollector({
		desk, health, logger, holder, now: () => clock, random: () => 0.5,
		fetcher: { fetch: (url, options) => fetcher.fetch(url, { ...options, attempts: 1, limits: { headers: patience } }) },
		read: (bytes, context) => reader.read(bytes, context),
		readPage: (page) => reader.readPage(page),
		log: {
			append: async (topic: string, entries: readonly Entry[], { origin }: { origin: string }) => {
				expect([topic, origin]).toEqual(['news', 'collector']);
				logDoes();
				for (const { json } of entries) {
					const checked = logChecks.news(JSON.parse(json));
					if (!checked.ok) throw new Error(json);
					events.push(checked.event);
				}
			}
		}
	}); // prettier-ignore
	collectors.push(made);
	return {
		look: async () => {
			await made.look();
			await made.idle();
		},
		state: async (id = feedId(feed)) => {
			await health.flush();
			return (await desk.health.all()).find((one) => one.id === id);
		}
	};
}
const titles = () => events.map(({ title }) => title);

describe('a watched feed', { timeout: 30_000 }, () => {
	test('gives an event for every item, seen when it was fetched', async () => {
		web = says(
			`<rss version="2.0"><channel><item><title>One</title><link>/1</link><pubDate>Wed, 31 Dec 2025 10:00:00 GMT</pubDate></item>
			<item><title>To come</title><link>/2</link><pubDate>Thu, 31 Dec 2026 10:00:00 GMT</pubDate></item><item><title>Nowhere</title></item></channel></rss>`
		);
		const { look, state } = collector();
		await look();
		const at = '2026-01-01T00:00:00.000Z';
		const shared = { publisher: 'Example Daily', observedAt: at, feed: feed.url };
		expect(events).toEqual([
			{ ...shared, title: 'One', url: new URL('/1', feed.url).href, publishedAt: '2025-12-31T10:00:00.000Z' },
			{ ...shared, title: 'To come', url: new URL('/2', feed.url).href, publishedAt: at }
		]);
		expect(await state()).toMatchObject({ kind: 'feed', state: 'fresh', error: null });
	});

	test('gives what is new and nothing twice, also to another process', async () => {
		await collector().look();
		clock += HOUR;
		web = says(rss('two', 'one'));
		await collector('two').look();
		expect(titles()).toEqual(['one', 'two']);
	});

	test('is asked only for what changed', async () => {
		web = says(rss('one'), { etag: '"a"', 'last-modified': 'Wed, 31 Dec 2025 10:00:00 GMT' });
		const { look, state } = collector();
		await look();
		web = (_request, response) => response.writeHead(304).end();
		clock += HOUR;
		await look();
		expect(asked[1]?.headers).toMatchObject({
			'if-none-match': '"a"',
			'if-modified-since': 'Wed, 31 Dec 2025 10:00:00 GMT'
		});
		expect(titles()).toEqual(['one']);
		expect(await state()).toMatchObject({ state: 'fresh', lastSuccess: clock });
	});

	test('that moved is read where it is now', async () => {
		web = (request, response) =>
			request.url === '/new/feed.xml'
				? says(rss('moved'))(request, response)
				: response.writeHead(301, { location: '/new/feed.xml' }).end();
		await collector().look();
		expect(titles()).toEqual(['moved']);
	});

	test('whose items the log could not take is read again soon', async () => {
		logDoes = () => {
			throw new Problem('log-full', 'the log is full');
		};
		const { look, state } = collector();
		await look();
		expect([events, await state()]).toEqual([[], undefined]);
		logDoes = () => undefined;
		clock += 11_000;
		await look();
		expect(titles()).toEqual(['one']);
	});
});

describe('a feed that cannot be read says why', () => {
	test.each<[string, string, typeof web]>([
		['hangs', 'timeout', () => undefined],
		['unpacks to more than it may', 'too-large', says(gzipSync(Buffer.alloc(20 * 1024 * 1024)), { 'content-encoding': 'gzip' })],
		['nests without end', 'type', says('['.repeat(200_000))],
		['is a page', 'type', says('<html><body>Welcome</body></html>', { 'content-type': 'text/html' })],
		['is gone', 'gone', (_request, response) => response.writeHead(410).end()],
		['redirects in a circle', 'moved', (_request, response) => response.writeHead(302, { location: '/feed.xml' }).end()]
	])('when it %s: %s', { timeout: 30_000 }, async (_what, kind, answer) => {
		web = answer;
		if (kind === 'timeout') patience = 1_500;
		const { look, state } = collector();
		await look();
		expect(events).toEqual([]);
		const told = await state();
		expect(told).toMatchObject({ state: 'failing' });
		expect(JSON.stringify(told)).toMatch(new RegExp(`"${kind}[":]`));
	}); // prettier-ignore
});

describe('articles of a feed that is to be read in full', { timeout: 30_000 }, () => {
	const about = () => `articles of ${feedId(feed)}`;
	const page = (text: string) =>
		`<html><head><title>T</title></head><body><nav>Home About</nav><article><h1>T</h1>${`<p>${text} and Harbor &amp; Lantern agreed on more.</p>`.repeat(12)}<script>alert(1)</script></article><footer>Us</footer></body></html>`;
	const site = (pages: Record<string, typeof web>, titles = Object.keys(pages)) => {
		web = (request, response) => {
			const path = request.url ?? '';
			if (path === '/feed.xml') return says(rss(...titles))(request, response);
			return (pages[path.slice(1)] ?? ((_, gone) => gone.writeHead(404).end()))(request, response);
		};
	};
	const html = (text: string) => says(page(text), { 'content-type': 'text/html' });
	beforeEach(async () => {
		await desk.documents.save({
			kind: SOURCE,
			id: feedId(feed),
			version: 1,
			body: { ...feed, fullText: true },
			who: 'ann',
			at: clock
		});
	});

	test('come with the text of their pages, plain, and only once', async () => {
		site({ one: html('First') });
		const { look, state } = collector();
		await look();
		expect(events[0]?.text).toMatch(/^First and Harbor & Lantern agreed on more\.\nFirst/);
		expect(events[0]?.text).not.toMatch(/alert|Home|<p>/);
		expect(await state(about())).toMatchObject({ kind: 'article', state: 'fresh' });
		clock += HOUR;
		await look();
		expect(asked.map(({ url }) => url)).toEqual(['/feed.xml', '/one', '/feed.xml']);
	});

	test('keep what the feed has where their pages cannot be read or may not be, which is told', async () => {
		site({
			one: html('First'),
			'private/two': html('Second'),
			three: says('%PDF-1.4', { 'content-type': 'application/pdf' })
		});
		const { look, state } = collector();
		await look();
		expect(events.map(({ title, text }) => [title, text?.slice(0, 5)])).toEqual([
			['one', 'First'],
			['private/two', undefined],
			['three', undefined]
		]);
		expect(asked.map(({ url }) => url)).not.toContain('/private/two');
		expect(await state(about())).toMatchObject({
			state: 'failing',
			error: expect.stringMatching(/^type: .* \(2 of 3 articles\)$/) as string
		});
		expect(await state()).toMatchObject({ state: 'fresh' });
	});

	test('are not asked for again and again where the site refuses', async () => {
		site({}, ['a', 'b', 'c', 'd', 'e']);
		const { look, state } = collector();
		await look();
		expect(titles()).toEqual(['a', 'b', 'c', 'd', 'e']);
		expect(asked).toHaveLength(4);
		expect(await state(about())).toMatchObject({ error: expect.stringMatching(/^gone: .*3 of 3/) as string });
	});

	test('are not asked for where the feed has them whole', async () => {
		const whole = 'A long report. '.repeat(200);
		web = says(
			`<rss version="2.0"><channel><item><title>one</title><link>/one</link><description>${whole}</description></item></channel></rss>`
		);
		await collector().look();
		expect(asked).toHaveLength(1);
		expect(events[0]?.text).toBe(whole.trim());
	});
});

test('a quiet feed is asked less often, up to every six hours, and never more often than it says', () => {
	const after = (quiet: number, every = '15m') => intervalOf({ every }, { quiet }) / HOUR;
	expect([after(0), after(4), after(5), after(100)]).toEqual([0.25, 0.25, 0.375, 6]);
	expect([after(0, '1d'), after(100, '1d')]).toEqual([24, 24]);
});
