import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { articleId } from '#lib/domain/news/ids.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import { LOG_TOPICS, type EventLog } from '#lib/server/log/log.ts';
import { whole } from '#lib/server/store/rows.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../../tests/support/engine.ts';
import { newsConsumer } from '../consumers/news.ts';
import { policiesConsumer } from '../consumers/policies.ts';
import { storiesConsumer } from '../consumers/stories.ts';
import { trafficConsumer } from '../consumers/traffic.ts';
import { clearDemo } from '#lib/server/demo/clear.ts';
import { isOfDemo } from '#lib/server/demo/evidence.ts';
import { saveSignalVerdict, signalVerdicts, type JudgedSignal } from '#lib/server/signal-verdicts.ts';
import { saveStoryPlacements, storyPlacements } from '#lib/server/story-placements.ts';
import { loadDemo } from './load.ts';
import { scenario } from './scenario.ts';
import { demoState } from '#lib/server/demo/state.ts';
import { withoutClearedDemo } from './skip.ts';

const TABLES = [
	'traffic',
	'news',
	'policy_sightings',
	'policy_texts',
	'policy_changes',
	'mentions',
	'stories'
] as const;
const now = Date.now;
const demo = scenario({ today: new Date(now()).toISOString().slice(0, 10) });
const small = { ...demo, traffic: demo.traffic.slice(-2_000) };

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** One event of our own a topic, which must outlive the demo. */
const ours = {
	news: { url: 'https://ours.example/a', title: 'Lantern and Harbor in our own news', publisher: 'Ours', publishedAt: '2026-01-02T03:04:05.000Z' },
	policies: { service: 'Lantern', document: 'Privacy Agreement', fetchedAt: '2026-01-02T03:04:05.000Z', text: '# Seen by us\n' },
	traffic: { provider: 'ours', destination: 'harbor', source: 'lantern.app', from: '2026-01-02', to: '2026-01-02', metric: 'new_users', value: 3 }
} as const; // prettier-ignore

