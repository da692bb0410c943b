/** Hostile and broken sites against a local server: each is refused or survived, with the kind that says what it was. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createSocketServer, type AddressInfo, type Server } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseNetworks } from '#lib/server/fetch/addresses.ts';
import { fetchDocument, type FetchOptions, type Way } from '#lib/server/fetch/document.ts';
import { extract } from '#lib/server/fetch/extract.ts';
import { FetchProblem, type FetchKind } from '#lib/server/fetch/problem.ts';
import { systemResolve, type Resolve } from '#lib/server/fetch/request.ts';
import { selfSigned } from '../support/certificate.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
/** What the site answers, by path. */
const site: Record<string, Answer> = {};
let requests: string[] = [];
let port: number;
const servers: Server[] = [];

async function listen(server: Server, host = '127.0.0.1', at = 0): Promise<number> {
	servers.push(server);
	server.listen(at, host);
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
	const server = createServer((request, response) => {
		requests.push(request.url ?? '');
		response.on('error', () => undefined);
		const answer = site[(request.url ?? '').split('?')[0] ?? ''];
		if (answer) answer(request, response);
		else response.writeHead(404).end();
	});
	port = await listen(server);
});
afterAll(() => {
	for (const server of servers) {
		if ('closeAllConnections' in server && typeof server.closeAllConnections === 'function')
			server.closeAllConnections();
		server.close();
	}
});

/** A way to the test's server, which is on loopback and so has to be allowed. */
const way = (allow = ['127.0.0.1/32'], resolve: Resolve = systemResolve): Way => ({
	allow: parseNetworks(allow),
	resolve,
	now: () => performance.now()
});
const html =
	(body: string, type = 'text/html'): Answer =>
	(_request, response) =>
		void response.writeHead(200, { 'content-type': type }).end(body);
const redirect =
	(location: string, status = 302): Answer =>
	(_request, response) =>
		void response.writeHead(status, { location }).end();

const read = (path: string, options: FetchOptions = {}, via = way()) => {
	requests = [];
	return fetchDocument(path.includes('://') ? path : `http://127.0.0.1:${port}${path}`, options, via);
};
async function failure(work: Promise<unknown>): Promise<FetchProblem> {
	const error: unknown = await work.then(() => null, (reason: unknown) => reason); // prettier-ignore
	if (error instanceof FetchProblem) return error;
	throw new Error(`expected a FetchProblem, got ${String(error)}`, { cause: error });
}
const kindOf = async (work: Promise<unknown>): Promise<FetchKind> => (await failure(work)).kind;

/** Writes for ever, as fast as it is taken. */
function endless(response: ServerResponse, chunk: Buffer): void {
	const more = () => {
		while (!response.destroyed && response.write(chunk));
	};
	response.on('drain', more);
	more();
}
const SMALL = { packed: 200_000, unpacked: 1_000_000 };

describe('sizes', () => {
	test('a body that never ends is cut off at the cap', async () => {
		site['/endless'] = (_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' });
			endless(response, Buffer.alloc(16_384, 'x'));
		};
		expect(await kindOf(read('/endless', { limits: SMALL }))).toBe('too-large');
	});

	test('a body that says how large it is is not even begun', async () => {
		site['/announced'] = (_request, response) =>
			void response.writeHead(200, { 'content-type': 'text/html', 'content-length': '999999999' }).write('x');
		expect(await kindOf(read('/announced', { limits: SMALL }))).toBe('too-large');
	});

	test.each([
		['gzip', () => gzipSync(Buffer.alloc(50_000_000))],
		['br', () => brotliCompressSync(Buffer.alloc(50_000_000))],
		['gzip, gzip', () => gzipSync(gzipSync(Buffer.alloc(50_000_000)))]
	])('a bomb of %s stops at the cap of what it unpacks to', async (encoding, pack) => {
		const bomb = pack();
		expect(bomb.length).toBeLessThan(SMALL.packed);
		site['/bomb'] = (_request, response) =>
			void response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end(bomb);
		const before = process.memoryUsage().arrayBuffers;
		expect(await kindOf(read('/bomb', { limits: SMALL }))).toBe('too-large');
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
	});

	test('headers without end are refused', async () => {
		site['/headers'] = (_request, response) =>
			void response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('x');
		expect(await kindOf(read('/headers'))).toBe('too-large');
	});

	test('what is packed wrongly is an error of the server, what is packed strangely of no type that we read', async () => {
		const packed = (encoding: string): Answer => (_request, response) =>
			void response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding }).end('no gzip'); // prettier-ignore
		site['/broken'] = packed('gzip');
		site['/strange'] = packed('sdch');
		site['/often'] = packed('gzip, gzip, gzip');
		expect(await kindOf(read('/broken'))).toBe('server-error');
		expect(await kindOf(read('/strange'))).toBe('type');
		expect(await kindOf(read('/often'))).toBe('type');
	});
});

