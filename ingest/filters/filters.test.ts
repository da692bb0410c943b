import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filters } from './index.ts';
import { lines } from './lines.ts';

/** What arrives, in the given chunks. */
async function* chunks(...parts: (string | Uint8Array)[]) {
	for (const part of parts) yield Buffer.from(part);
}
/** Runs a filter; resolves to its status, its output parsed and its warnings. */
async function run(
	name: string,
	input: string[],
	options: Record<string, unknown> = {},
	args: string[] = []
) {
	const [out, warnings]: [unknown[], string[]] = [[], []];
	const status = await filters[name]?.run({
		args,
		options,
		input: lines(chunks(input.join('\n'))),
		write: (line) => void out.push(JSON.parse(line)),
		warn: (text) => void warnings.push(text)
	});
	return { status, out, warnings };
}

describe('lines', () => {
	const read = async (...parts: (string | Uint8Array)[]) => Array.fromAsync(lines(chunks(...parts)));

	it('are put together over chunks, without their ends and a byte order mark', async () => {
		expect(await read('\ufeffa', 'b\r\nc\n', '\nd')).toEqual(['ab', 'c', '', 'd']);
	});

	it('keep characters that a chunk cut in two', async () => {
		const bytes = Buffer.from('微\n');
		expect(await read(bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['微']);
	});

	it('may be as long as 32 MB in linear time', async () => {
		const part = 'x'.repeat(65_536);
		const [line = ''] = await read(...Array.from({ length: 512 }, () => part), '\n');
		expect(line).toHaveLength(512 * 65_536);
	});
});

describe('telltale shares', () => {
	const visit = {
		provider: 'p',
		destination: 'd',
		source: 's',
		from: '2025-01-01',
		to: '2025-01-01',
		metric: 'visits',
		value: 4
	};
	const options = { metric: 'visits', grain: 'day' };

	it('reads what is laxer than a door, skips blank lines and other metrics', async () => {
		const input = [
			{ ...visit, source: '', more: true },
			{ ...visit, metric: 'orders' }
		].map((e) => JSON.stringify(e));
		expect(await run('shares', ['', ...input, '  '], options)).toMatchObject({
			status: 0,
			out: [{ source: '(unattributed)', value: 4, share: 1 }],
			warnings: []
		});
	});

	it('names the lines that it cannot read, goes on, and ends with 1', async () => {
		const bad = ['{', '7', JSON.stringify({ ...visit, value: -1 }), JSON.stringify({ ...visit, from: '2025-02-30' }), JSON.stringify({ ...visit, to: '2024-12-31' })]; // prettier-ignore
		const { status, out, warnings } = await run('shares', [...bad, JSON.stringify(visit)], options);
		expect([status, out.length]).toEqual([1, 1]);
		expect(warnings.map((line) => line.slice(0, 15))).toEqual(['line 1: is not ', 'line 2: Invalid', 'line 3: value: ', 'line 4: from: m', 'line 5: to: mus']); // prettier-ignore
	});

	it('takes only the provider that is asked for', async () => {
		const input = [visit, { ...visit, provider: 'q' }].map((e) => JSON.stringify(e));
		expect((await run('shares', input, { ...options, provider: 'q' })).out).toMatchObject([
			{ provider: 'q' }
		]);
	});

	it('ends with 2 for a grain that it does not know', async () => {
		expect((await run('shares', [], { metric: 'visits', grain: 'year' })).status).toBe(2);
	});
});

describe('telltale diff', () => {
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'telltale-diff-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	it('tells of two files what it tells of a pair', async () => {
		const [before, after] = ['We keep logs for 90 days.', 'We keep logs for 180 days.'];
		const files = [join(folder, 'old.md'), join(folder, 'new.md')] as const;
		await Promise.all([writeFile(files[0], before), writeFile(files[1], after)]);
		const { out } = await run('diff', [JSON.stringify({ id: 'x', before, after })], { pairs: true });
		expect(out).toMatchObject([{ id: 'x', changes: [{ kind: 'modified' }], stats: { modified: 1 } }]);
		const told = await run('diff', [], { json: true }, [...files]);
		expect([{ id: 'x', ...(told.out[0] ?? {}) }]).toEqual(out);
	});

	it('ends with 1 where a file cannot be read, with 2 where none is named', async () => {
		const missing = await run('diff', [], {}, [join(folder, 'none'), join(folder, 'nor')]);
		expect([missing.status, missing.warnings.length]).toEqual([1, 1]);
		expect((await run('diff', [], {})).status).toBe(2);
	});
});
