import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewsEvent } from '#lib/domain/events.ts';
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { truncateDerived, rebuildTable } from '#lib/server/store/derived.ts';
import { insertMentions, mentionsOf, type MentionRow } from '#lib/server/store/mentions.ts';
import {
	acceptedNews,
	article,
	articles,
	insertNews,
	withWords,
	type NewsRow
} from '#lib/server/store/news.ts';
import { arrivals, overview } from '#lib/server/store/overview.ts';
import { insertStories, stories } from '#lib/server/store/stories.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const ACCEPTED = Date.parse('2026-11-20T08:00:00.250Z');

const row = (n: number, event: Partial<NewsEvent> = {}, more: Partial<NewsRow> = {}): NewsRow => {
	const said: NewsEvent = {
		url: `https://news.example/${n}`,
		title: `Headline ${n}`,
		publisher: 'Example Daily',
		publishedAt: `2026-11-${String(n).padStart(2, '0')}T00:00:00.000Z`,
		...event
	};
	return {
		id: articleId(said.url),
		content: contentId(said),
		event: said,
		detected: 'en',
		accepted: ACCEPTED + n * 1000,
		position: n,
		origin: 'door',
		...more
	};
};

describe.runIf(hasEngine)('news in the store', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		for (const table of ['news', 'mentions', 'stories']) await given.store.command(`TRUNCATE TABLE ${table}`);
	});

	let blocks = 0;
	const insert = (...rows: NewsRow[]) => insertNews(given.store, rows, `block-${blocks++}`);
	const titles = async (query = {}) =>
		(await articles(given.store, { limit: 100, ...query })).map(({ title }) => title);
	const mention = (
		{ event, accepted }: NewsRow,
		organisation: string,
		more: Partial<MentionRow> = {}
	): MentionRow => ({
		id: articleId(event.url),
		content: contentId(event),
		organisation,
		field: 'title',
		start: 0,
		end: 4,
		text: 'Head',
		publishedAt: event.publishedAt,
		known: event.publishedAt,
		watchlist: 'v1',
		live: true,
		recorded: new Date(accepted).toISOString(),
		...more
	});

	test('lists articles newest first, page after page', async () => {
		await insert(...[1, 2, 3, 4, 5].map((n) => row(n)), row(6, { publishedAt: row(5).event.publishedAt }));
		const seen: string[] = [];
		for (let before: { publishedAt: string; id: string } | undefined; ;) {
			const page = await articles(given.store, { limit: 2, ...(before && { before }) });
			const last = page.at(-1);
			if (!last) break;
			seen.push(...page.map(({ title }) => title));
			before = last;
		}
		expect(seen.toSorted()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Headline ${n}`));
		expect(seen.slice(2)).toEqual(['Headline 4', 'Headline 3', 'Headline 2', 'Headline 1']);
		expect(await titles({ from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' })).toEqual([
			'Headline 3',
			'Headline 2'
		]);
	});

	test('shows an address once, with what it said last, and as of a day with what it had said by then', async () => {
		await insert(row(1, { observedAt: '2026-11-01T01:00:00.000Z' }));
		await insert(
			row(
				1,
				{
					url: 'https://www.news.example/1?utm_source=x',
					title: 'Corrected',
					observedAt: '2026-11-03T00:00:00.000Z'
				},
				{ accepted: ACCEPTED + 5000 }
			)
		);
		expect(await titles()).toEqual(['Corrected']);
		expect(await titles({ asOf: '2026-11-02T00:00:00.000Z' })).toEqual(['Headline 1']);
		expect(await titles({ asOf: '2026-11-01T00:00:00.000Z' })).toEqual([]);
		const id = articleId('https://news.example/1');
		expect(await article(given.store, id)).toMatchObject({ title: 'Corrected', text: null });
		expect(await article(given.store, id, '2026-11-02T00:00:00.000Z')).toMatchObject({ title: 'Headline 1' });
		expect(await article(given.store, '1')).toBeNull();
	});

	test('keeps the first sighting of a text at an address', async () => {
		await insert(row(1, { feed: 'second' }, { accepted: ACCEPTED + 9000 }));
		await insert(row(1, { feed: 'first' }));
		await insert(row(1, { feed: 'third' }, { accepted: ACCEPTED + 10_000 }));
		expect(await article(given.store, articleId('https://news.example/1'))).toMatchObject({ feed: 'first' });
		await given.store.command('OPTIMIZE TABLE news FINAL');
		expect(await article(given.store, articleId('https://news.example/1'))).toMatchObject({ feed: 'first' });
	});

	test('finds words in title or text, in any case and in Chinese, and takes wildcards for what they are', async () => {
		await insert(
			row(1, { title: 'Lantern opens a Door', text: 'A shop inside the app.' }),
			row(2, { title: '微信小程序接入京东', text: '' }),
			row(3, { title: '100% of it' })
		);
		expect(await titles({ words: 'door SHOP' })).toEqual(['Lantern opens a Door']);
		expect(await titles({ words: 'door nowhere' })).toEqual([]);
		expect(await titles({ words: '京东' })).toEqual(['微信小程序接入京东']);
		expect(await titles({ words: '0%' })).toEqual(['100% of it']);
		expect(await titles({ words: '%' })).toEqual(['100% of it']);
		expect(await titles({ words: "'); DROP TABLE news; --" })).toEqual([]);
	});

	test('finds others that have a sentence word for word, those nearest in time first', async () => {
		const text = (words: string) => ({ text: `It began here. ${words} It ended there.` });
		await insert(
			row(1, text('Merchants open 100% of the doors.')),
			row(9, text('Merchants open 100% of THE doors.')),
			row(5, text('Merchants open 100 doors.')),
			row(20, { title: '商家今年开门迎客' })
		);
		const near = async (day: number, told: string[], but = 9) =>
			(
				await withWords(given.store, {
					told,
					but: row(but).id,
					near: `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`,
					limit: 2
				})
			)
				.map(({ title }) => title)
				.sort();
		const doors = 'Merchants open 100% of the doors.';
		expect(await near(2, [doors])).toEqual(['Headline 1']);
		expect(await near(2, [doors], 1)).toEqual(['Headline 9']);
		expect(await near(12, ['It began here.'], 20)).toEqual(['Headline 5', 'Headline 9']);
		expect(await near(2, ['nowhere', '今年开门'])).toEqual(['商家今年开门迎客']);
		expect(await near(2, [])).toEqual([]);
	});

	test('filters by language: as detected, else as the event says', async () => {
		await insert(
			row(1),
			row(2, { language: 'zh' }, { detected: '' }),
			row(3, { language: 'en' }, { detected: 'zh' })
		);
		expect(await titles({ language: 'zh' })).toEqual(['Headline 3', 'Headline 2']);
	});

	test('mentions come with their article; what a re-reading no longer finds is gone, and nothing else', async () => {
		const [one, two] = [row(1), row(2)];
		await insert(one, two);
		await insertMentions(given.store, [
			mention(one, 'lantern'),
			mention(one, 'harbor', { start: 5, end: 8 }),
			mention(two, 'lantern')
		]);
		expect((await articles(given.store, { limit: 9 })).map(({ organisations }) => organisations)).toEqual([
			['lantern'],
			['harbor', 'lantern']
		]);
		expect(await titles({ organisation: 'harbor' })).toEqual(['Headline 1']);

		const recorded = '2026-12-01T00:00:00.000Z';
		await insertMentions(given.store, [
			mention(one, 'lantern', { recorded, watchlist: 'v2' }),
			mention(one, 'harbor', { start: 5, end: 8, recorded, live: false })
		]);
		expect(await titles({ organisation: 'harbor' })).toEqual([]);
		expect(await titles({ organisation: 'lantern' })).toEqual(['Headline 2', 'Headline 1']);
		expect(await mentionsOf(given.store, [articleId(one.event.url)])).toMatchObject([
			{ organisation: 'lantern', field: 'title', start: 0, end: 4, text: 'Head', watchlist: 'v2' }
		]);
	});

	test('a derived table is made again beside the old one, and misses nothing that is stored meanwhile', async () => {
		const [one, two, three] = [row(1), row(2), row(3)];
		const organisations = async () =>
			(
				await mentionsOf(
					given.store,
					[one, two, three].map(({ event }) => articleId(event.url))
				)
			)
				.map(({ organisation }) => organisation)
				.toSorted();
		await insertMentions(given.store, [mention(one, 'lantern'), mention(two, 'stale')], { token: 'before' });
		const told = await rebuildTable(given.store, 'mentions', async (table) => {
			await insertMentions(given.store, [mention(one, 'lantern')], { table });
			expect(await organisations()).toEqual(['lantern', 'stale']);
			await insertMentions(given.store, [mention(three, 'meanwhile')], { token: 'meanwhile' });
			return 'told';
		});
		expect(told).toBe('told');
		expect(await organisations()).toEqual(['lantern', 'meanwhile']);

		await expect(
			rebuildTable(given.store, 'mentions', () => Promise.reject(new Error('halfway')))
		).rejects.toThrow('halfway');
		expect(await organisations()).toEqual(['lantern', 'meanwhile']);
		await truncateDerived(given.store, 'mentions');
		expect(await organisations()).toEqual([]);
	});

	test('stories bring their articles, newest story first, page after page', async () => {
		const rows = [1, 2, 3, 4].map((n) => row(n, { observedAt: row(n).event.publishedAt }));
		await insert(...rows);
		const [one, , three] = rows.map(({ event }) => articleId(event.url));
		await insertStories(
			given.store,
			rows.map(({ event, accepted }, i) => ({
				id: articleId(event.url),
				content: contentId(event),
				story: i === 2 ? (one ?? '') : articleId(event.url),
				copyOf: i === 2 ? (one ?? '') : null,
				publishedAt: event.publishedAt,
				known: event.publishedAt,
				recorded: new Date(accepted).toISOString()
			}))
		);
		const all = await stories(given.store, { limit: 10 });
		expect(all.map(({ articles }) => articles.map(({ title }) => title))).toEqual([
			['Headline 4'],
			['Headline 1', 'Headline 3'],
			['Headline 2']
		]);
		expect(all[1]?.articles.map(({ id, copyOf }) => [id, copyOf])).toEqual([[one, null], [three, one]]); // prettier-ignore
		const first = await stories(given.store, { limit: 1 });
		expect(await stories(given.store, { limit: 10, ...(first[0] && { before: first[0] }) })).toEqual(
			all.slice(1)
		);
		expect(
			(await stories(given.store, { limit: 10, asOf: '2026-11-02T00:00:00.000Z' })).map(
				({ articles }) => articles.length
			)
		).toEqual([1, 1]);
		expect(await stories(given.store, { limit: 10, from: '2026-11-04T00:00:00.000Z' })).toHaveLength(1);
		expect(await stories(given.store, { limit: 10, from: '2027-01-01T00:00:00.000Z' })).toEqual([]);
	});

	test('gives back every accepted event as it was, in the order of acceptance', async () => {
		const rows = [
			row(2, { text: '', author: '', feed: '', language: 'zh-Hans' }),
			row(1),
			row(3, {
				text: 'line\n\ttab "quoted" \\ 👩‍🚀',
				author: 'A. Writer',
				feed: 'https://feed.example/',
				observedAt: '2026-11-03T01:02:03.004Z'
			}),
			row(4, { text: 'x'.repeat(1_000_000) })
		];
		await insert(...rows);
		const found: NewsRow[] = [];
		for await (const row of acceptedNews(given.store)) found.push(row);
		expect(found).toEqual(rows.toSorted((a, b) => a.accepted - b.accepted));
	});

	test('the overview counts rows and tells the newest', async () => {
		await insert(row(1), row(2, {}, { origin: 'demo' }));
		expect((await overview(given.store)).find(({ topic }) => topic === 'news')).toEqual({
			topic: 'news', rows: 2, demo: 1, accepted: '2026-11-20T08:00:02.250Z', known: '2026-11-20T08:00:01.250Z'
		}); // prettier-ignore
		expect((await overview(given.store)).find(({ topic }) => topic === 'traffic')).toMatchObject({
			rows: 0,
			accepted: null
		});
	});

	test('arrivals are counted by the hour of the last day, without those of the demo', async () => {
		const accepted = Date.parse('2026-11-20T08:00:01.250Z');
		await insert(row(1), row(2), row(3, {}, { origin: 'demo' }));
		expect(await arrivals(given.store, accepted + 10_000)).toEqual([...Array<number>(23).fill(0), 2]);
		expect((await arrivals(given.store, accepted + 5 * 3_600_000 + 60_000)).indexOf(2)).toBe(18);
		expect(await arrivals(given.store, accepted + 25 * 3_600_000)).toEqual(Array<number>(24).fill(0));
	});
});
