import { describe, expect, it } from 'vitest';
import { compress } from './compress.ts';

const asking = (encodings: string) =>
	new Request('http://localhost/', { headers: { 'accept-encoding': encodings } });
const html = { 'content-type': 'text/html; charset=utf-8', 'content-length': '5000' };
const page = () => new Response('a'.repeat(5_000), { status: 404, headers: html });

describe('compressing an answer', () => {
	it('sends gzip to whoever takes it, and keeps status and text', async () => {
		const response = compress(asking('br, gzip'), page());
		expect(response.status).toBe(404);
		expect(response.headers.get('content-encoding')).toBe('gzip');
		expect(response.headers.get('content-length')).toBeNull();
		const bytes = await response.clone().arrayBuffer();
		expect(bytes.byteLength).toBeLessThan(200);
		const text = await new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).text();
		expect(text).toBe('a'.repeat(5_000));
	});

	it('sends it plain to everybody else, and tells caches that the two differ', async () => {
		const response = compress(asking('identity'), page());
		expect(response.headers.get('content-encoding')).toBeNull();
		expect(response.headers.get('vary')).toBe('accept-encoding');
		expect(await response.text()).toHaveLength(5_000);
	});

	it.each([
		['a stream of events, which must not wait for more', { 'content-type': 'text/event-stream' }],
		['what is compressed already', { ...html, 'content-encoding': 'br' }],
		['a picture', { 'content-type': 'image/png' }]
	])('leaves %s alone', (_, headers) => {
		const response = new Response('x'.repeat(5_000), { headers });
		expect(compress(asking('gzip'), response)).toBe(response);
	});
});
