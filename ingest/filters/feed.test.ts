import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feed } from './feed.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'telltale-feed-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function run(args: string[], options: Record<string, unknown> = {}) {
	const lines: unknown[] = [];
	const warnings: string[] = [];
	const status = await feed.run({
		args,
		options,
		input: (async function* () {})(),
		write: (line) => void lines.push(JSON.parse(line)),
		warn: (text) => void warnings.push(text)
	});
	return { status, lines, warnings };
}

test(
	'every file has its line, in order, with its items or the reason why not',
	{ timeout: 30_000 },
	async () => {
		const [good, page, missing] = ['good.xml', 'page.xml', 'missing.xml'].map((name) => join(folder, name)) as [string, string, string]; // prettier-ignore
		await writeFile(good, '<rss version="2.0"><channel><item><title>One</title><link>/1</link></item></channel></rss>'); // prettier-ignore
		await writeFile(page, '<html>Welcome</html>');
		const { status, lines } = await run([page, good, missing], { url: 'https://news.example/feed.xml' });
		expect(status).toBe(0);
		expect(lines).toEqual([
			{ file: page, error: { kind: 'type', message: expect.stringContaining('no feed') as string } },
			{ file: good, items: [{ title: 'One', url: 'https://news.example/1' }] },
			{
				file: missing,
				error: { kind: 'unreadable', message: expect.stringContaining('missing.xml') as string }
			}
		]);
	}
);

test('a base that is no address is wrong usage', async () => {
	expect(await run([], { url: 'news' })).toMatchObject({
		status: 2,
		warnings: ['--url must be an address, not news']
	});
});
