import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { articleId } from '#lib/domain/news/ids.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { articleEntry } from '#lib/server/log/articles.ts';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import type { Batch, EventLog, Origin } from '#lib/server/log/log.ts';
import { ownStory, saveStoryPlacements, STORY_PLACEMENT } from '#lib/server/story-placements.ts';
import { stories, storyOf } from '#lib/server/store/stories.ts';
import type { Store } from '#lib/server/store/store.ts';
import { rebuild } from '../../ingest/commands/rebuild.ts';
import { newsConsumer } from '../../ingest/consumers/news.ts';
import { storiesConsumer } from '../../ingest/consumers/stories.ts';
import { join as joinStories } from '../../src/routes/news/[story]/placing.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../support/engine.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 9, 1);
const REPORT =
	'Velteno will open a shopping door for Daxdell inside its app, a deal worth 413 million, the companies said in Harwick. ' +
	'Merchants hope that it brings them buyers before the holidays. An analyst, Ann Hale, expects 12 percent more orders.';

interface Told {
	title: string;
	text?: string;
	/** From the start of the story. */
	hour: number;
}
/** Headlines of one story, a few of another, by name. */
const TOLD: Record<string, Told> = {
	first: { title: 'Velteno opens its app to Daxdell in 413 million deal', text: REPORT, hour: 0 },
	copy: { title: 'Shopping door for Daxdell', text: `HARWICK - ${REPORT}`, hour: 5 },
	other: { title: 'Storm closes the port of Calden for two days', hour: 6 },
	own: { title: 'Daxdell gets a door in the Velteno app, deal worth 413 million', hour: 30 },
	late: { title: 'Velteno app opens to Daxdell for 413 million', hour: 2 },
	again: { title: 'Shopping door for Daxdell', text: `HARWICK - ${REPORT}`, hour: -29_995 },
	years: { title: 'Velteno opens its app to Daxdell in 413 million deal', text: REPORT, hour: -30_000 }
};

