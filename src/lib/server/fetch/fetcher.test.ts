import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mayReach, parseNetworks } from './addresses.ts';
import { decode } from './charset.ts';
import { createFetcher, waitAfter } from './fetcher.ts';
import { Pacer } from './pacing.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let site: Record<string, Answer>;
let requests: { path: string; agent: string | undefined; at: number }[];
let server: Server;
let base: string;
/** A clock that only sleeping moves. */
let clock: number;
let sleeps: number[];

beforeAll(async () => {
	server = createServer((request, response) => {
		const path = request.url ?? '';
		requests.push({ path, agent: request.headers['user-agent'], at: clock });
		const answer = site[path];
		if (answer) answer(request, response);
		else response.writeHead(404).end();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
	site = {};
	requests = [];
	clock = 1_000_000;
	sleeps = [];
});

const text =
	(body: string): Answer =>
	(_request, response) =>
		void response.writeHead(200, { 'content-type': 'text/plain' }).end(body);
const status =
	(code: number, headers = {}): Answer =>
	(_request, response) =>
		void response.writeHead(code, headers).end();
const sleep = async (ms: number, signal?: AbortSignal) => {
	signal?.throwIfAborted();
	sleeps.push(ms);
	clock += ms;
};
const fetcher = (delay = 0) =>
	createFetcher({ allow: ['127.0.0.1'], now: () => clock, random: () => 0.5, sleep, delay });
const paths = () => requests.map(({ path }) => path);

describe('robots.txt', () => {
	test('is read once for a site, and kept for a day', async () => {
		site = {
			'/robots.txt': text('User-agent: *\nDisallow: /private'),
			'/a': text('a'),
			'/private/b': text('b')
		};
		const { fetch } = fetcher();
		expect((await fetch(`${base}/a`)).text).toBe('a');
		await expect(fetch(`${base}/private/b`)).rejects.toMatchObject({ kind: 'blocked', retryable: false });
		expect(paths()).toEqual(['/robots.txt', '/a']);
		clock += 25 * 3_600_000;
		await fetch(`${base}/a`);
		expect(paths().slice(2)).toEqual(['/robots.txt', '/a']);
	});

	test('speaks to us by our name, and we give the same to everybody', async () => {
		site = {
			'/robots.txt': text('User-agent: *\nAllow: /\n\nUser-agent: telltale\nDisallow: /a'),
			'/a': text('a')
		};
		await expect(fetcher().fetch(`${base}/a`)).rejects.toMatchObject({ kind: 'blocked' });
		expect(new Set(requests.map(({ agent }) => agent))).toEqual(
			new Set(['Telltale/1 (change watch; honours robots.txt)'])
		);
	});

	test('is heeded on the way as well: a redirect leads nowhere that is not allowed', async () => {
		site = {
			'/robots.txt': text('User-agent: *\nDisallow: /b'),
			'/a': status(302, { location: '/b' }),
			'/b': text('b')
		};
		await expect(fetcher().fetch(`${base}/a`)).rejects.toMatchObject({ kind: 'blocked' });
		expect(paths()).toEqual(['/robots.txt', '/a']);
	});

	test.each([404, 401, 403])('that answers %i sets no rules', async (code) => {
		site = { '/robots.txt': status(code), '/a': text('a') };
		expect((await fetcher().fetch(`${base}/a`)).text).toBe('a');
	});

	test('that cannot be read for now keeps us out for now', async () => {
		site = { '/robots.txt': status(503), '/a': text('a') };
		await expect(fetcher().fetch(`${base}/a`)).rejects.toMatchObject({
			kind: 'server-error',
			message: 'robots.txt: the server answers 503'
		});
		expect(paths()).toEqual(['/robots.txt', '/robots.txt', '/robots.txt']);
	});
});

describe('pace and patience', () => {
	test('between two requests to a site there is a pause, the longer of ours and the one it asks for', async () => {
		site = { '/robots.txt': text('User-agent: *\nCrawl-delay: 7'), '/a': text('a'), '/b': text('b') };
		const { fetch } = fetcher(2_000);
		await Promise.all([fetch(`${base}/a`), fetch(`${base}/b`)]);
		expect(requests.map(({ at }) => at - 1_000_000)).toEqual([0, 7_000, 14_000]);
	});

	test('what may pass is tried again, later each time, and never sooner than the site asks', async () => {
		let times = 0;
		site = {
			'/a': (request, response) =>
				++times < 3
					? status(times === 1 ? 500 : 429, { 'retry-after': '30' })(request, response)
					: text('a')(request, response)
		};
		expect((await fetcher().fetch(`${base}/a`)).text).toBe('a');
		expect(sleeps).toEqual([750, 30_000]);
	});

	test('what does not pass, or asks for more patience than we have, is told at once', async () => {
		site = { '/gone': status(410), '/later': status(503, { 'retry-after': '3600' }) };
		await expect(fetcher().fetch(`${base}/gone`)).rejects.toMatchObject({ kind: 'gone' });
		await expect(fetcher().fetch(`${base}/later`)).rejects.toMatchObject({
			kind: 'server-error',
			retryAfter: 3_600_000
		});
		expect(sleeps).toEqual([]);
	});

	test('waits double, half of them by chance', () => {
		expect([1, 2, 3].map((attempt) => [waitAfter(attempt, 0), waitAfter(attempt, 1)])).toEqual([[500, 1000], [1000, 2000], [2000, 4000]]); // prettier-ignore
	});

	test('hosts do not wait for each other, and one that fails does not hold up the next in its queue', async () => {
		const pacer = new Pacer({ now: () => clock, sleep, delay: 0 });
		const { promise: never, resolve: end } = Promise.withResolvers<string>();
		const order: string[] = [];
		const slow = pacer.run('a', async () => order.push(await never));
		const failing = async () => {
			order.push('failed');
			throw new Error('failed');
		};
		const failed = pacer.run('a', failing).catch(() => undefined);
		const last = pacer.run('a', async () => order.push('last'));
		await pacer.run('b', async () => order.push('other'));
		end('slow');
		await Promise.all([slow, failed, last]);
		expect(order).toEqual(['other', 'slow', 'failed', 'last']);
	});
});

describe('addresses', () => {
	const byte = fc.nat(255);
	test('private IPv4 is refused however it is wrapped', () => {
		const inside = fc.oneof(
			fc.tuple(fc.constant(10), byte, byte, byte), fc.tuple(fc.constant(127), byte, byte, byte),
			fc.tuple(fc.constant(192), fc.constant(168), byte, byte), fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
			fc.tuple(fc.constant(169), fc.constant(254), byte, byte), fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte)
		); // prettier-ignore
		fc.assert(
			fc.property(inside, (bytes) => {
				const dotted = bytes.join('.');
				const hex = Buffer.from(bytes).toString('hex').replace(/^(.{4})/, '$1:'); // prettier-ignore
				for (const text of [
					dotted,
					`::ffff:${dotted}`,
					`::${dotted}`,
					`64:ff9b::${dotted}`,
					`2002:${hex}::1`
				])
					expect([text, mayReach(text, [])]).toEqual([text, false]);
			})
		);
	});

	test('public ones are reached, private ones where they are allowed, in both spellings', () => {
		for (const text of ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
			expect(mayReach(text, [])).toBe(true);
		const allow = parseNetworks(['10.1.0.0/16', 'fd00:1::/32', '192.168.7.7']);
		for (const text of ['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::9', '192.168.7.7'])
			expect(mayReach(text, allow)).toBe(true);
		for (const text of ['10.2.0.1', 'fd00:2::9', '192.168.7.8', 'host.example'])
			expect(mayReach(text, allow)).toBe(false);
	});

	test('a network that is none is named with its variable', () => {
		expect(() => parseNetworks(['10.0.0.0/8', 'intranet'])).toThrow(
			'TELLTALE_FETCH_ALLOW: intranet is no network'
		);
	});
});

describe('characters', () => {
	const chinese = '我们不会与第三方共享您的个人信息，除非事先征得您的同意。服务提供者应当保护用户的隐私。';
	const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');
	test.each<[string, string | null, Buffer, string]>([
		['declared rightly', 'gbk', hex('ced2c3c7b2bbbbe1'), '我们不会'],
		[
			'declared by the page',
			null,
			Buffer.concat([Buffer.from('<meta charset="big5">'), hex('a7da adcc')]),
			'<meta charset="big5">我們'
		],
		['declared wrongly', 'iso-8859-1', Buffer.from(chinese), chinese],
		[
			'Japanese without a word',
			null,
			hex('83 76 83 89 83 43 83 6f 83 56 81 5b 82 cc 95 fb 90 6a'),
			'プライバシーの方針'
		],
		[
			'Korean without a word',
			null,
			hex('b0b3 c0ce c1a4 ba b8 c3 b3 b8 ae b9 e6 c4 a7'.replaceAll(' ', '')),
			'개인정보처리방침'
		],
		[
			'French without a word',
			null,
			Buffer.from('Politique de confidentialité : données à caractère privé', 'latin1'),
			'Politique de confidentialité : données à caractère privé'
		]
	])('%s: %s', (_what, declared, bytes, expected) => {
		expect(decode(bytes, declared).text).toBe(expected);
	});

	test('UTF-8 is never spoilt, whatever is declared', () => {
		const declared = fc.constantFrom(null, 'utf-8', 'gbk', 'iso-8859-1', 'shift_jis', 'nonsense');
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), declared, (some, charset) => {
				const text = `${chinese}${some}`.replace(/^\ufeff/, '');
				expect(decode(Buffer.from(text), charset).text).toBe(text);
			})
		);
	});
});
