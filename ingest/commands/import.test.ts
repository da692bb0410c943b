import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InputTopic } from '#lib/domain/events.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { Problem } from '#lib/server/errors.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import { importFiles, type ImportOptions } from './import.ts';

let folder: string;
let desk: Desk;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'import-'));
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
});
afterAll(async () => {
	await desk.close();
	await rm(folder, { recursive: true });
});

class Text extends Writable {
	text = '';
	isTTY = true;
	override _write(chunk: Buffer, _encoding: string, done: () => void): void {
		this.text += chunk.toString();
		done();
	}
}

interface Given {
	topic?: InputTopic;
	options?: ImportOptions;
	stdin?: Buffer;
	tty?: boolean;
	/** Called before each append: may throw as the log would. */
	append?: (call: number) => void;
}
async function run(
	files: string[],
	{ topic = 'traffic', options = {}, stdin, tty = false, append }: Given = {}
) {
	const taken: unknown[] = [];
	const pauses: number[] = [];
	const [out, err] = [new Text(), new Text()];
	let calls = 0;
	const log = {
		append: async (_topic: string, entries: readonly Entry[], { origin }: { origin: string }) => {
			expect(origin).toBe('import');
			append?.(calls++);
			taken.push(...entries.map(({ json }) => JSON.parse(json) as unknown));
		}
	};
	async function* input() {
		if (stdin) yield stdin;
	}
	const pause = async (ms: number) => void pauses.push(ms);
	const status = await importFiles({
		topic, files, options, log, desk, now: () => Date.UTC(2026, 0, 1), stdin: input(), out, err, tty, pause
	}); // prettier-ignore
	return { status, taken, pauses, out: out.text, err: err.text };
}

const event = (n: number) => ({
	provider: 'p', destination: 'd.example', source: `s${n}`, from: '2025-01-01', to: '2025-01-01', metric: 'visits', value: n
}); // prettier-ignore
const events = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => event(from + n));
const ndjson = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
async function file(name: string, content: string | Buffer): Promise<string> {
	const path = join(folder, name);
	await writeFile(path, content);
	return path;
}

