import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { Store } from '#lib/server/store/store.ts';
import { exportEvents, exportTopic, exportVerdicts } from './export.ts';

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

test('verdicts are lines that stand by themselves, without those that were taken back or are on the demo', async () => {
	const judged = (id: string, day: number, verdict: 'right' | 'wrong' | null, demo = false) => ({
		kind: 'signal-verdict',
		id,
		version: 1,
		who: 'ada',
		at: Date.UTC(2026, 10, day),
		body: {
			verdict,
			...(verdict === 'wrong' && { type: 'none' }),
			signal: {
				type: 'talks', organisations: ['a', 'b'], quote: 'They talk.', title: 'They talk.', field: 'title', start: 0, end: 10,
				language: 'en', probability: 0.7, source: 'Daily', evidence: { kind: 'news', id: '1' }, ...(demo && { demo })
			}
		}
	}); // prettier-ignore
	const list = () =>
		Promise.resolve([
			judged('3', 9, 'right'),
			judged('1', 3, 'wrong'),
			judged('2', 5, null),
			judged('4', 6, 'right', true)
		]);
	const desk = {
		documents: { list, history: () => Promise.resolve([]), save: () => Promise.reject(new Error()) }
	};
	const lines = async (days: { from?: string; to?: string }) => {
		const out = new PassThrough();
		const status = exportVerdicts({ ...days, desk, out }).finally(() => out.end());
		const found = (await text(out)).trimEnd().split('\n');
		expect(await status).toBe(0);
		return found.flatMap((line): unknown[] => (line ? [JSON.parse(line)] : []));
	};
	expect(await lines({})).toMatchObject([
		{ id: '1', who: 'ada', at: '2026-11-03T00:00:00.000Z', verdict: 'wrong', type: 'none', signal: { quote: 'They talk.' } },
		{ id: '3', verdict: 'right' }
	]); // prettier-ignore
	expect(await lines({ from: '2026-11-04' })).toMatchObject([{ id: '3' }]);
	expect(await lines({ to: '2026-11-04' })).toMatchObject([{ id: '1' }]);
	await expect(exportVerdicts({ to: 'soon', desk, out: new PassThrough() })).rejects.toMatchObject({
		path: 'to'
	});
});
