import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { articleId } from '#lib/domain/news/ids.ts';
import { openStore } from '#lib/server/store/open.ts';
import { DERIVED } from '#lib/server/store/derived.ts';
import { quiet } from '../support/engine.ts';
import {
	run,
	settled,
	startProduct,
	telltale,
	temporaryFolder,
	until,
	type Env,
	type Running
} from '../support/product.ts';

const news = (n: number) => ({
	url: `https://news.example/${n}`,
	title: n % 2 ? `Tencent in talks with JD.com, report ${n}` : `腾讯与京东商谈合作 ${n}`,
	text: 'WeChat may open a door. '.repeat(n % 5),
	publisher: 'Example Daily',
	publishedAt: `2026-10-${String((n % 28) + 1).padStart(2, '0')}T08:00:00.000Z`
});
const policy = (n: number, text: string, service = 'Talk & Co/EU') => ({
	service,
	document: 'Privacy Policy',
	fetchedAt: `2026-10-${String(n).padStart(2, '0')}T06:00:00.000Z`,
	text
});
const traffic = (n: number) => ({
	provider: 'site',
	destination: 'shop',
	source: n % 3 ? `s${n % 3}.example` : '(direct)',
	from: `2026-10-${String((n % 28) + 1).padStart(2, '0')}`,
	to: `2026-10-${String((n % 28) + 1).padStart(2, '0')}`,
	metric: 'new_users',
	value: n
});
const many = <T>(count: number, make: (n: number) => T): T[] =>
	Array.from({ length: count }, (_, n) => make(n));
const sorted = (lines: string) => lines.trim().split('\n').sort();

