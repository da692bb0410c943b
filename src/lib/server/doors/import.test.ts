import { gzipSync } from 'node:zlib';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVENT_BYTES } from '#lib/domain/events.ts';
import { openSource, Prefix, prefixOf } from './import-file.ts';
import { formatOf, readItems, type ImportFormat, type Read } from './import.ts';

/** `bytes` as a stream of chunks of `size`. */
async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}
const empty = chunked(Buffer.alloc(0), 1);

async function itemsOf(format: ImportFormat, content: string | Buffer, size = 1 << 16) {
	const items: { offset: number; index: number; line: number | null; read: Read }[] = [];
	for await (const { read, ...item } of readItems(chunked(Buffer.from(content), size), format))
		items.push({ ...item, read: read() });
	return items;
}
const reads = async (format: ImportFormat, content: string | Buffer, size?: number) =>
	(await itemsOf(format, content, size)).map(({ read }) =>
		'value' in read ? read.value : read.error.message
	);

const sizes = fc.integer({ min: 1, max: 40 });

describe('NDJSON', () => {
	test('gives an item a line, however the stream is cut', () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.json()),
				fc.constantFrom('\n', '\r\n', '\n \n'),
				sizes,
				async (values, end, size) => {
					const content = values.map((value) => value + end).join('');
					expect(await reads('ndjson', content, size)).toEqual(
						values.map((value): unknown => JSON.parse(value))
					);
				}
			)
		));

	test('refuses a line by itself that is no JSON, no UTF-8 or too large, and counts it', async () => {
		const large = Buffer.concat([Buffer.from('"'), Buffer.alloc(3 * EVENT_BYTES, 'x'), Buffer.from('"\n')]);
		const content = Buffer.concat([
			Buffer.from('\ufeff1\n{"a":\n\n"'),
			Buffer.from([0xff]),
			Buffer.from('"\n'),
			large,
			Buffer.from('5')
		]);
		const items = await itemsOf('ndjson', content);
		expect(items.map(({ index, line }) => [index, line])).toEqual([[0, 1], [1, 2], [2, 4], [3, 5], [4, 6]]); // prettier-ignore
		expect(items.map(({ read }) => ('value' in read ? read.value : read.error.message))).toEqual([
			1,
			'is not JSON',
			'is not UTF-8',
			`has ${3 * EVENT_BYTES + 2} bytes; an event may have ${EVENT_BYTES}`,
			5
		]);
		expect(items.at(-1)?.offset).toBe(content.length);
	});
});

describe('JSON', () => {
	test('gives the elements of an array, however it is written and the stream is cut', () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.jsonValue()),
				fc.constantFrom(0, 1, '\t'),
				sizes,
				async (values, indent, size) => {
					const plain: unknown = JSON.parse(JSON.stringify(values));
					expect(await reads('json', JSON.stringify(values, null, indent), size)).toEqual(plain);
				}
			)
		));

	test('gives an object that stands alone as one element', async () => {
		expect(await reads('json', '\ufeff {\n "a": [1, "]}\\""]\n}\n')).toEqual([{ a: [1, ']}"'] }]);
		expect(await reads('json', '')).toEqual([]);
	});

	test('refuses an element by itself that is balanced but no JSON', async () => {
		expect(await reads('json', '[1,{a:1},nul,2]')).toEqual([1, 'is not JSON', 'is not JSON', 2]);
	});

	test.each(['[1,2', '[1,{"a":1', '[1,"x', '[1,'])(
		'gives what is whole of %s, then says that it breaks off',
		async (content) => {
			const seen: unknown[] = [];
			const reading = (async () => {
				for await (const item of readItems(chunked(Buffer.from(content), 1), 'json')) seen.push(item.read());
			})();
			await expect(reading).rejects.toMatchObject({
				code: 'invalid',
				message: expect.stringContaining('in the middle') as string
			});
			expect(seen).toEqual([{ value: 1 }]);
		}
	);

	test.each(['[1 2]', '[,1]', '[1,]', ']'])('says where %s is broken', async (content) => {
		await expect(reads('json', content)).rejects.toMatchObject({ code: 'invalid' });
	});

	test('reads an event nested ten thousand deep without harm', async () => {
		const deep = '['.repeat(10_000) + ']'.repeat(10_000);
		expect(await itemsOf('json', `[${deep}, 1]`)).toHaveLength(2);
	});
});

