import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewsEvent } from '#lib/domain/events.ts';
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { search } from '#lib/server/search.ts';
import { insertMentions, type MentionRow } from '#lib/server/store/mentions.ts';
import { insertNews, type NewsRow } from '#lib/server/store/news.ts';
import { coMentions } from '#lib/server/store/pairs.ts';
import { insertPolicies } from '#lib/server/store/policies.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const ACCEPTED = Date.parse('2026-11-20T08:00:00.000Z');
const parties = new Map([['a', 'a'], ['b', 'b'], ['b-arm', 'b'], ['c', 'c']]); // prettier-ignore

const row = (n: number, event: Partial<NewsEvent> = {}): NewsRow => {
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
		origin: 'import'
	};
};
const mentions = ({ event, accepted }: NewsRow, organisations: string[], live = true): MentionRow[] =>
	organisations.map((organisation) => ({
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
		live,
		recorded: new Date(accepted + (live ? 0 : 1)).toISOString()
	}));

describe.runIf(hasEngine)('what is looked up across articles and texts', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		for (const table of ['news', 'mentions', 'policy_texts', 'policy_sightings'])
			await given.store.command(`TRUNCATE TABLE ${table}`);
	});

	let blocks = 0;
	const insert = async (rows: NewsRow[], named: MentionRow[]) => {
		await insertNews(given.store, rows, `pairs-${blocks++}`);
		await insertMentions(given.store, named);
	};
	const pairs = (asOf?: string) => coMentions(given.store, { parties, day: '2026-11-20', asOf });

	describe('pairs', () => {
		test('are those that one article names, an owner and its arm being one', async () => {
			const [both, one, arm] = [row(1), row(2), row(3)];
			await insert([both, one, arm], [...mentions(both, ['b', 'a', 'stranger']), ...mentions(one, ['a']), ...mentions(arm, ['b', 'b-arm', 'a'])]); // prettier-ignore
			expect(await pairs()).toMatchObject([
				{ pair: ['a', 'b'], articles: 2, texts: 2, first: expect.stringContaining('2026-11-01'), last: expect.stringContaining('2026-11-03') }
			]); // prettier-ignore
		});

		test('count the same words once, by the week in which they came first', async () => {
			const same = { title: 'Same', text: 'words' };
			const rows = [row(3, same), row(10, same), row(11)];
			await insert(rows, rows.flatMap((one) => mentions(one, ['a', 'b']))); // prettier-ignore
			const [pair] = await pairs();
			expect(pair).toMatchObject({ articles: 3, texts: 2, weeks: [['2026-11-02', 1], ['2026-11-09', 1]] }); // prettier-ignore
			expect(pair?.newest.map(({ id }) => id)).toEqual([articleId('https://news.example/11'), articleId('https://news.example/3')]); // prettier-ignore
		});

		test('weigh a text of today 1, one of 90 days ago half', async () => {
			const rows = [row(20), row(21, { publishedAt: '2026-08-22T00:00:00.000Z' })];
			await insert(rows, rows.flatMap((one) => mentions(one, ['a', 'b']))); // prettier-ignore
			expect((await pairs())[0]?.weight).toBeCloseTo(1.5, 5);
		});

		test('are read as of a day, without what a re-reading took back', async () => {
			const [early, late, wrong] = [row(1), row(9), row(2)];
			await insert([early, late, wrong], [early, late, wrong].flatMap((one) => mentions(one, ['a', 'c']))); // prettier-ignore
			await insertMentions(given.store, mentions(wrong, ['c'], false));
			expect((await pairs())[0]).toMatchObject({ articles: 2 });
			expect((await pairs('2026-11-05T00:00:00.000Z'))[0]).toMatchObject({ articles: 1 });
		});

		test('are not made of round-ups that name everybody', async () => {
			const many = Array.from({ length: 9 }, (_, i) => `x${i}`);
			await insert([row(1)], mentions(row(1), many));
			expect(await coMentions(given.store, { parties: new Map(many.map((id) => [id, id])), day: '2026-11-20' })).toEqual([]); // prettier-ignore
		});
	});

	describe('the search', () => {
		const { organisations } = watchlistSchema.parse({
			organisations: [
				{ id: 'harbor', name: 'Harbor', aliases: ['港集'], stance: 'rival' },
				{ id: 'lantern', name: 'Lantern', people: [{ name: 'He Yan' }] }
			]
		});
		const find = (query: string) => search(given.store, organisations, { query });
		const policy = (n: number, text: string) => ({
			event: { service: 'Lantern', document: 'Terms', fetchedAt: `2026-11-0${n}T00:00:00.000Z`, text },
			hash: String(n).repeat(64),
			accepted: ACCEPTED,
			position: n,
			origin: 'door'
		});

		test('finds organisations by any of their names, the name itself first', async () => {
			expect((await find('HARBOR')).organisations).toEqual([{ id: 'harbor', name: 'Harbor', stance: 'rival', by: [] }]); // prettier-ignore
			expect((await find('港')).organisations).toMatchObject([{ id: 'harbor', by: ['港集'] }]);
			expect((await find('yan')).organisations).toMatchObject([{ id: 'lantern', by: ['He Yan'] }]);
		});

		test('finds clauses of the text that stands, not of those before', async () => {
			await insertPolicies(given.store, [policy(1, '# Terms\n\nWe tell Harbor nothing.'), policy(2, '# Terms\n\nWe tell harbor all.\n\nNothing else.')], 'search-1'); // prettier-ignore
			const { clauses, clauseCount } = await find('harbor tell');
			expect(clauses).toEqual([{ service: 'Lantern', document: 'Terms', heading: 'Terms', text: 'We tell harbor all.' }]); // prettier-ignore
			expect(clauseCount).toBe(1);
			expect((await find('harbor nothing')).clauses).toEqual([]);
		});

		test('counts all articles and shows the newest', async () => {
			const rows = Array.from({ length: 15 }, (_, i) => row(i + 1, { text: 'of 100% harbor_side' }));
			await insertNews(given.store, rows, 'search-2');
			const found = await find('100% harbor_');
			expect([found.articleCount, found.articles.length, found.articles[0]?.title]).toEqual([15, 12, 'Headline 15']); // prettier-ignore
			expect(await find('harborXside')).toMatchObject({ articleCount: 0, articles: [] });
			expect(await find('  ')).toMatchObject({ organisations: [], articleCount: 0 });
		});
	});
});