describe.skipIf(!hasEngine)('articles on their way to stories', () => {
	let given: TestStore;
	let desk: Desk;
	let log: EventLog;
	let files = 0;
	let errors: unknown[];

	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given?.end());
	beforeEach(async () => {
		errors = [];
		for (const table of ['news', 'mentions', 'stories', 'signals'])
			await given.store.command('TRUNCATE TABLE {table:Identifier}', { table });
		const name = `${files++}`;
		desk = await openDesk({ file: join(given.folder, `desk-${name}.sqlite`) }, { logger: quiet });
		log = await openEmbeddedLog(join(given.folder, `log-${name}.sqlite`), { writer: 'test', logger: quiet });
	});
	afterEach(async () => {
		await log.close();
		await desk.close();
	});

	const url = (name: string) => `https://news.example/${name}`;
	const push = (names: readonly string[], origin: Origin = 'door') =>
		log.append(
			'news',
			names.map((name) => {
				const { hour, ...said } = TOLD[name] ?? { title: name, hour: 0 };
				const publishedAt = new Date(START + hour * HOUR).toISOString();
				const event = { url: url(name), publisher: `The ${name} paper`, publishedAt, ...said };
				return { key: event.url, json: JSON.stringify(event) };
			}),
			{ origin }
		);
	const drained = async (group: string, topic: 'news' | 'articles', handler: (batch: Batch) => Promise<void>) => {
		const onError = (error: unknown) => void (error && errors.push(error));
		const subscription = await log.consume({ group, topic, handler, onError, lingerMs: 0 });
		const done = async () => (await log.lag(group, topic)).every(({ committed, end }) => committed === end);
		await vi.waitUntil(async () => errors.length > 0 || (await done()), { timeout: 20_000, interval: 20 });
		expect(errors).toEqual([]);
		await subscription.close();
	}; // prettier-ignore
	const deps = (store: Store = given.store) => ({ store, desk, log, logger: quiet, now: Date.now });
	const store = (group = 'store') => drained(group, 'news', newsConsumer(deps()));
	/** By a consumer that remembers nothing. */
	const place = (group = 'store', at?: Store) => drained(group, 'articles', storiesConsumer(deps(at)));
	const pushed = async (names: readonly string[], origin?: Origin) => {
		await push(names, origin);
		await store();
		await place();
	};
	/** Story and original of each article, by name. */
	const placed = async () => {
		const rows = await given.store.select({
			sql: 'SELECT id, story, copyOf FROM stories FINAL ORDER BY id',
			row: z.object({ id: z.string(), story: z.string(), copyOf: z.string() })
		});
		const names = new Map(Object.keys(TOLD).map((name) => [articleId(url(name)), name]));
		const of = (id: string) => names.get(id) ?? id;
		return Object.fromEntries(
			rows.map(({ id, story, copyOf }) => [of(id), copyOf === '0' ? of(story) : `${of(story)}, copies ${of(copyOf)}`])
		); // prettier-ignore
	};

	it('go into the story of their time, copies with what they repeat', async () => {
		await pushed(['first', 'copy', 'other', 'own']);
		expect(await placed()).toEqual({
			first: 'first',
			copy: 'first, copies first',
			other: 'other',
			own: 'first'
		});
	});

	it('are placed alike by one that remembers and by one that was started anew for each', async () => {
		for (const name of ['first', 'copy', 'other', 'own', 'late']) await pushed([name]);
		const anew = await placed();
		expect(anew).toMatchObject({ copy: 'first, copies first', own: 'first', late: 'first' });
		await given.store.command('TRUNCATE TABLE stories');
		await place('remembers');
		expect(await placed()).toEqual(anew);
	});

	it('that come late or are years old are told by their own time', async () => {
		await pushed(['own', 'years']);
		await pushed(['late']);
		expect(await placed()).toEqual({ own: 'own', years: 'years', late: 'own' });
	});

	it('delivered again keep their place', async () => {
		await pushed(['first', 'copy', 'own']);
		const before = await given.store.select({ sql: 'SELECT * FROM stories ORDER BY ALL', row: z.unknown() });
		await push(['own', 'first']);
		await store();
		await store('again');
		await place();
		await place('again');
		expect(await given.store.select({ sql: 'SELECT * FROM stories ORDER BY ALL', row: z.unknown() })).toEqual(before);
	}); // prettier-ignore

	it('have a place once, though the store failed when they were placed', async () => {
		await push(['first', 'own', 'other']);
		await store();
		let failures = 2;
		const failing: Store = {
			...given.store,
			async insert(insert) {
				if (failures-- > 0) throw new Error('lost');
				await given.store.insert(insert);
			}
		};
		const consumer = storiesConsumer(deps(failing));
		await drained('store', 'articles', async (batch) => {
			for (;;) {
				try {
					return await consumer(batch);
				} catch (error) {
					expect(error).toMatchObject({ message: 'lost' });
				}
			}
		});
		expect(await placed()).toEqual({ first: 'first', own: 'first', other: 'other' });
	});

	it('of the demo are told by themselves', async () => {
		await pushed(['first'], 'demo');
		await pushed(['copy', 'own']);
		expect(await placed()).toEqual({ first: 'first', copy: 'copy', own: 'copy' });
	});

	it('are placed alike by a rebuild, and by the consumer after it', async () => {
		await push(['first', 'copy', 'other']);
		await store();
		const consumer = storiesConsumer(deps());
		await drained('store', 'articles', consumer);
		const before = await placed();
		// Nobody places an article so; the rebuild mends it, and the consumer must see that.
		await given.store.command("INSERT INTO stories (id, content, story, copyOf, publishedAt, known, recorded) SELECT id, content, id, 0, publishedAt, known, recorded + 1 FROM stories WHERE copyOf != 0");
		expect(await placed()).not.toEqual(before);
		const out = { write: () => true } as unknown as NodeJS.WriteStream;
		await rebuild({ what: 'stories', store: given.store, desk, now: Date.now, out });
		expect(await placed()).toEqual(before);
		await push(['own', 'late']);
		await store();
		await drained('store', 'articles', consumer);
		expect(await placed()).toEqual({ ...before, own: 'first', late: 'first' });
	}); // prettier-ignore

	describe('of which somebody says that they belong elsewhere', () => {
		const APART = 'a story of its own';
		/** Says where an article belongs, and hands it on. `to`: the name of an article in whose story. */
		const say = async (name: string, to: 'own' | null | { with: string; story?: string; copy?: true }) => {
			const article = articleId(url(name));
			const [known] = await given.store.select({
				sql: 'SELECT content, story FROM stories WHERE id = {id:UInt64} LIMIT 1',
				params: { id: article },
				row: z.object({ content: z.string(), story: z.string() })
			});
			const { content = '', story = '' } = known ?? {};
			const before = await desk.documents.get(STORY_PLACEMENT, article);
			const other = to &&
				to !== 'own' && {
					story: to.story ?? (await storyOf(given.store, articleId(url(to.with)))) ?? '',
					article: articleId(url(to.with)),
					...(to.copy && { copy: to.copy })
				};
			const body = { to: other || (to === 'own' ? 'own' : null), from: story, report: { url: url(name), title: name, publisher: '' } } as const; // prettier-ignore
			const said = { id: article, version: before?.version ?? 0, body };
			await saveStoryPlacements(desk, [said], { who: 'ada', at: Date.now() });
			await log.append('articles', [articleEntry({ id: article, content })], { origin: 'door' });
		};
		/** As pages read it, by the end of a day. */
		const told = async (asOf?: string) => {
			const known = new Map(Object.keys(TOLD).map((name) => [articleId(url(name)), name]));
			for (const name of Object.keys(TOLD)) known.set(ownStory(articleId(url(name))), APART);
			const all = await stories(given.store, { limit: 50, ...(asOf !== undefined && { asOf }) });
			return Object.fromEntries(
				all.flatMap(({ id, articles }) =>
					articles.map((one) => [
						known.get(one.id) ?? one.id,
						`${known.get(id) ?? id}${one.copyOf === null ? '' : `, copies ${known.get(one.copyOf) ?? one.copyOf}`}`
					])
				)
			);
		};
		const again = async () => {
			const out = { write: () => true } as unknown as NodeJS.WriteStream;
			await rebuild({ what: 'stories', store: given.store, desk, now: Date.now, out });
		};

		it('leave with their copies and come back with them, as what was there before the word still says', async () => {
			await pushed(['first', 'copy', 'own']);
			const before = await told();
			expect(before).toEqual({ first: 'first', copy: 'first, copies first', own: 'first' });
			const past = new Date().toISOString();
			await wait(2);
			await say('first', 'own');
			await place();
			const apart = { first: APART, copy: `${APART}, copies first`, own: 'first' };
			expect(await told()).toEqual(apart);
			expect(await told(past)).toEqual(before);
			await again();
			expect(await told()).toEqual(apart);
			expect(await told(past)).toEqual(before);
			await say('first', null);
			await place();
			expect(await told()).toEqual(before);
			await again();
			expect(await told()).toEqual(before);
		});

		it('a copy that is set apart repeats nobody, and goes back to what it repeats', async () => {
			await pushed(['first', 'copy', 'own']);
			await say('copy', 'own');
			await place();
			expect(await told()).toEqual({ first: 'first', copy: APART, own: 'first' });
			await say('copy', null);
			await place();
			expect(await told()).toEqual({ first: 'first', copy: 'first, copies first', own: 'first' });
		});

		it('draw what comes later, and keep their place when it is told again', async () => {
			await pushed(['first', 'other']);
			await say('other', { with: 'first' });
			await place();
			await pushed(['copy', 'own']);
			const joined = { first: 'first', other: 'first', copy: 'first, copies first', own: 'first' };
			expect(await told()).toEqual(joined);
			await say('first', 'own');
			await place();
			await pushed(['late']);
			expect(await told()).toEqual({ ...joined, first: APART, copy: `${APART}, copies first`, late: APART });
			const stored = async () => given.store.select({ sql: 'SELECT * FROM stories FINAL ORDER BY ALL', row: z.unknown() }); // prettier-ignore
			const rows = await stored();
			await place('again');
			expect(await stored()).toEqual(rows);
		});

		it('repeat the text that they are said to, whichever of its copies is named', async () => {
			await pushed(['first', 'copy', 'years', 'again']);
			const before = await told();
			expect(before).toMatchObject({ years: 'years', again: 'years, copies years' });
			await say('years', { with: 'copy', copy: true });
			await place();
			const copy = 'first, copies first';
			const joined = { first: 'first', copy, years: copy, again: copy };
			expect(await told()).toEqual(joined);
			await again();
			expect(await told()).toEqual(joined);
			await say('years', null);
			await place();
			expect(await told()).toEqual(before);
		});

		it('are joined and parted at once, and a rebuild and past days tell it as it went', async () => {
			await pushed(['first', 'own', 'other', 'years']);
			const before = await told();
			expect(before).toMatchObject({ other: 'other', years: 'years' });
			const [story, from] = [articleId(url('first')), articleId(url('other'))];
			const report = { url: '', title: '', publisher: '' };
			const moved = ['other', 'years'].map((name) => articleId(url(name)));
			const say = async (version: number, to: { story: string; article: string } | null) => {
				const said = moved.map((id) => ({ id, version, body: { to, from, report } }));
				await saveStoryPlacements(desk, said, { who: 'ada', at: Date.now() });
				// The log has the word for one of them only: whoever comes next goes through all.
				await log.append('articles', [articleEntry({ id: moved[0] ?? '', content: '1' })], {
					origin: 'door'
				});
				await place();
				return new Date().toISOString();
			};
			const joined = { first: 'first', own: 'first', other: 'first', years: 'first' };
			const on = await say(0, { story, article: story });
			expect(await told()).toEqual(joined);
			await wait(2);
			await say(1, null);
			for (const made of [async () => undefined, again]) {
				await made();
				expect(await told()).toEqual(before);
				expect(await told(on)).toEqual(joined);
			}
		});

		it('of the demo are not made one with what is real', async () => {
			await pushed(['first'], 'demo');
			await pushed(['other', 'years']);
			const before = await told();
			const joining = (from: string, to: string) => {
				const form = new FormData();
				form.set('story', articleId(url(to)));
				form.set('seen', `${Date.now()}`);
				return joinStories({ store: given.store, desk, log }, articleId(url(from)), form);
			};
			const refused = { status: 400, data: { reason: expect.stringContaining('demo') } };
			expect(await joining('other', 'first')).toMatchObject(refused);
			expect(await joining('first', 'other')).toMatchObject(refused);
			expect(await desk.documents.list(STORY_PLACEMENT)).toEqual([]);
			expect(await told()).toEqual(before);
		});

		it('go to the story of an article, where that story has another id by now', async () => {
			await pushed(['first', 'other']);
			await say('other', { with: 'first', story: '1' });
			await place();
			expect(await told()).toEqual({ first: 'first', other: 'first' });
		});

		it('stay there when their address says something else', async () => {
			await pushed(['first', 'own']);
			await say('own', 'own');
			await place();
			const publishedAt = new Date(START + 31 * HOUR).toISOString();
			const event = {
				url: url('own'),
				publisher: 'The own paper',
				publishedAt,
				title: 'Velteno opens its app to Daxdell in 413 million deal'
			};
			await log.append('news', [{ key: event.url, json: JSON.stringify(event) }], { origin: 'door' });
			await store();
			await place();
			expect(await told()).toEqual({ first: 'first', own: APART });
			await again();
			expect(await told()).toEqual({ first: 'first', own: APART });
			await say('own', null);
			await place();
			expect(await told()).toEqual({ first: 'first', own: 'first' });
		});

		it('are put there by the next article, where the log never had the word', async () => {
			await pushed(['first', 'own']);
			const [id, from] = [articleId(url('own')), articleId(url('first'))];
			const body = { to: 'own', from, report: { url: url('own'), title: '', publisher: '' } } as const;
			await saveStoryPlacements(desk, [{ id, version: 0, body }], { who: 'ada', at: Date.now() });
			await pushed(['other']);
			expect(await told()).toEqual({ first: 'first', own: APART, other: 'other' });
		});
	});

	it('that nobody can find, or keys that are none, keep nothing up', async () => {
		await log.append('articles', [{ key: 'x', json: '{"id":"7","content":"8"}' }, { key: 'x', json: '"what"' }], { origin: 'door' });
		await pushed(['first']);
		expect(await placed()).toEqual({ first: 'first' });
		expect((await desk.deadLetters.list({ limit: 5 })).map(({ topic, reason }) => [topic, reason])).toEqual([['articles', 'is no key of an article']]);
	}); // prettier-ignore
});