describe('a product', () => {
	const { folder, remove } = temporaryFolder();
	const env: Env = {
		TELLTALE_DATA: folder,
		KAFKA_BROKERS: undefined,
		CLICKHOUSE_URL: undefined,
		DATABASE_URL: undefined
	};
	let product: Running;
	const sent = {
		news: many(60, news),
		policies: [
			policy(1, '# Privacy\n\nWe keep your name.\n'),
			policy(2, '# Privacy\n\nWe keep your name.\n\nWe share orders with Shop Nine.\n'),
			policy(9, '# Privacy\n\nWe keep your name.\n\nWe share orders with Shop Nine.\n'),
			policy(1, '# Privacy\n\nWe keep your name.\n', 'WeChat'),
			policy(2, '# Privacy\n\nWe keep your name.\n\nWe share orders with JD.com.\n', 'WeChat'),
			policy(9, '# Privacy\n\nWe keep your name.\n\nWe share orders with JD.com.\n', 'WeChat')
		],
		traffic: many(84, traffic)
	};
	const push = (topic: keyof typeof sent) =>
		fetch(`${product.url}/api/v1/${topic}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(sent[topic])
		});
	const read = async (path: string): Promise<unknown> =>
		(await fetch(`${product.url}/api/v1/${path}`)).json();

	beforeAll(async () => {
		product = await startProduct({ folder });
		for (const topic of ['news', 'policies', 'traffic'] as const)
			expect((await push(topic)).status).toBe(202);
		await settled(product.url);
	});
	afterAll(async () => {
		await product.stop();
		remove();
	});

	it.each(['news', 'policies', 'traffic'] as const)(
		'gives every accepted event of %s back, entire',
		async (topic) => {
			const { stdout, code } = await telltale(['export', topic], env);
			expect(code).toBe(0);
			expect(sorted(stdout).map((line) => JSON.parse(line) as unknown)).toEqual(
				sent[topic]
					.map((event) => JSON.stringify(event))
					.sort()
					.map((line) => JSON.parse(line) as unknown)
			);
		}
	);

	it('tells a change of a policy clause by clause', async () => {
		const changes = await read(
			`policies/${encodeURIComponent('Talk & Co/EU')}/${encodeURIComponent('Privacy Policy')}/changes`
		);
		expect(changes).toMatchObject([
			{
				at: '2026-10-02T06:00:00.000Z',
				verdict: 'confirmed',
				changes: [{ kind: 'added', after: { text: 'We share orders with Shop Nine.' } }]
			}
		]);
	});

	it('tells of a clause that names another, once it is confirmed', async () => {
		const told = await until('a signal', async () => {
			const rows = z
				.array(z.record(z.string(), z.unknown()))
				.parse(await read('signals?organisation=wechat'));
			return rows.length > 0 && rows;
		});
		expect(told).toMatchObject([
			{
				at: '2026-10-09T06:00:00.000Z',
				type: 'policy_clause',
				quote: 'We share orders with JD.com.',
				source: 'WeChat',
				copyOf: null
			}
		]);
	});

	it('tells what an article says of two organisations as soon as it is stored', async () => {
		expect(await read('signals?organisation=jd&type=talks')).toContainEqual(
			expect.objectContaining({
				organisations: ['jd', 'tencent'],
				quote: 'Tencent in talks with JD.com, report 1',
				source: 'Example Daily',
				reliability: 'F',
				evidence: { kind: 'news', id: articleId(news(1).url) }
			})
		);
	});

	it('makes everything derived again, row for row', async () => {
		const store = await openStore({ at: { folder: join(folder, 'engine'), attach: true }, logger: quiet });
		const rowsOf = (table: string) =>
			store.select({
				sql: 'SELECT * FROM {table:Identifier} FINAL ORDER BY ALL',
				params: { table },
				row: z.record(z.string(), z.unknown())
			});
		const before = await Promise.all(DERIVED.map(rowsOf));
		expect(before.every((rows) => rows.length > 0)).toBe(true);
		expect(await telltale(['rebuild', 'all'], env)).toMatchObject({ code: 0 });
		expect(await Promise.all(DERIVED.map(rowsOf))).toEqual(before);
		await store.close();
	});

	it('goes on storing and telling while something is made again', async () => {
		expect((await fetch(`${product.url}/api/v1/stories?limit=5`)).headers.get('link')).toContain(
			'rel="next"'
		);
	});

	it('takes a file beside itself, and names what is wrong with it', async () => {
		const file = join(folder, 'rows.csv');
		writeFileSync(
			file,
			`provider,destination,source,from,to,metric,value\nsite,csv,a.example,2026-10-01,2026-10-01,visits,5\nsite,csv,a.example,2026-10-02,2026-10-01,visits,5\n`
		);
		const { code, stdout, stderr } = await telltale(['import', 'traffic', file], env);
		expect(code).toBe(0);
		expect(stdout).toMatch(/1 accepted.*0 skipped.*1 rejected/s);
		expect(stderr).toContain('to must not be before from');
		await settled(product.url);
		expect(await read('shares?destination=csv&metric=visits')).toMatchObject({
			provider: 'site',
			series: [{ source: 'a.example', points: [{ value: 5 }] }]
		});
	});

	it.each<[string, () => Env, RegExp]>([
		[
			'its port is taken',
			() => ({ PORT: String(product.port), TELLTALE_DATA: join(folder, 'other') }),
			/^telltale: PORT \d+ on 127.0.0.1 is taken/
		],
		[
			'its folder is in use',
			() => ({ PORT: '0' }),
			/^telltale: the data folder .* is in use by another Telltale/
		],
		[
			'a variable is wrong',
			() => ({ PORT: 'abc' }),
			/^telltale: PORT must be a port number from 0 to 65535; it is "abc"/
		],
		[
			'others could reach it and nobody would have to log in',
			() => ({ HOST: '0.0.0.0' }),
			/^telltale: HOST .* TELLTALE_ACCESS=open/
		]
	])('ends in one line when %s', async (_, more, expected) => {
		const { code, stderr } = await run('ingest/main.ts', ['start'], { ...env, HOST: '127.0.0.1', ...more() });
		expect(code).toBeGreaterThan(0);
		expect(stderr).toMatch(expected);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});
});
