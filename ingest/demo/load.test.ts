import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { createLogger } from '#lib/server/logger.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { loadDemo } from './load.ts';
import { scenario } from './scenario.ts';
import { DEMO, demoIsCleared, demoState } from '#lib/server/demo/state.ts';
import { withoutClearedDemo } from './skip.ts';

const today = '2026-11-20';
const demo = scenario({ today });
const total = demo.news.length + demo.policies.length + demo.traffic.length;
const now = () => Date.parse(`${today}T12:00:00Z`);

/** Keeps what it is given; `after`: appends that are taken before it fails once. */
function memoryLog(after = Infinity) {
	const taken: string[] = [];
	let left = after;
	const append: EventLog['append'] = async (topic, entries, { origin }) => {
		if (left-- === 0) throw new Error('killed');
		taken.push(...entries.map(({ json }) => `${topic} ${origin} ${json}`));
	};
	return { append, taken };
}

let folder: string;
let desk: Desk;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'telltale-demo-'));
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
});
afterEach(async () => {
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});

describe('loading the demo', () => {
	test('appends every event once, with its origin, and leaves its watchlist and its state on the desk', async () => {
		const log = memoryLog();
		const state = await loadDemo({ log, desk, scenario: demo, now });
		expect(log.taken).toHaveLength(total);
		expect(new Set(log.taken.map((line) => line.split(' ')[1]))).toEqual(new Set(['demo']));
		expect(state).toMatchObject({ loaded: true, cleared: false, today, counts: { news: demo.news.length } });
		expect((await desk.documents.get('watchlist', 'demo'))?.body).toEqual(demo.watchlist);
	});

	test('does nothing the second time', async () => {
		await loadDemo({ log: memoryLog(), desk, scenario: demo, now });
		const log = memoryLog();
		const before = await desk.documents.history(DEMO.kind, DEMO.id);
		await loadDemo({ log, desk, scenario: scenario({ today: '2026-11-21' }), now });
		expect(log.taken).toEqual([]);
		expect(await desk.documents.history(DEMO.kind, DEMO.id)).toEqual(before);
	});

	test('goes on where it was killed, even on another day, and loses nothing', async () => {
		const log = memoryLog(4);
		await expect(loadDemo({ log, desk, scenario: demo, now })).rejects.toThrow('killed');
		expect(log.taken.length).toBeLessThan(total);
		const state = await loadDemo({ log, desk, scenario: scenario({ today: '2026-11-21' }), now });
		expect(state).toMatchObject({ loaded: true, today });
		expect(new Set(log.taken).size).toBe(total);
		expect(log.taken.filter((line) => line.startsWith('traffic')).at(-1)).toContain(
			JSON.stringify(demo.traffic.at(-1))
		);
	});

	test('is shared by processes that start together', async () => {
		const log = memoryLog();
		const both = [1, 2].map(() => loadDemo({ log, desk, scenario: demo, now }));
		for (const state of await Promise.all(both)) expect(state.loaded).toBe(true);
		expect(new Set(log.taken).size).toBe(total);
	});

	test('stops when it is cleared meanwhile, and is never loaded again', async () => {
		const log = memoryLog();
		let steps = 0;
		const append: EventLog['append'] = async (...block) => {
			await log.append(...block);
			if (++steps === 3) await clear();
		};
		expect(await loadDemo({ log: { append }, desk, scenario: demo, now })).toMatchObject({ cleared: true });
		expect(log.taken.length).toBeLessThan(total);
		const again = memoryLog();
		await loadDemo({ log: again, desk, scenario: demo, now });
		expect(again.taken).toEqual([]);
	});
});

describe('a consumer', () => {
	test('passes over the demo’s records once the demo was cleared, and over nothing else', async () => {
		const seen: number[] = [];
		const consumer = withoutClearedDemo(async ({ records }) => {
			seen.push(...records.map(({ offset }) => offset));
		}, desk);
		const record = (offset: number, origin: 'demo' | 'door') => ({
			partition: 0, offset, accepted: now(), key: 'k', value: Buffer.from('{}'),
			header: { schema: { major: 1, minor: 0 }, writer: 'test', origin, events: 1 }
		}); // prettier-ignore
		const batch = {
			topic: 'news',
			partition: 0,
			caughtUp: true,
			stale: () => false,
			assignment: {}
		} as const;
		await loadDemo({ log: memoryLog(), desk, scenario: demo, now });
		await consumer({ ...batch, records: [record(0, 'demo'), record(1, 'door')] });
		await clear();
		await consumer({ ...batch, records: [record(2, 'demo'), record(3, 'door')] });
		await consumer({ ...batch, records: [record(4, 'demo')] });
		expect(seen).toEqual([0, 1, 3]);
		expect(await demoIsCleared(desk)()).toBe(true);
	});
});

async function clear(): Promise<void> {
	const { version, body } = await demoState(desk);
	await desk.documents.save({
		...DEMO,
		version,
		body: { ...body, loaded: false, cleared: true },
		who: 'ada',
		at: now()
	});
}
