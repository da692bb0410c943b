import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { replay } from '#lib/server/doors/replay.ts';
import { Problem } from '#lib/server/errors.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import {
	listLetters,
	replayLetters,
	setLettersAside,
	showLetter,
	type DeadLettersCommand
} from './dead-letters.ts';

const NOW = Date.UTC(2026, 0, 2);
const good = {
	url: 'https://example.com/a',
	title: 'A',
	publisher: 'Example',
	publishedAt: '2026-01-01T00:00:00.000Z'
};
const bad = { ...good, title: '' };

let folder: string;
let desk: Desk;
let appended: { topic: string; origin: string; entries: readonly Entry[] }[];
let refuse: Error | null;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'letters-'));
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
	appended = [];
	refuse = null;
});
afterEach(async () => {
	await desk.close();
	await rm(folder, { recursive: true });
});
const log = {
	append: async (topic: string, entries: readonly Entry[], { origin }: { origin: string }) => {
		if (refuse) throw refuse;
		appended.push({ topic, origin, entries });
	}
};
const now = () => NOW;
const put = (offset: number, event: unknown, topic = 'news') =>
	desk.deadLetters.put([
		{
			id: `${topic}:0:${offset}:0`, topic, partition: 0, offset, row: 0, key: 'k', reason: 'title must not be empty', path: 'title',
			bytes: Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)), writer: '', accepted: NOW + offset
		}
	]); // prettier-ignore
const stateOf = async (id: string) => (await desk.deadLetters.get(id))?.state;

/** Runs a command; resolves to its status and what it printed. */
async function run(work: (command: DeadLettersCommand) => Promise<number>) {
	const [out, err] = [new PassThrough(), new PassThrough()];
	const status = await work({ desk, log, now, who: 'ada', out, err });
	out.end();
	err.end();
	return { status, out: await text(out), err: await text(err) };
}

test('a mended letter is appended to its topic and settled', async () => {
	await put(1, bad);
	const letter = await replay({
		desk,
		log,
		id: 'news:0:1:0',
		bytes: Buffer.from(`\n${JSON.stringify(good, null, 2)}`),
		who: 'ada',
		now
	});
	expect(letter.offset).toBe(1);
	expect(appended).toEqual([
		{
			topic: 'news',
			origin: 'replay',
			entries: [{ key: 'https://example.com/a', json: JSON.stringify(good) }]
		}
	]);
	expect(await desk.deadLetters.get('news:0:1:0')).toMatchObject({ state: 'replayed', who: 'ada', at: NOW });
});

test('a letter that is still wrong waits on, and every field at fault is named', async () => {
	await put(1, bad);
	const bytes = Buffer.from(JSON.stringify({ ...bad, publisher: 1 }));
	await expect(replay({ desk, log, id: 'news:0:1:0', bytes, who: 'ada', now })).rejects.toMatchObject({
		name: 'Problem',
		code: 'invalid',
		path: 'title',
		errors: [
			{ path: 'title', message: 'must not be empty' },
			{ path: 'publisher', message: 'must be a string' }
		]
	});
	expect([appended, await stateOf('news:0:1:0')]).toEqual([[], 'waiting']);
});

test('a letter that the log did not take waits on', async () => {
	await put(1, good);
	refuse = new Problem('log-unavailable', 'away');
	await expect(replay({ desk, log, id: 'news:0:1:0', who: 'ada', now })).rejects.toMatchObject({
		code: 'log-unavailable'
	});
	expect(await stateOf('news:0:1:0')).toBe('waiting');
});

test('a letter is replayed once', async () => {
	await put(1, good);
	await replay({ desk, log, id: 'news:0:1:0', who: 'ada', now });
	await expect(replay({ desk, log, id: 'news:0:1:0', who: 'bob', now })).rejects.toMatchObject({
		code: 'conflict'
	});
	await expect(replay({ desk, log, id: 'news:0:2:0', who: 'bob', now })).rejects.toMatchObject({
		code: 'not-found'
	});
	await put(3, good, 'elsewhere');
	await expect(replay({ desk, log, id: 'elsewhere:0:3:0', who: 'bob', now })).rejects.toMatchObject({
		code: 'invalid'
	});
	expect(appended).toHaveLength(1);
});

test('list prints a line a letter, newest first', async () => {
	for (let n = 0; n < 250; n++) await put(n, bad);
	const { out } = await run((command) => listLetters(command));
	const lines = out.trimEnd().split('\n');
	expect(lines).toHaveLength(250);
	expect(lines[0]).toBe('news:0:249:0\t2026-01-02T00:00:00.249Z\twaiting\ttitle must not be empty');
	expect((await run((command) => listLetters(command, 'replayed'))).out).toBe('');
});

test('show prints the bytes alone to standard output, so that they can be mended and given back', async () => {
	await put(1, bad);
	const shown = await run((command) => showLetter(command, 'news:0:1:0'));
	expect(shown.err).toContain('title must not be empty');
	const file = join(folder, 'event.json');
	await writeFile(file, shown.out.replace('"title":""', '"title":"A"'));
	const replayed = await run((command) => replayLetters(command, { ids: ['news:0:1:0'], all: false, file }));
	expect(replayed).toEqual({ status: 0, out: 'news:0:1:0: replayed\n', err: '' });
	await expect(run((command) => showLetter(command, 'none'))).rejects.toMatchObject({ code: 'not-found' });
});

test('replay --all goes on after a letter that is still wrong, and ends with 1', async () => {
	await put(1, good);
	await put(2, '{');
	await put(3, good);
	const { status, out, err } = await run((command) => replayLetters(command, { ids: [], all: true }));
	expect(status).toBe(1);
	expect(out).toBe('news:0:3:0: replayed\nnews:0:1:0: replayed\n');
	expect(err).toBe('news:0:2:0: is not JSON\n');
});

test('letters can be set aside, once', async () => {
	await put(1, bad);
	expect(await run((command) => setLettersAside(command, ['news:0:1:0']))).toMatchObject({ status: 0 });
	expect(await stateOf('news:0:1:0')).toBe('set-aside');
	expect(await run((command) => setLettersAside(command, ['news:0:1:0', 'none']))).toMatchObject({
		status: 1,
		out: ''
	});
});

test.each([
	{ ids: [], all: false },
	{ ids: ['a'], all: true },
	{ ids: ['a', 'b'], all: false, file: 'x' },
	{ ids: ['a'], all: false, file: '/nowhere/x' }
])('replay %j is wrong usage', async (given) => {
	await expect(run((command) => replayLetters(command, given))).rejects.toMatchObject({
		code: 'configuration'
	});
});
