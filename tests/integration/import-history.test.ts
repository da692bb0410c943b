import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { logChecks, type PolicyEvent } from '#lib/domain/events.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { Problem } from '#lib/server/errors.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import { importFiles } from '../../ingest/commands/import.ts';
import { hasGit, writeArchive, type ArchiveCommit } from '../support/archive.ts';
import { temporaryFolder } from '../support/product.ts';

const git = hasGit();
if (!git) console.log('Import of histories skipped: no git');
if (!git && process.env['CI'] === 'true') throw new Error('no git');
const SERIES = resolve(import.meta.dirname, '../../../shared/data/policies/series');

let folder: string;
let remove: () => void;
let desk: Desk;
beforeEach(async () => {
	({ folder, remove } = temporaryFolder());
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
});
afterEach(async () => {
	await desk.close();
	remove();
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
	topic?: 'policies' | 'news';
	tty?: boolean;
	/** Called before each append: may throw as the log would. */
	append?: (call: number) => void;
	take?: (event: PolicyEvent) => void;
}
async function run(path: string, { topic = 'policies', tty = false, append, take }: Given = {}) {
	const taken: PolicyEvent[] = [];
	const [out, err] = [new Text(), new Text()];
	let calls = 0;
	const log = {
		append: async (name: string, entries: readonly Entry[], { origin }: { origin: string }) => {
			expect([name, origin]).toEqual(['policies', 'import']);
			append?.(calls++);
			for (const { json } of entries) {
				const checked = logChecks.policies(JSON.parse(json));
				if (!checked.ok) throw new Error(json);
				if (take) take(checked.event);
				else taken.push(checked.event);
			}
		}
	};
	const status = await importFiles({
		topic, files: [path], options: {}, log, desk, now: () => Date.UTC(2026, 0, 1), stdin: (async function* () {})(), out, err, tty,
		pause: async () => undefined
	}); // prettier-ignore
	return { status, taken, out: out.text, err: err.text };
}

const commit = (day: number, subject: string, files: ArchiveCommit['files']): ArchiveCommit => ({
	subject,
	date: `2024-03-${String(day).padStart(2, '0')}T06:30:00Z`,
	files
});
const history: ArchiveCommit[] = [
	commit(1, 'Initial commit', { 'README.md': 'An archive', 'LICENSE.md': 'ODbL' }),
	commit(2, 'First record of We Chat Privacy Policy', { 'We Chat/Privacy Policy.md': 'one' }),
	commit(3, 'First record of 抖音 用户协议', { '抖音/用户协议.md': '一' }),
	commit(4, 'Record new changes of We Chat Privacy Policy', { 'We Chat/Privacy Policy.md': 'two' }),
	commit(5, 'Apply technical or declarative upgrade on We Chat Privacy Policy', {
		'We Chat/Privacy Policy.md': 'two.'
	}),
	commit(6, 'Record new changes of We Chat Privacy Policy', { 'We Chat/Privacy Policy.md': 'three' }),
	commit(7, 'Remove a document', { '抖音/用户协议.md': null })
];

describe.skipIf(!git)('an import of an Open Terms Archive repository', () => {
	let path: string;
	beforeEach(async () => {
		path = join(folder, 'contrib-versions.git');
		await writeArchive(path, history);
	});

	test('gives a version for each commit of a document, at the time of its author, from the archive as collector', async () => {
		const { status, taken, out, err } = await run(path);
		expect(taken.map(({ service, document, text, fetchedAt, collector }) => [service, document, text, fetchedAt, collector])).toEqual([
			['We Chat', 'Privacy Policy', 'one', '2024-03-02T06:30:00.000Z', 'contrib-versions'],
			['抖音', '用户协议', '一', '2024-03-03T06:30:00.000Z', 'contrib-versions'],
			['We Chat', 'Privacy Policy', 'two', '2024-03-04T06:30:00.000Z', 'contrib-versions'],
			['We Chat', 'Privacy Policy', 'two.', '2024-03-05T06:30:00.000Z', 'contrib-versions'],
			['We Chat', 'Privacy Policy', 'three', '2024-03-06T06:30:00.000Z', 'contrib-versions']
		]); // prettier-ignore
		expect([status, out, err]).toEqual([0, `${path}: 5 accepted, 0 skipped, 0 rejected\n`, '']);
	});

	test('takes a technical upgrade as new rules for that document alone', async () => {
		const { taken } = await run(path);
		const [first, , second, upgrade, third] = taken.map(({ extractor }) => extractor);
		expect(first).toMatch(/^ota-/);
		expect(second).toBe(first);
		expect(upgrade).not.toBe(first);
		expect(third).toBe(upgrade);
	});

	test('again takes only what is new, under the rules that were in force', async () => {
		const before = await run(path);
		expect(await run(path)).toMatchObject({ taken: [], out: `${path}: 0 accepted, 5 skipped, 0 rejected\n` });
		await writeArchive(path, [
			commit(8, 'Record new changes of We Chat Privacy Policy', { 'We Chat/Privacy Policy.md': 'four' })
		]);
		const { taken, out } = await run(path);
		expect(taken).toMatchObject([{ text: 'four', extractor: before.taken.at(-1)?.extractor }]);
		expect(out).toBe(`${path}: 1 accepted, 5 skipped, 0 rejected\n`);
	});

	test('that was killed goes on after the last chunk that the log took', async () => {
		const big = join(folder, 'big');
		const many = Array.from({ length: 1200 }, (_, n): ArchiveCommit => ({
			subject: 'Record new changes of S D', date: new Date(Date.UTC(2024, 0, 1) + n * 3_600_000).toISOString(), files: { 'S/D.md': `text ${n}` }
		})); // prettier-ignore
		await writeArchive(big, many);
		const killed = run(big, {
			append: (call) => {
				if (call === 1) throw new Error('killed');
			}
		});
		await expect(killed).rejects.toThrow('killed');
		const { taken, out } = await run(big);
		expect(taken.map(({ text }) => text)).toEqual(many.slice(500).map((_, n) => `text ${n + 500}`));
		expect(out).toBe(`${big}: 700 accepted, 500 skipped, 0 rejected\n`);
	});

	test('whose history was written anew is read from its start', async () => {
		await run(path);
		const other = join(folder, 'other');
		await writeArchive(
			other,
			history.slice(0, 4).map((c) => ({ ...c, subject: `${c.subject}!` }))
		);
		const progress = await desk.imports.get(`policies ${path}`);
		if (progress) await desk.imports.save({ ...progress, file: `policies ${other}` });
		expect((await run(other)).taken).toHaveLength(3);
	});

	test('rejects what is no text by its commit, and keeps its neighbours', async () => {
		await writeArchive(path, [
			commit(9, 'Record new changes of We Chat Privacy Policy', {
				'We Chat/Privacy Policy.md': Buffer.from([0xff, 0xfe, 0x41])
			}),
			commit(10, 'Record new changes of We Chat Privacy Policy', {
				'We Chat/Privacy Policy.md': 'x'.repeat(5_000_000)
			}),
			commit(11, 'Record new changes of We Chat Privacy Policy', { 'We Chat/Privacy Policy.md': 'good' })
		]);
		const { taken, out, err } = await run(path);
		expect(taken.at(-1)?.text).toBe('good');
		expect(out).toBe(`${path}: 6 accepted, 0 skipped, 2 rejected\n`);
		expect(err).toContain(`${path}: event 7: text is missing, too large, or not UTF-8`);
	});

	test('waits for a log that is full, and shows how far it is', async () => {
		const { taken, err } = await run(path, {
			tty: true,
			append: (call) => {
				if (call < 2) throw new Problem('log-full', 'the log is full');
			}
		});
		expect(taken).toHaveLength(5);
		expect(err).toContain('waiting: the log is full');
		expect(err).toMatch(/100% \| 5 events/);
	});

	test('fails in words for an empty repository and for another topic', async () => {
		const empty = join(folder, 'empty');
		await writeArchive(empty, []);
		const { status, err } = await run(empty);
		expect([status, err]).toEqual([1, expect.stringContaining('could not be read to its end: git: ')]);
		expect((await run(path, { topic: 'news' })).err).toContain('hold policies');
	});
});

const seriesFile = z.object({
	service: z.string(), document: z.string(), collection: z.string(), path: z.string(), lines: z.array(z.string()),
	versions: z.array(z.object({ date: z.string(), subject: z.string(), kind: z.string(), l: z.array(z.number()) }))
}); // prettier-ignore
const here = git && existsSync(SERIES);
if (git && !here) console.log('Import of a real history skipped: no shared data');

describe.skipIf(!here)('a real archive', () => {
	test(
		'comes in whole: every version with its text and date, and its technical upgrades',
		{ timeout: 240_000 },
		async () => {
			const versions: (ArchiveCommit & { kind: string; path: string; text: string })[] = [];
			for (const name of readdirSync(SERIES).filter((file) => file.includes('@pga.json'))) {
				const series = seriesFile.parse(JSON.parse(gunzipSync(readFileSync(join(SERIES, name))).toString()));
				for (const { date, subject, kind, l } of series.versions) {
					const text = l.map((i) => series.lines[i]).join('\n');
					versions.push({ subject, date, kind, path: series.path, text, files: { [series.path]: text } });
				}
			}
			versions.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
			expect(versions.length).toBeGreaterThan(1000);
			const path = join(folder, 'pga');
			await writeArchive(path, versions);
			// A commit that writes what is there already changes no file, and is no version.
			const last = new Map<string, string>();
			const expected = versions.filter(({ path, text }) => {
				const same = last.get(path) === text;
				last.set(path, text);
				return !same;
			});
			let index = 0;
			const started = performance.now();
			const rules = new Map<string, string>();
			const { out, err } = await run(path, {
				take: ({ service, document, text, fetchedAt, extractor = '' }) => {
					const want = expected[index++];
					expect([`${service}/${document}.md`, Date.parse(fetchedAt)]).toEqual([
						want?.path,
						Date.parse(want?.date ?? '')
					]);
					if (text !== want?.text) throw new Error(`the text of version ${index - 1} is another`);
					const key = `${service}/${document}`;
					if (want.kind === 'technical') expect(extractor).not.toBe(rules.get(key) ?? '');
					if (want.kind === 'change' && rules.has(key)) expect(extractor).toBe(rules.get(key));
					rules.set(key, extractor);
				}
			});
			const seconds = (performance.now() - started) / 1000;
			console.log(`${expected.length} versions in ${seconds.toFixed(1)} s`);
			expect([out, err]).toEqual([`${path}: ${expected.length} accepted, 0 skipped, 0 rejected\n`, '']);
		}
	);
});