describe.runIf(hasEngine)('clearing the demo', () => {
	let kept: TestStore;
	let desk: Desk;
	let log: EventLog;
	const counts = async () => {
		const rows = await kept.store.select({
			sql: TABLES.map((table) => `SELECT '${table}' AS name, count() AS rows FROM ${table}`).join(
				' UNION ALL '
			),
			row: z.object({ name: z.string(), rows: whole })
		});
		return Object.fromEntries(rows.map(({ name, rows }) => [name, rows]));
	};
	const consume = async (group: string) => {
		const deps = { store: kept.store, desk, log, logger: quiet, now };
		const consumers = {
			news: newsConsumer(deps),
			policies: policiesConsumer(deps),
			traffic: trafficConsumer(deps),
			articles: storiesConsumer(deps)
		};
		const subscriptions = await Promise.all(
			LOG_TOPICS.map((topic) =>
				log.consume({ group, topic, handler: withoutClearedDemo(consumers[topic], desk) })
			)
		);
		await vi.waitFor(
			async () => {
				for (const topic of LOG_TOPICS)
					for (const { committed, end } of await log.lag(group, topic)) expect(committed).toBe(end);
			},
			{ timeout: 15_000, interval: 50 }
		);
		await Promise.all(subscriptions.map((subscription) => subscription.close()));
	};

	beforeAll(async () => {
		kept = await openTestStore();
		desk = await openDesk({ file: join(kept.folder, 'desk.sqlite') }, { logger: quiet });
		log = await openEmbeddedLog(join(kept.folder, 'log.sqlite'), { writer: 'test', logger: quiet });
	}, 60_000);
	afterAll(async () => {
		await log.close();
		await desk.close();
		await kept.end();
	});

	test('takes away every row of it and what was said of its signals and reports, keeps what is ours, and a replay of the log brings nothing back', async () => {
		for (const topic of ['news', 'policies', 'traffic'] as const)
			await log.append(topic, [{ key: 'ours', json: JSON.stringify(ours[topic]) }], { origin: 'door' });
		await loadDemo({ log, desk, scenario: small, now });
		await consume('first');
		const hashes = [...demo.policies, ours.policies].slice(-2).map(({ text }) => text);
		await kept.store.command(
			`INSERT INTO policy_changes SELECT SHA256({before:String}), SHA256({after:String}), 'test', '[]'`,
			{ before: hashes[0], after: hashes[1] }
		);
		const full = await counts();
		expect(full).toMatchObject({
			traffic: 2_001,
			news: demo.news.length + 1,
			policy_sightings: demo.policies.length + 1
		});

		const evidence = {
			ofDemo: { kind: 'news', id: articleId(demo.news[0]?.url ?? '') },
			own: { kind: 'news', id: articleId(ours.news.url) },
			clause: { kind: 'policy', id: `Lantern/Privacy Agreement/${hashOf(hashes[0] ?? '')}` },
			ownClause: { kind: 'policy', id: `Lantern/Privacy Agreement/${hashOf(ours.policies.text)}` }
		};
		const isDemo = (of: keyof typeof evidence) => isOfDemo(kept.store, evidence[of]);
		expect(await Promise.all([isDemo('ofDemo'), isDemo('own'), isDemo('clause'), isDemo('ownClause')])).toEqual([true, false, true, false]);
		for (const [id, of] of [['1', 'ofDemo'], ['2', 'own']] as const) {
			const signal: JudgedSignal = { type: 'talks', organisations: ['harbor', 'lantern'], quote: 'q', title: 't', field: 'title', start: 0, end: 1, language: 'en', probability: 0.9, source: 's', evidence: evidence[of] };
			const body = { verdict: 'right' as const, signal: { ...signal, ...((await isDemo(of)) && { demo: true as const }) } };
			await saveSignalVerdict(desk, body, { id, version: 0, who: 'wen', at: now() });
		}

		const report = { url: '', title: '', publisher: '' };
		const apart = [evidence.ofDemo, evidence.own].map(({ id }) => ({ id, version: 0, body: { to: 'own' as const, from: '7', report } }));
		await saveStoryPlacements(desk, apart, { who: 'wen', at: now() });

		await clearDemo({ store: kept.store, desk, now, who: 'ada' });
		expect((await storyPlacements(desk)).map(({ id, who, body }) => [id, who, body.to])).toEqual([[evidence.own.id, 'wen', 'own'], [evidence.ofDemo.id, 'ada', null]]);
		expect((await signalVerdicts(desk)).map(({ id, who, body }) => [id, who, body.verdict]).sort()).toEqual([['1', 'ada', null], ['2', 'wen', 'right']]);
		const left = {
			traffic: 1,
			news: 1,
			policy_sightings: 1,
			policy_texts: 1,
			policy_changes: 0,
			mentions: 2,
			stories: 1
		};
		expect(await counts()).toEqual(left);
		expect((await demoState(desk)).body).toMatchObject({ loaded: false, cleared: true });
		expect((await desk.documents.get('watchlist', 'demo'))?.body).toMatchObject({ organisations: [] });

		await consume('replayed');
		const before = await desk.documents.history('demo', 'state');
		await clearDemo({ store: kept.store, desk, now, who: 'wen' });
		const origins = await kept.store.select({
			sql: 'SELECT DISTINCT origin FROM traffic',
			row: z.object({ origin: z.string() })
		});
		expect(origins).toEqual([{ origin: 'door' }]);
		expect(await desk.documents.history('demo', 'state')).toEqual(before);
	}, 60_000); // prettier-ignore
});

describe('clearing the demo while a consumer is at work', () => {
	test('deletes nothing before it is past what the log held', async () => {
		let clock = 1_000_000;
		let stored = 3;
		const storedAtDelete: number[] = [];
		const store = {
			select: async () => [],
			command: async () => void storedAtDelete.push(stored)
		};
		const progress = {
			all: async () => {
				// Each look finds a newer report, and one more record stored.
				clock += 400;
				stored = Math.min(9, stored + 1);
				return [
					{ topic: 'news', partition: 0, end: 9, stored, waiting: 9 - stored, oldest: null, at: clock }
				];
			}
		};
		const documents = {
			get: async () => null,
			list: async () => [],
			save: () => Promise.reject(new Error('nothing to mark'))
		};
		const timers = { set: () => Promise.reject(new Error('no document to read again')) };
		const leases = { claim: async () => true, release: async () => undefined };
		await clearDemo({ store, desk: { documents, progress, timers, leases }, now: () => clock, who: 'ada' });
		expect(storedAtDelete.length).toBeGreaterThan(0);
		expect(new Set(storedAtDelete)).toEqual(new Set([9]));
	});
});