describe('an import', () => {
	test('takes NDJSON, JSON, CSV and any of them packed, and says how many', async () => {
		const header = 'provider,destination,source,from,to,metric,value\n';
		const csv = header + events(4, 6).map((e) => Object.values(e).join(',')).join('\n\n'); // prettier-ignore
		const paths = [
			await file('kinds.ndjson', ndjson(events(0, 2))),
			await file('kinds.json', JSON.stringify(events(2, 4))),
			await file('kinds.csv', csv),
			await file('kinds.json.gz', gzipSync(JSON.stringify(events(6, 8))))
		];
		const { status, taken, out, err } = await run(paths);
		expect(taken).toEqual(events(0, 8));
		expect(out.trim().split('\n')).toEqual(paths.map((path) => `${path}: 2 accepted, 0 skipped, 0 rejected`));
		expect([status, err]).toEqual([0, '']);
	});

	test('names what it rejects, the first twenty in full, and takes the neighbours', async () => {
		const bad = Array.from({ length: 25 }, () => ({ ...event(0), value: -1, extra: 1 }));
		const path = await file('bad.ndjson', `${ndjson([event(1), ...bad])}\n{\n${ndjson([event(2)])}`);
		const { status, taken, out, err } = await run([path]);
		expect(taken).toEqual([event(1), event(2)]);
		expect(out).toBe(`${path}: 2 accepted, 0 skipped, 26 rejected\n`);
		const lines = err.trim().split('\n');
		expect(lines[0]).toBe(`${path}: line 2: value must be 0 or more; extra is not a field of this event`);
		expect(lines).toHaveLength(21);
		expect(lines.at(-1)).toBe(`${path}: and 6 more rejected`);
		expect(status).toBe(0);
	});

	test('that was killed goes on after the last chunk that the log took', async () => {
		const path = await file('killed.ndjson', ndjson(events(0, 12_000)));
		const killed = run([path], {
			append: (call) => {
				if (call === 1) throw new Error('killed');
			}
		});
		await expect(killed).rejects.toThrow('killed');
		const { taken, out } = await run([path]);
		expect(taken).toEqual(events(5_000, 12_000));
		expect(out).toBe(`${path}: 7000 accepted, 5000 skipped, 0 rejected\n`);
		expect(await run([path])).toMatchObject({
			taken: [],
			out: `${path}: 0 accepted, 12000 skipped, 0 rejected\n`
		});
	});

	test.each(['ndjson', 'csv', 'json'] as const)(
		'of a file that has grown takes only what is new (%s)',
		async (kind) => {
			const write = (values: ReturnType<typeof events>) => {
				if (kind === 'ndjson') return ndjson(values);
				if (kind === 'json') return JSON.stringify(values, null, 1);
				return [
					'provider,destination,source,from,to,metric,value',
					...values.map((e) => Object.values(e).join(','))
				].join('\r\n');
			};
			const path = await file(`grown.${kind}`, write(events(0, 10)));
			await run([path]);
			await writeFile(path, write(events(0, 13)));
			const { taken, out } = await run([path]);
			expect(taken).toEqual(events(10, 13));
			expect(out).toContain('3 accepted, 10 skipped');
		}
	);

	test('of a file whose last row was half written reads that row again', async () => {
		const row = (e: object) => Object.values(e).join(',');
		const path = await file(
			'half.csv',
			`provider,destination,source,from,to,metric,value\n${row(event(3))}\n${row(event(4))}`
		);
		await run([path]);
		await appendFile(path, '321\n');
		expect((await run([path])).taken).toEqual([{ ...event(4), value: 4321 }]);
	});

	test('of a file that was replaced reads it from its start', async () => {
		const path = await file('replaced.ndjson', ndjson(events(0, 10)));
		await run([path]);
		await writeFile(path, ndjson(events(100, 120)));
		expect((await run([path])).taken).toEqual(events(100, 120));
	});

	test('goes on in a packed file too, and counts earlier rejections once', async () => {
		const content = ndjson([...events(0, 5), { bad: true }, ...events(5, 6_000)]);
		const path = await file('packed.ndjson.gz', gzipSync(content));
		const killed = run([path], {
			append: (call) => {
				if (call === 1) throw new Error('killed');
			}
		});
		await expect(killed).rejects.toThrow('killed');
		const { taken, out } = await run([path]);
		expect(taken).toEqual(events(5_000, 6_000));
		expect(out).toContain('1000 accepted, 5000 skipped, 0 rejected');
	});

	test('waits for a log that is full or away, and says so once', async () => {
		const path = await file('waits.ndjson', ndjson(events(0, 3)));
		const { status, taken, pauses, err } = await run([path], {
			append: (call) => {
				if (call < 3) throw new Problem('log-full', 'the log is full');
			}
		});
		expect([status, taken]).toEqual([0, events(0, 3)]);
		expect(pauses).toEqual([250, 500, 1000]);
		expect(err).toBe(`${path}: waiting: the log is full\n`);
	});

	test('of a file that breaks off keeps what is whole, goes on to the next file and ends with 1', async () => {
		const cut = await file('cut.json', JSON.stringify(events(0, 3)).slice(0, -5));
		const packed = await file('cut.ndjson.gz', gzipSync(ndjson(events(3, 6))).subarray(0, -4));
		const good = await file('good.ndjson', ndjson(events(9, 10)));
		const { status, taken, err } = await run([cut, packed, join(folder, 'missing'), good]);
		expect(taken).toEqual([...events(0, 2), ...events(3, 6), event(9)]);
		expect(status).toBe(1);
		expect(err.match(/could not be read to its end/g)).toHaveLength(3);
	});

	test('reads standard input, of which nothing is recorded', async () => {
		const given = { stdin: Buffer.from(JSON.stringify(events(0, 2))) };
		expect((await run(['-'], given)).taken).toEqual(events(0, 2));
		expect((await run(['-'], given)).out).toBe('-: 2 accepted, 0 skipped, 0 rejected\n');
	});

	test('on a terminal shows how far it is, with rate and time left', async () => {
		const path = await file('bar.ndjson', ndjson(events(0, 10)));
		const { err } = await run([path], { tty: true });
		expect(err).toMatch(/100% \| 10 events \| \d+\/s \| .* left/);
	});
});

