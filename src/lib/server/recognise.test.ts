import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { dryRun } from './doors/dry-run.ts';
import { columnsOf, recognise } from './recognise.ts';
import { Uploads } from './uploads.ts';

const folder = mkdtempSync(join(tmpdir(), 'telltale-recognise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NOW = Date.parse('2026-11-24T12:00:00Z');
const write = (name: string, content: string | Buffer) => {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
};
const seen = (name: string, content: string | Buffer) => recognise(write(name, content), name);

const ARTICLE = {
	url: 'https://a.example/1',
	title: 'A',
	publisher: 'P',
	publishedAt: '2026-11-01T00:00:00Z'
};
const OWN_CSV =
	'provider,destination,source,metric,from,to,value\np,shop,a.example,visits,2026-11-01,2026-11-01,5\n';
const GA4 = `# Start date: 20260901
# End date: 20260930
Session source / medium,Sessions,New users
google / organic,1200,300
lantern.app / referral,800,500
,2000,800,Grand total
`;

describe('a dropped file', () => {
	test('of news by another tool is known by its content, whatever it is called', async () => {
		const gkg = [
			'20261120081500-0',
			'20261120081500',
			'1',
			'p.example',
			'https://p.example/1',
			...Array.from({ length: 22 }, () => '')
		].join('\t');
		expect(await seen('20261120081500.gkg.csv', gkg)).toMatchObject({ kind: 'news', file: { kind: 'gkg' } });
		expect(await seen('a.csv', 'URL,MobileURL,Date,Title\n')).toMatchObject({
			kind: 'news',
			file: { kind: 'artlist' }
		});
		expect(await seen('list', '{"articles": []}')).toMatchObject({ kind: 'news', file: { format: 'list' } });
		const sitemap =
			'<?xml version="1.0"?><urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"></urlset>';
		expect(await seen('news.xml', sitemap)).toMatchObject({ kind: 'news', file: { kind: 'sitemap' } });
	});

	test('of whom or what to watch is known by its name or its content', async () => {
		expect(await seen('any.yml', '# mine\n')).toEqual({ kind: 'watchlist' });
		expect(await seen('list.txt', '# mine\nfeeds: []\n')).toEqual({ kind: 'watchlist' });
		expect(await seen('feeds.xml', '<?xml version="1.0"?><opml version="1.0"></opml>')).toEqual({
			kind: 'feeds'
		});
		expect(await seen('page.xml', '<rss></rss>')).toEqual({ kind: 'unknown', why: 'markup' });
	});

	test('of our own events is known by its fields, in any of the formats, packed or not', async () => {
		expect(await seen('a.ndjson', JSON.stringify(ARTICLE))).toEqual({
			kind: 'events',
			topic: 'news',
			format: 'ndjson'
		});
		expect(
			await seen('b.json', JSON.stringify([{ service: 'S', document: 'D', fetchedAt: '', text: 'T' }]))
		).toMatchObject({ topic: 'policies' });
		expect(await seen('c.csv', OWN_CSV)).toEqual({ kind: 'events', topic: 'traffic', format: 'csv' });
		expect(await seen('d.csv.gz', gzipSync(OWN_CSV))).toEqual({
			kind: 'events',
			topic: 'traffic',
			format: 'csv'
		});
		expect(await seen('no name', `\uFEFF${OWN_CSV}`)).toMatchObject({ topic: 'traffic' });
	});

	test('of Google Analytics 4 is known by its columns, and says what it does not say', async () => {
		expect(await seen('e.csv', GA4)).toEqual({ kind: 'ga4', format: 'csv', needs: ['destination'] });
		expect(await seen('f.csv', 'Hostname,Session source,Sessions\na.example,google,5\n')).toMatchObject({
			needs: ['days']
		});
	});

	test('of any other table has columns with their first values', async () => {
		const path = write('g.csv', 'day,ref,n\n2026-11-01,a.example,5\n2026-11-01,b.example,5\n');
		const columns = [{ name: 'day', samples: ['2026-11-01'] }, { name: 'ref', samples: ['a.example', 'b.example'] }, { name: 'n', samples: ['5'] }]; // prettier-ignore
		expect(await recognise(path, 'g.csv')).toEqual({ kind: 'columns', format: 'csv', columns });
		expect(await columnsOf(write('e2.csv', GA4), 'e2.csv')).toMatchObject({ kind: 'columns', columns: [{ name: 'Session source / medium' }, {}, {}] }); // prettier-ignore
	});

	test('that holds no rows says why', async () => {
		expect(await seen('h.csv', '\n \n')).toEqual({ kind: 'unknown', why: 'empty' });
		expect(await seen('i.xml', '<rss></rss>')).toEqual({ kind: 'unknown', why: 'markup' });
		expect(await seen('j.csv', Buffer.from([80, 75, 3, 4, 0, 0]))).toEqual({
			kind: 'unknown',
			why: 'binary'
		});
		expect(await seen('k.json', '[1, 2]')).toEqual({ kind: 'unknown', why: 'rows' });
	});
});

describe('a dry run', () => {
	test('counts what would be taken and names what would not', async () => {
		const path = write(
			'l.csv',
			`${OWN_CSV}p,shop,b.example,visits,2026-11-03,2026-11-03,-1\np,shop,,visits,2026-11-02,2026-11-02,2\n`
		);
		expect(await dryRun(path, 'traffic', { format: 'csv' }, () => NOW)).toMatchObject({
			items: 3,
			accepted: 2,
			rejected: 1,
			refusals: [{ index: 1, line: 3, errors: [{ path: 'value' }] }],
			days: { from: '2026-11-01', to: '2026-11-02' },
			failure: null,
			partial: false
		});
	});

	test('of an export gives the sums that the import would give', async () => {
		const reading = { format: 'csv' as const, foreign: { ga4: { destination: 'shop' } } };
		const run = await dryRun(write('m.csv', GA4), 'traffic', reading, () => NOW);
		expect(run).toMatchObject({ accepted: 4, rejected: 0, days: { from: '2026-09-01', to: '2026-09-30' } });
		expect(run.fields).toContainEqual({ field: 'metric', values: ['sessions', 'new_users'], count: 2 });
	});

	test('of a file that breaks off tells what was good before', async () => {
		const run = await dryRun(
			write('n.json', `[${JSON.stringify(ARTICLE)},`),
			'news',
			{ format: 'json' },
			() => NOW
		);
		expect(run).toMatchObject({ accepted: 1, failure: expect.stringContaining('ends in the middle') });
	});
});

describe('uploads', () => {
	const uploads = new Uploads(join(folder, 'uploads'));
	const file = (text: string, name = 'x.csv') => new File([text], name);

	test('are found by what they hold, and thrown away when told', async () => {
		const kept = await uploads.keep(file('a'), NOW);
		expect(await uploads.find(kept.id)).toMatchObject({ name: 'x.csv', size: 1, path: kept.path });
		expect((await uploads.keep(file('a', 'y.csv'), NOW)).id).toBe(kept.id);
		await uploads.discard(kept);
		expect(await uploads.find(kept.id)).toBeNull();
	});

	test('of yesterday go when the next one comes', async () => {
		const old = await uploads.keep(file('old'), Date.now());
		const long = new Date(Date.now() - 2 * 86_400_000);
		for (const path of [old.path, `${old.path}.json`]) utimesSync(path, long, long);
		const fresh = await uploads.keep(file('fresh'), Date.now());
		expect([await uploads.find(old.id), await uploads.find(fresh.id)]).toMatchObject([
			null,
			{ name: 'x.csv' }
		]);
	});

	test('nothing outside the folder can be named', async () => {
		for (const id of ['../desk.sqlite', '', 'x'.repeat(64), `${'a'.repeat(64)}.json`])
			expect(await uploads.find(id)).toBeNull();
	});

	test('have a limit', async () => {
		await expect(
			uploads.keep(new File([new Uint8Array(32 * 1024 * 1024 + 1)], 'big'), NOW)
		).rejects.toMatchObject({ code: 'too-large' });
	});
});
