/** From an article to its mentions and signals: through the log and the consumer, and once more when the watchlist changes. */
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { articleId } from '#lib/domain/news/ids.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { WatchlistInput } from '#lib/domain/watchlist/watchlist.ts';
import { clearDemo } from '#lib/server/demo/clear.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import type { EventLog, Origin } from '#lib/server/log/log.ts';
import { readingState, rereading } from '#lib/server/re-reading.ts';
import { mentionsOf } from '#lib/server/store/mentions.ts';
import { signals } from '#lib/server/store/signals.ts';
import type { Store } from '#lib/server/store/store.ts';
import { WATCHLIST } from '#lib/server/watchlist.ts';
import { rebuild } from '../../ingest/commands/rebuild.ts';
import { newsConsumer } from '../../ingest/consumers/news.ts';
import { ReReading } from '../../ingest/consumers/re-reading.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../support/engine.ts';

const TALKS = 'WeChat is in talks with JD.com about a shop inside the app, two people said.';
const ALIAS = 'WeChat is in talks with Kettleworks about a shop inside the app, two people said.';
const KETTLEWORKS: WatchlistInput = { organisations: [{ id: 'kettle', name: 'Kettleworks' }] };
const NOBODY: WatchlistInput = { organisations: [] };

describe.runIf(hasEngine)('signals of articles', () => {
	let given: TestStore;
	let desk: Desk;
	let log: EventLog;
	let desks = 0;
	let clock = 0;
	const now = () => clock;

	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		clock = Date.now();
		for (const table of ['news', 'mentions', 'stories', 'signals'])
			await given.store.command(`TRUNCATE TABLE ${table}`);
		const name = `${desks++}`;
		desk = await openDesk({ file: join(given.folder, `desk-${name}.sqlite`) }, { logger: quiet });
		log = await openEmbeddedLog(join(given.folder, `log-${name}.sqlite`), { writer: 'test', logger: quiet });
	});
	afterEach(async () => {
		await log.close();
		await desk.close();
	});

	const url = (n: number | string) => `https://news.example/${n}`;
	const push = (texts: Record<string, string>, origin: Origin = 'door') =>
		log.append(
			'news',
			Object.entries(texts).map(([n, text]) => ({
				key: url(n),
				json: JSON.stringify({
					url: url(n), title: 'Monday in brief', text, publisher: 'Reuters', publishedAt: '2026-10-01T08:00:00.000Z'
				})
			})),
			{ origin }
		); // prettier-ignore
	/** A consumer group stores what is in the log, until it has all of it. */
	const consume = async (group: string, store: Store = given.store) => {
		const handler = newsConsumer({ store, desk, log, logger: quiet, now });
		const subscription = await log.consume({ group, topic: 'news', handler, lingerMs: 0 });
		await vi.waitFor(
			async () => {
				for (const { committed, end } of await log.lag(group, 'news')) expect(committed).toBe(end);
			},
			{ timeout: 30_000, interval: 20 }
		);
		await subscription.close();
	};
	const stored = async (texts: Record<string, string>, origin?: Origin) => {
		await push(texts, origin);
		await consume('store');
	};
	const watch = async (body: WatchlistInput) => {
		const { version } = (await desk.documents.get(WATCHLIST, 'workspace')) ?? { version: 0 };
		await desk.documents.save({ kind: WATCHLIST, id: 'workspace', version, body, who: 'ada', at: clock });
	};
	const reader = (store: Store = given.store, holder = 'one') =>
		new ReReading({ store, desk, logger: quiet, now, holder, chunk: 2 });
	/** Some time later a process looks what is to be read again. */
	const look = async (process = reader()) => {
		clock += 60_000;
		await process.look();
	};
	/** A store of which `step` is told before each insert into `table`. */
	const watched = (table: string, step: () => Promise<void> | void): Store => ({
		...given.store,
		select: (query) => given.store.select(query),
		stream: (query) => given.store.stream(query),
		command: (sql, params) => given.store.command(sql, params),
		async insert(insert) {
			if (insert.params?.table === table) await step();
			await given.store.insert(insert);
		}
	});
	const told = async (asOf?: string) =>
		(await signals(given.store, { limit: 100, least: 0.5, ...(asOf !== undefined && { asOf }) })).map(({ a, b, type }) => [a, b, type].join(' ').trim()).toSorted(); // prettier-ignore
	const named = async (n: number | string) =>
		(await mentionsOf(given.store, [articleId(url(n))])).map(({ organisation }) => organisation);
	const rows = async (of = ['mentions', 'signals']) =>
		Promise.all(
			of.map((table) =>
				given.store.select({
					sql: 'SELECT * FROM {table:Identifier} FINAL ORDER BY ALL',
					params: { table },
					row: z.record(z.string(), z.unknown())
				})
			)
		);

	test('say in whose words, where they stand, and how reliable who wrote them is', async () => {
		await stored({ 1: `It rained. ${TALKS}` });
		const [signal, ...others] = await signals(given.store, { limit: 10, least: 0.5 });
		expect(others).toEqual([]);
		expect(signal).toMatchObject({
			a: 'jd', b: 'wechat', type: 'talks', quote: TALKS, field: 'text', start: 11, end: 11 + TALKS.length, source: 'Reuters',
			reliability: 'A', evidence: { kind: 'news', id: articleId(url(1)) }, live: true
		}); // prettier-ignore
		expect(await named(1)).toEqual(['wechat', 'jd']);
	});

	test('are the same rows when the log is read again, when an article is seen again, and after a rebuild', async () => {
		await stored({ 1: TALKS, 2: 'Nobody came.', 3: ALIAS });
		const first = await rows();
		expect(first.every((all) => all.length > 0)).toBe(true);
		await consume('again');
		expect(await rows()).toEqual(first);
		await stored({ 1: TALKS });
		expect(await rows()).toEqual(first);
		const out = new Writable({ write: (_chunk, _encoding, done) => done() });
		await rebuild({ what: 'mentions', store: given.store, desk, now, out });
		await rebuild({ what: 'signals', store: given.store, desk, now, out });
		expect(await rows()).toEqual(first);
	});

	test('are those of what an article says last; what it said is known of the time before', async () => {
		await stored({ 1: TALKS });
		const before = formatInstant(Date.now());
		await vi.waitFor(() => expect(formatInstant(Date.now()) > before).toBe(true));
		await stored({ 1: 'WeChat declined to comment on JD.com.' });
		expect(await told()).toEqual(['jd wechat no_comment']);
		expect(await told(before)).toEqual(['jd wechat talks']);
		const edited = await rows();
		const out = new Writable({ write: (_chunk, _encoding, done) => done() });
		await rebuild({ what: 'signals', store: given.store, desk, now, out });
		expect(await rows()).toEqual(edited);
		await consume('again');
		expect(await rows()).toEqual(edited);
	});

	test('come and go with the names of the watchlist, in what was stored long ago', async () => {
		await look();
		await stored({ 1: ALIAS, 2: TALKS, 3: 'Nobody came.', 4: ALIAS, 5: 'Kettleworks is hiring.' });
		expect(await told()).toEqual(['jd wechat talks']);
		await watch(KETTLEWORKS);
		expect(await rereading(desk)).toMatchObject({ read: 0 });
		await look();
		expect(await rereading(desk)).toBeNull();
		expect(await told()).toEqual(['jd wechat talks', 'kettle wechat talks', 'kettle wechat talks']);
		expect(await named(5)).toEqual(['kettle']);
		const all = await rows();
		await look();
		expect(await rows()).toEqual(all);
		await watch(NOBODY);
		await look();
		expect(await told()).toEqual(['jd wechat talks']);
		expect(await named(4)).toEqual(['wechat']);
	});

	test('are read to the end by another process when one dies, from where it was', async () => {
		await look();
		await stored(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [n, ALIAS])));
		await watch(KETTLEWORKS);
		let inserts = 0;
		const dying = watched('signals', () => {
			if (++inserts > 2) throw new Error('killed');
		});
		await look(reader(dying, 'dying'));
		const state = await rereading(desk);
		expect(state).toMatchObject({ read: 4, of: 9 });
		let read = 0;
		const counting = watched('signals', () => void read++);
		await look(reader(counting, 'two'));
		expect(await rereading(desk)).toBeNull();
		// Two articles a chunk, and the four that were read are not read again.
		expect(read).toBe(3);
		expect(await told()).toHaveLength(9);
	});

	test('are read by one process at a time', async () => {
		await look();
		await stored({ 1: ALIAS });
		await watch(KETTLEWORKS);
		const before = await readingState(desk);
		await reader(given.store, 'other').look();
		expect(await told()).toEqual([]);
		expect(await readingState(desk)).toEqual(before);
		await look(reader(given.store, 'other'));
		expect(await told()).toEqual(['kettle wechat talks']);
	});

	test('are those of the newest watchlist where it changes while they are read', async () => {
		await look();
		await stored(Object.fromEntries(Array.from({ length: 7 }, (_, n) => [n, n % 2 ? ALIAS : TALKS])));
		await watch(KETTLEWORKS);
		let chunks = 0;
		const changing = watched('mentions', async () => {
			if (chunks++ > 0) return;
			await watch({ organisations: [{ id: 'kettle', name: 'Kettleworks' }, { id: 'jd', name: 'Jaydee' }] });
		}); // prettier-ignore
		await look(reader(changing));
		expect(chunks).toBe(1);
		expect(await rereading(desk)).toMatchObject({ read: 0 });
		await look();
		expect(await rereading(desk)).toBeNull();
		expect(await told()).toEqual(Array(3).fill('kettle wechat talks'));
	});

	test('are read again of an article that was stored with a watchlist that was replaced meanwhile', async () => {
		await look();
		await watch(KETTLEWORKS);
		await look();
		await push({ 1: ALIAS, 2: TALKS });
		// The consumer holds its rows back until the new watchlist has been through everything.
		const late = watched('mentions', async () => {
			await watch({ organisations: [{ id: 'jaydee', name: 'JD.com' }, { id: 'jd', name: 'Jaydee' }] });
			await look();
			expect(await rereading(desk)).toBeNull();
		}); // prettier-ignore
		await consume('store', late);
		expect(await told()).toContain('kettle wechat talks');
		await look();
		expect(await told()).toEqual(['jaydee wechat talks']);
		expect(await named(1)).toEqual(['wechat']);
		expect(await named(2)).toEqual(['wechat', 'jaydee']);
	});

	test('are right where a consumer was killed halfway and the watchlist changed before its batch came again', async () => {
		await look();
		await watch(KETTLEWORKS);
		await look();
		await push({ 1: ALIAS, 2: TALKS });
		let killed = false;
		const killing = watched('signals', async () => {
			if (killed) return;
			killed = true;
			await watch(NOBODY);
			throw new Error('killed');
		});
		await consume('store', killing);
		expect(await told()).toEqual(['jd wechat talks']);
		expect(await named(1)).toEqual(['wechat']);
	});

	test('go with a demo that is cleared, and do not come back', async () => {
		await look();
		await stored({ 1: ALIAS, 2: TALKS }, 'demo');
		await stored({ 3: TALKS });
		expect(await told()).toHaveLength(2);
		await clearDemo({ store: given.store, desk, now, who: 'ada' });
		expect(await told()).toEqual(['jd wechat talks']);
		await watch(KETTLEWORKS);
		await look();
		expect(await told()).toEqual(['jd wechat talks']);
		const [mentions] = await rows();
		expect(new Set(mentions?.map(({ id }) => id))).toEqual(new Set([articleId(url(3))]));
	});
});
