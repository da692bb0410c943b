import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Store } from '#lib/server/store/store.ts';
import { exportEvents, exportTopic } from './export.ts';

async function* numbers(count: number, made = { count: 0 }) {
	for (; made.count < count; made.count++) yield { n: made.count };
}

test('every event is a line of JSON', async () => {
	const out = new PassThrough();
	const status = exportEvents(numbers(20_000), out).finally(() => out.end());
	const lines = (await text(out)).trimEnd().split('\n');
	expect(await status).toBe(0);
	expect(lines).toHaveLength(20_000);
	expect(lines.at(-1)).toBe('{"n":19999}');
});

test('no more is read than is taken', async () => {
	const made = { count: 0 };
	const out = new PassThrough({ highWaterMark: 1 });
	const done = exportEvents(numbers(100_000, made), out);
	await once(out, 'readable');
	expect(made.count).toBeLessThan(10_000);
	out.resume();
	expect(await done).toBe(0);
	expect(made.count).toBe(100_000);
});

test('a reader that has had enough ends it quietly, and the reading of the store', async () => {
	const made = { count: 0 };
	const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
	const out = new Writable({ write: (_chunk, _encoding, done) => done(broken) });
	expect(await exportEvents(numbers(1_000_000, made), out)).toBe(0);
	expect(made.count).toBeLessThan(100_000);
});

test('a disk that is full is an error', async () => {
	const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
	const out = new Writable({ write: (_chunk, _encoding, done) => done(full) });
	await expect(exportEvents(numbers(1_000_000), out)).rejects.toThrow('ENOSPC');
});

test('days that do not exist are wrong usage', async () => {
	const wrong = { topic: 'news' as const, from: '2026-02-30', store: {} as Store, out: new PassThrough() };
	await expect(exportTopic(wrong)).rejects.toMatchObject({ code: 'configuration', path: 'from' });
});