describe('times', () => {
	test('a server that never answers, one that answers and stalls, and one that drips are all given up', async () => {
		site['/silent'] = () => undefined;
		site['/stalls'] = (_request, response) =>
			void response.writeHead(200, { 'content-type': 'text/html' }).write('begun');
		site['/drips'] = (_request, response) => {
			response.writeHead(200, { 'content-type': 'text/html' });
			const drip = setInterval(() => response.write('x'), 20);
			response.on('close', () => clearInterval(drip));
		};
		expect(await kindOf(read('/silent', { limits: { headers: 300 } }))).toBe('timeout');
		expect(await kindOf(read('/stalls', { limits: { body: 300 } }))).toBe('timeout');
		const problem = await failure(read('/drips', { limits: { total: 400, body: 300 } }));
		expect([problem.kind, problem.retryable]).toEqual(['timeout', true]);
	});

	test('a chain of slow redirects shares one time', async () => {
		site['/slow'] = (request, response) => {
			const n = Number(new URL(request.url ?? '', 'http://x').searchParams.get('n'));
			setTimeout(() => redirect(`/slow?n=${n + 1}`)(request, response), 200);
		};
		expect(await kindOf(read('/slow?n=0', { limits: { total: 500 } }))).toBe('timeout');
	});

	test('a resolver that never answers is given up, and a stop is told as the stop it is', async () => {
		const never: Resolve = () => new Promise(() => undefined);
		const limits = { total: 200 };
		expect(await kindOf(read('http://slow.example/', { limits }, way([], never)))).toBe('timeout');
		const stop = new AbortController();
		const stopped = read('/silent', { signal: stop.signal });
		stop.abort(new Error('stopped'));
		await expect(stopped).rejects.toThrow('stopped');
	});
});