describe('an import of foreign rows', () => {
	const rows = ndjson([
		{ agency: 'nasa', source: 'google', visits: '10' },
		{ agency: 'nasa', source: 'google', visits: '5' },
		{ agency: 'nasa', source: '(direct)', visits: 'x' }
	]);
	const mapping = {
		fields: {
			provider: { constant: 'ga4' },
			destination: 'agency',
			source: 'source',
			from: { constant: '2024-01' }
		},
		metrics: { visits: 'visits' },
		sum: true
	};

	test('follows a mapping, from a file or as it stands', async () => {
		const path = await file('foreign.ndjson', rows);
		const map = await file('map.yaml', JSON.stringify(mapping, null, 2));
		for (const given of [map, JSON.stringify(mapping)]) {
			const { status, taken, out, err } = await run([path], { options: { map: given } });
			expect(taken).toEqual([
				{ provider: 'ga4', destination: 'nasa', source: 'google', from: '2024-01-01', to: '2024-01-31', metric: 'visits', value: 15 }
			]); // prettier-ignore
			expect([status, out]).toEqual([0, `${path}: 1 accepted, 0 skipped, 1 rejected\n`]);
			expect(err).toBe(`${path}: line 3: value must be a number\n`);
		}
	});

	test('reads an export of Google Analytics 4 with its comments and totals', async () => {
		const export_ =
			'# ---\n# Start date: 20240101\n# End date: 20240102\n# ---\n\nSession source,Sessions,New users\nwechat,7,3\n,9,4,Grand total\n';
		const path = await file('ga4.csv', export_);
		const { taken, err } = await run([path], { options: { format: 'ga4', destination: 'shop.example' } });
		const base = { provider: 'ga4', destination: 'shop.example', from: '2024-01-01', to: '2024-01-02' };
		expect(taken).toMatchObject([
			{ ...base, source: 'wechat', metric: 'sessions', value: 7 },
			{ ...base, source: 'wechat', metric: 'new_users', value: 3 }
		]);
		expect(err).toBe('');
	});

	test('that cannot be mapped fails with the reason', async () => {
		const path = await file('nodest.csv', 'Session source,Sessions,Date\nwechat,7,20240101\n');
		const { status, err } = await run([path], { options: { format: 'ga4' } });
		expect(status).toBe(1);
		expect(err).toContain('--destination');
	});

	test.each<[Given, string]>([
		[{ options: { format: 'xml' } }, '--format must be one of'],
		[{ options: { format: 'ga4' }, topic: 'news' }, 'is for traffic'],
		[{ options: { map: '{fields: 1}' } }, '--map is wrong at fields'],
		[{ options: { map: '/nowhere/map.yaml' } }, '--map cannot be read']
	])('refuses options that make no sense: %j', async (given, message) => {
		await expect(run([], given)).rejects.toMatchObject({
			code: 'configuration',
			message: expect.stringContaining(message) as string
		});
	});

	test('read in another way has a record of its own', async () => {
		const path = await file('twice.ndjson', ndjson(events(0, 3)));
		const plain = {
			fields: {
				...Object.fromEntries(Object.keys(event(0)).map((name) => [name, name])),
				provider: { constant: 'q' }
			}
		};
		await run([path]);
		expect((await run([path], { options: { map: JSON.stringify(plain) } })).out).toContain(
			'3 accepted, 0 skipped'
		);
		await appendFile(path, ndjson(events(3, 4)));
		expect((await run([path], { options: { map: JSON.stringify(plain) } })).out).toContain(
			'1 accepted, 3 skipped'
		);
	});
});

test('news of other tools are known by their content, and bad rows are named', async () => {
	const row = (id: string, title: string) =>
		[
			'20240110081500-' + id,
			'20240110081500',
			'1',
			'paper.example',
			`https://paper.example/${id}`,
			...Array.from({ length: 21 }, () => ''),
			title && `<PAGE_TITLE>${title}</PAGE_TITLE>`
		].join('\t');
	const file = join(folder, '20240110081500.gkg.csv');
	await writeFile(file, [row('0', 'Lantern'), row('1', ''), row('2', '港集')].join('\n'));
	const first = await run([file], { topic: 'news' });
	expect(first.out).toBe(`${file}: 2 accepted, 0 skipped, 1 rejected\n`);
	expect(first.err).toContain(`${file}: line 2: title is missing`);
	expect((await run([file], { topic: 'news' })).out).toContain('0 accepted, 2 skipped');
	const sitemap =
		'<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://p.example/1</loc><news:name>P</news:name><news:publication_date>2024-01-10</news:publication_date><news:title>T</news:title></url></urlset>';
	expect((await run(['-'], { topic: 'news', stdin: Buffer.from(sitemap) })).out).toBe(
		'-: 1 accepted, 0 skipped, 0 rejected\n'
	);
});
