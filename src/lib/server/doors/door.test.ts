import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doorChecks } from '#lib/domain/events.ts';
import { Budget, BODY_BYTES, readBody } from './body.ts';
import { sortBody } from './door.ts';

const checks = doorChecks(() => Date.parse('2026-11-24T08:00:00Z'));
const event = (n: number, more: Record<string, unknown> = {}) => ({
	provider: 'site', destination: 'shop', source: `s${n}.example`, from: '2026-11-20', to: '2026-11-20', metric: 'visits', value: n, ...more
}); // prettier-ignore
const HEADER = 'provider,destination,source,from,to,metric,value,revision,observedAt\n';
const row = (n: number, value: number | string = n) =>
	`site,shop,s${n}.example,2026-11-20,2026-11-20,visits,${value},,\n`;

const sort = (type: string, body: string | Buffer) =>
	sortBody('traffic', type, Buffer.from(body), checks.traffic);
const values = async (type: string, body: string | Buffer) => {
	const { entries, rejected } = await sort(type, body);
	return { values: entries.map(({ json }) => (JSON.parse(json) as { value: number }).value), rejected };
};
const request = (body: BodyInit, headers: Record<string, string> = {}) =>
	new Request('http://localhost/', { method: 'POST', body, headers });

describe('a push', () => {
	it('of JSON takes an array, or one object', async () => {
		expect((await values('application/json', JSON.stringify([event(1), event(2)]))).values).toEqual([1, 2]);
		expect((await values('application/json; charset=utf-8', JSON.stringify(event(3)))).values).toEqual([3]);
	});

	it('of NDJSON skips blank lines and counts events, not lines', async () => {
		const body = `\n${JSON.stringify(event(1))}\r\n  \n{"provider":\n${JSON.stringify(event(2))}`;
		expect(await values('application/x-ndjson', body)).toEqual({
			values: [1, 2],
			rejected: [{ index: 1, errors: [{ path: '', message: 'is not JSON' }] }]
		});
	});

	it('rejects a line that is not UTF-8 by itself', async () => {
		const body = Buffer.concat([
			Buffer.from(`${JSON.stringify(event(1))}\n`),
			Buffer.from([0xff, 0xfe, 10]),
			Buffer.from(JSON.stringify(event(2)))
		]);
		const { values: taken, rejected } = await values('application/x-ndjson', body);
		expect(taken).toEqual([1, 2]);
		expect(rejected).toEqual([{ index: 1, errors: [{ path: '', message: 'is not UTF-8' }] }]);
	});

	it('rejects a line nested 10,000 deep by its field', async () => {
		const deep = JSON.stringify(event(1)).replace(
			'"value":1',
			`"value":${'['.repeat(1e4)}${']'.repeat(1e4)}`
		);
		const { values: taken, rejected } = await values(
			'application/x-ndjson',
			`${deep}\n${JSON.stringify(event(2))}`
		);
		expect(taken).toEqual([2]);
		expect(rejected[0]?.errors[0]?.path).toBe('value');
	});

	it('of CSV parses numbers, leaves empty optional cells out and skips blank lines', async () => {
		const { entries, rejected } = await sort('text/csv', `\uFEFF${HEADER}\n${row(1)}\r\n${row(2)}`);
		expect(rejected).toEqual([]);
		expect(JSON.parse(entries[0]?.json ?? '')).toEqual(event(1));
	});

	it('of CSV rejects bad rows one by one and keeps their neighbours', async () => {
		const body = Buffer.concat([
			Buffer.from(`${HEADER}${row(1)}DROP TABLE traffic;\n${row(2, 'many')}`),
			Buffer.from('site,shop,\xff\xfe,2026-11-20,2026-11-20,visits,1,,\n', 'latin1'),
			Buffer.from(row(3).replace('s3.example', '"微信, ""app"""'))
		]);
		const { values: taken, rejected } = await values('text/csv', body);
		expect(taken).toEqual([1, 3]);
		expect(rejected.map(({ index, errors }) => [index, errors[0]?.path])).toEqual([
			[1, ''],
			[2, 'value'],
			[3, 'source']
		]);
	});

	it.each([
		['application/json', '[{'],
		['application/json', Buffer.from([0x5b, 0xff, 0x5d])]
	])('of %s that cannot be read as a whole is refused', async (type, body) => {
		await expect(sort(type, body)).rejects.toMatchObject({ code: 'invalid' });
	});

	it('in another format is refused with the formats that are read', async () => {
		await expect(sort('application/xml', '<a/>')).rejects.toMatchObject({
			code: 'unsupported',
			message: expect.stringContaining('text/csv') as string
		});
		await expect(sortBody('news', 'text/csv', Buffer.from(''), checks.news)).rejects.toMatchObject({
			code: 'unsupported'
		});
	});

	it('takes or rejects every line of whatever bytes, and never fails as a whole in NDJSON', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.oneof(fc.json(), fc.string({ unit: 'binary' })).map((line) => line.replaceAll('\n', ' '))
				),
				async (lines) => {
					const { entries, rejected } = await sort('application/x-ndjson', lines.join('\n'));
					expect(entries.length + rejected.length).toBe(
						lines.filter((line) => !/^[ \t]*\r?$/.test(line)).length
					);
				}
			)
		);
	});
});

describe('a body', () => {
	it('is unpacked', async () => {
		expect(String(await readBody(request(gzipSync('hello'), { 'content-encoding': 'gzip' })))).toBe('hello');
	});
	it('that unpacks to more than 32 MB is too large, however small it came', async () => {
		const bomb = gzipSync(Buffer.alloc(BODY_BYTES + 1, ' '));
		await expect(readBody(request(bomb, { 'content-encoding': 'gzip' }))).rejects.toMatchObject({
			code: 'too-large'
		});
	});
	it('that is not gzip although it says so is refused', async () => {
		await expect(readBody(request('hello', { 'content-encoding': 'gzip' }))).rejects.toMatchObject({
			code: 'invalid'
		});
	});
	it('in an unknown encoding is refused', async () => {
		await expect(readBody(request('hello', { 'content-encoding': 'zzz' }))).rejects.toMatchObject({
			code: 'unsupported'
		});
	});
	it('waits for no memory: too many large ones at once are turned away for now', async () => {
		const budget = new Budget(100);
		let release = () => {};
		const first = budget.hold(80, () => new Promise<void>((done) => (release = done)));
		await expect(budget.hold(30, () => Promise.resolve())).rejects.toMatchObject({ retryable: true });
		release();
		await first;
		await expect(budget.hold(30, () => Promise.resolve('in'))).resolves.toBe('in');
	});
});