describe('CSV', () => {
	test('parses numbers, skips blank lines and refuses a row by itself, in order', async () => {
		const content = Buffer.concat([
			Buffer.from('\ufeffsource,value,revision\r\n微信,1.5,\r\n\r\n"a\n""b""",2,3\r\nx"y,1,1\n'),
			Buffer.from([0xe5]),
			Buffer.from(',1,1\n1,2\nlast,x,0')
		]);
		for (const size of [1, 7, 1000]) {
			const items = await itemsOf('csv', content, size);
			expect(items.map(({ read }) => ('value' in read ? read.value : read.error.path))).toEqual([
				{ source: '微信', value: 1.5 },
				{ source: 'a\n"b"', value: 2, revision: 3 },
				'',
				'source',
				'',
				{ source: 'last', value: 'x', revision: 0 }
			]);
			expect(items.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
			const offsets = items.map(({ offset }) => offset);
			expect(offsets).toEqual([...new Set(offsets)].sort((a, b) => a - b));
			expect(offsets.at(-1)).toBe(content.length);
		}
	});
});

describe('the format of a file', () => {
	test.each<[string, string, ImportFormat]>([
		['a.ndjson', '[', 'ndjson'],
		['a.jsonl.gz', '', 'ndjson'],
		['a.JSON', '{"a":1}\n{"a":2}', 'json'],
		['a.csv.gz', '[', 'csv'],
		['-', '\ufeff [1]', 'json'],
		['-', '{"a":1}\n{"a":2}', 'ndjson'],
		['a.txt', '{\n\t"a": 1\n}', 'json'],
		['a.txt', 'provider,destination', 'csv']
	])('%s that begins with %j is %s', (name, head, format) => {
		expect(formatOf(name, Buffer.from(head))).toBe(format);
	});
});

describe('a source', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'import-'));
	});
	afterAll(() => rm(folder, { recursive: true }));
	const content = Buffer.from(Array.from({ length: 50_000 }, (_, n) => `line ${n}\n`).join(''));

	async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
		const parts: Buffer[] = [];
		for await (const chunk of chunks) parts.push(chunk);
		return Buffer.concat(parts);
	}

	test('is unpacked whatever its name, from a file or standard input', async () => {
		const path = join(folder, 'packed');
		const packed = gzipSync(content);
		await writeFile(path, packed);
		const file = await openSource(path, empty);
		expect(file.head.subarray(0, 7).toString()).toBe('line 0\n');
		expect((await all(file.chunks)).equals(content)).toBe(true);
		expect([file.size, file.taken()]).toEqual([packed.length, packed.length]);
		const piped = await openSource('-', chunked(packed, 1000));
		expect((await all(piped.chunks)).equals(content)).toBe(true);
		expect(piped.size).toBeNull();
	});

	test('that was cut off gives what is there, then the error', async () => {
		const path = join(folder, 'cut.gz');
		await writeFile(path, gzipSync(content).subarray(0, -20));
		const { chunks } = await openSource(path, empty);
		await expect(all(chunks)).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
	});

	test('is known again by its prefix, and only while that is the same', () =>
		fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 0, max: content.length }),
				fc.integer({ min: 1000, max: 90_000 }),
				async (offset, size) => {
					const prefix = new Prefix();
					let passed = 0;
					for await (const chunk of prefix.tap(chunked(content, size))) {
						passed += chunk.length;
						if (passed >= offset) break;
						prefix.forget(passed);
					}
					const hash = prefix.at(offset);
					expect(hash).toMatch(/^[0-9a-f]{64}$/);
					expect(await prefixOf(chunked(content, 7777), offset)).toBe(hash);
					const grown = Buffer.concat([content, Buffer.from('more')]);
					expect(await prefixOf(chunked(grown, 65_536), offset)).toBe(hash);
					if (offset === 0) return;
					const changed = Buffer.from(content);
					changed.writeUInt8(0, offset - 1);
					expect(await prefixOf(chunked(changed, 65_536), offset)).not.toBe(hash);
					expect(await prefixOf(chunked(content.subarray(0, offset - 1), 65_536), offset)).toBeNull();
				}
			),
			{ numRuns: 20 }
		));
});