describe('addresses', () => {
	const LOCAL = [
		'http://127.0.0.1/', 'http://localhost/', 'http://2130706433/', 'http://0177.0.0.1/', 'http://0x7f.1/', 'http://127.1/',
		'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:7f00:1]/', 'http://[::127.0.0.1]/', 'http://[64:ff9b::7f00:1]/',
		'http://[2002:7f00:1::]/', 'http://[fe80::1]/', 'http://[fd00::1]/', 'http://10.1.2.3/', 'http://172.16.0.1/',
		'http://192.168.1.1/', 'http://169.254.169.254/latest/meta-data/', 'http://100.64.0.1/', 'http://0.0.0.0/', 'http://224.0.0.1/',
		'http://255.255.255.255/', 'http://127.0.0.1。/'
	]; // prettier-ignore
	test.each(LOCAL)('%s is refused in whatever way it is written', async (url) => {
		expect(await kindOf(read(url, {}, way([])))).toBe('refused-address');
	});

	test.each([
		'file:///etc/passwd',
		'ftp://example.com/',
		'gopher://x/',
		'data:text/html,x',
		'http://user:pass@example.com/',
		'no address'
	])('%s is no address to read', async (url) => {
		const work = fetchDocument(url, {}, way());
		expect(await kindOf(work)).toBe('refused-address');
	});

	test('one private record among public ones is enough to refuse', async () => {
		const mixed: Resolve = async () => [
			{ address: '93.184.216.34', family: 4 },
			{ address: '::1', family: 6 }
		];
		expect(await kindOf(read('http://mixed.example/', {}, way([], mixed)))).toBe('refused-address');
	});

	test('redirects to loopback, to a private host and to a file are refused, and nothing is asked there', async () => {
		const host = async () => [{ address: '127.0.0.1', family: 4 }];
		const inside: Resolve = async (name) =>
			name === 'inside.example' ? [{ address: '10.0.0.7', family: 4 }] : host();
		for (const location of [
			`http://127.0.0.2:${port}/secret`,
			'http://inside.example/secret',
			'file:///etc/passwd',
			'//[::1]/x'
		]) {
			site['/to'] = redirect(location);
			expect(await kindOf(read('/to', {}, way(['127.0.0.1/32'], inside)))).toBe('refused-address');
			expect(requests).toEqual(['/to']);
		}
	});

	test('a name that changes its answer between check and connection is asked once, and the checked address is used', async () => {
		site['/page'] = html('<p>the public one</p>');
		let asked = 0;
		const rebinding: Resolve = async () => [
			{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.2', family: 4 }
		];
		const { text } = await read(
			`http://rebinding.example:${port}/page`,
			{},
			way(['127.0.0.1/32'], rebinding)
		);
		expect(text).toContain('the public one');
		expect(asked).toBe(1);
		site['/again'] = redirect(`http://rebinding.example:${port}/page`);
		expect(await kindOf(read(`http://rebinding.example:${port}/again`, {}, way(['127.0.0.1/32'], rebinding)))).toBe('refused-address'); // prettier-ignore
	});

	test('hosts without an address, ports without a server, and servers without HTTP are told apart', async () => {
		const nowhere: Resolve = async () => {
			throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
		};
		expect(await failure(read('http://nowhere.example/', {}, way([], nowhere)))).toMatchObject({
			kind: 'dns',
			retryable: false
		});
		expect(
			await kindOf(
				read(
					'http://empty.example/',
					{},
					way([], async () => [])
				)
			)
		).toBe('dns');
		const closed = createSocketServer();
		const closedPort = await listen(closed);
		closed.close();
		await once(closed, 'close');
		expect(await kindOf(read(`http://127.0.0.1:${closedPort}/`))).toBe('unreachable');
		const chatter = await listen(
			createSocketServer((socket) => socket.on('error', () => undefined).end('220 welcome\r\n'))
		);
		expect(await kindOf(read(`http://127.0.0.1:${chatter}/`))).toBe('unreachable');
		const hangsUp = await listen(createSocketServer((socket) => socket.destroy()));
		expect(await kindOf(read(`http://127.0.0.1:${hangsUp}/`))).toBe('unreachable');
	});
});

describe('TLS', () => {
	test('a certificate that nobody vouches for, and a server that speaks no TLS', async () => {
		const tlsPort = await listen(createTlsServer(selfSigned('self.example'), html('secret')));
		const local: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];
		const via = way(['127.0.0.1/32'], local);
		const problem = await failure(read(`https://self.example:${tlsPort}/`, {}, via));
		expect(problem).toMatchObject({ kind: 'tls', retryable: false });
		expect(problem.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
		expect(await kindOf(read(`https://127.0.0.1:${port}/`))).toBe('tls');
	});
});

describe('answers', () => {
	test.each<[number, FetchKind, boolean]>([
		[401, 'blocked', false], [403, 'blocked', false], [451, 'blocked', false], [429, 'blocked', true], [418, 'blocked', false],
		[404, 'gone', false], [410, 'gone', false], [408, 'timeout', true], [500, 'server-error', true], [503, 'server-error', true],
		[300, 'moved', false], [304, 'moved', false], [204, 'empty', false]
	])('a status of %i is %s', async (status, kind, retryable) => {
		site['/status'] = (_request, response) => void response.writeHead(status).end();
		expect(await failure(read('/status'))).toMatchObject({ kind, retryable, status });
	}); // prettier-ignore

	test('says how long the site wants to be left alone', async () => {
		site['/busy'] = (_request, response) => void response.writeHead(429, { 'retry-after': '120' }).end();
		expect(await failure(read('/busy'))).toMatchObject({ retryAfter: 120_000 });
	});

	test('circles, long chains and redirects to a home page are pages that moved', async () => {
		site['/circle'] = redirect('/circle2');
		site['/circle2'] = redirect('/circle');
		site['/chain'] = (request, response) =>
			redirect(`/chain?n=${Number(new URL(request.url ?? '', 'http://x').searchParams.get('n')) + 1}`)(
				request,
				response
			);
		site['/to-home'] = redirect('/');
		expect(await kindOf(read('/circle'))).toBe('moved');
		expect(await kindOf(read('/chain?n=0'))).toBe('moved');
		expect(requests).toHaveLength(6);
		expect(await kindOf(read('/to-home'))).toBe('moved');
	});

	test('types that we do not read are refused, and no type is told by the bytes', async () => {
		for (const type of ['image/png', 'application/zip', 'video/mp4', 'application/json']) {
			site['/type'] = html('x', type);
			expect(await kindOf(read('/type'))).toBe('type');
		}
		site['/untyped'] = (_request, response) => void response.writeHead(200).end('<!doctype html><p>x');
		site['/binary'] = html('\0\0\0', 'application/octet-stream');
		expect((await read('/untyped')).contentType).toBe('text/html');
		expect(await kindOf(read('/binary'))).toBe('type');
	});

	test('unchanged, a page is told by its validators and not sent again', async () => {
		site['/kept'] = (request, response) => {
			const known = request.headers['if-none-match'] === '"v1"' && request.headers['if-modified-since'];
			response.writeHead(known ? 304 : 200, {
				etag: '"v1"',
				'last-modified': 'Tue, 24 Nov 2026 08:00:00 GMT',
				'content-type': 'text/plain'
			});
			response.end(known ? undefined : 'text');
		};
		const { etag, lastModified, notModified, text } = await read('/kept');
		expect([notModified, text]).toEqual([false, 'text']);
		expect(await read('/kept', { etag, lastModified })).toMatchObject({
			notModified: true,
			etag,
			lastModified
		});
	});

	test.each<[string, string, string | null, FetchKind]>([
		['an empty page', '<html><body><script>x</script> </body></html>', null, 'empty'],
		['an error page with 200', '<title>Oops</title><h1>404 Page not found</h1>', null, 'gone'],
		['one in Chinese', '<title>提示</title><p>抱歉，您访问的页面不存在</p>', null, 'gone'],
		[
			'a check for humans',
			'<title>Just a moment...</title><p>Verify you are human by completing the action below.</p>',
			null,
			'blocked'
		],
		['a page without the part that is watched', '<main>Text</main>', '#policy', 'selector'],
		['a selector that is none', '<main>Text</main>', '][', 'selector'],
		['a page nested without end', `${'<div>'.repeat(30_000)}x`, null, 'too-large'],
		['a page of more elements than anybody reads', '<p>x</p>'.repeat(60_000), null, 'too-large']
	])('%s is told as what it is', async (_what, body, select, kind) => {
		site['/page'] = html(body);
		expect(await kindOf(extract(await read('/page'), select === null ? {} : { select }))).toBe(kind);
	});

	test.each<[string, string, Buffer]>([
		[
			'a wrong header',
			'text/html; charset=iso-8859-1',
			Buffer.from('<p>我们不会与第三方共享您的信息，除非另有说明</p>')
		],
		[
			'a charset that does not exist',
			'text/html; charset=klingon',
			Buffer.from('<p>我们不会与第三方共享您的信息，除非另有说明</p>')
		],
		[
			'GBK without a word about it',
			'text/html',
			Buffer.from(
				'3c703ece d2c3c7b2bbbbe1d3ebb5dac8fdb7bdb9b2cfedc4fab5c4d0c5cfa2a3acb3fdb7c7c1edd3d0cbb5c3f7'.replaceAll(
					' ',
					''
				) + '3c2f703e',
				'hex'
			)
		],
		[
			'UTF-16 with a mark',
			'text/html; charset=utf-8',
			Buffer.from('\ufeff<p>我们不会与第三方共享您的信息，除非另有说明</p>', 'utf16le')
		]
	])('%s does not spoil the text', async (_what, type, body) => {
		site['/charset'] = (_request, response) =>
			void response.writeHead(200, { 'content-type': type }).end(body);
		expect((await extract(await read('/charset'), { select: 'p' })).text).toBe(
			'我们不会与第三方共享您的信息，除非另有说明'
		);
	});
});
