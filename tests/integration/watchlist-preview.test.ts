import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewsEvent } from '#lib/domain/events.ts';
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { organisationSchema } from '#lib/domain/watchlist/watchlist.ts';
import { insertMentions } from '#lib/server/store/mentions.ts';
import { articlesSince, articlesWith, mentionedSince } from '#lib/server/store/named.ts';
import { insertNews } from '#lib/server/store/news.ts';
import { previewRecent } from '#lib/server/watchlist-preview.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const NOW = Date.parse('2026-11-20T08:00:00.000Z');
const event = (n: number, title: string, more: Partial<NewsEvent> = {}): NewsEvent => ({
	url: `https://news.example/${n}`, title, publisher: 'Paper', publishedAt: `2026-11-${String(n).padStart(2, '0')}T00:00:00.000Z`, ...more
}); // prettier-ignore
const EVENTS = [
	event(1, 'TARGET CORPORATION opens'),
	event(2, 'Target practice', { text: 'A range.' }),
	event(3, '100 shops', { text: '塔吉特发布。Target grows.' }),
	event(4, 'Sam’s Club opens'),
	event(5, 'Target Corporation of old', { publishedAt: '2026-09-01T00:00:00.000Z' }),
	event(6, 'Target Corporation, first wording'),
	event(6, 'Other words now')
];
const FROM = { from: '2026-10-21T08:00:00.000Z' };

describe.runIf(hasEngine)('names in recent news', () => {
	let given: TestStore;
	beforeAll(async () => {
		given = await openTestStore();
		const rows = EVENTS.map((event, i) => ({ event, id: articleId(event.url), content: contentId(event), detected: 'en', accepted: NOW + i, position: i, origin: 'import' })); // prettier-ignore
		await insertNews(given.store, rows, 'recent');
		const mention = (one: NewsEvent, live: boolean, recorded: string) => ({
			id: articleId(one.url), content: contentId(one), organisation: 'target', field: 'title' as const, start: 0, end: 6,
			text: 'Target', publishedAt: one.publishedAt, known: one.publishedAt, watchlist: 'v', live, recorded
		}); // prettier-ignore
		const [first, second, , , old] = EVENTS as [NewsEvent, NewsEvent, NewsEvent, NewsEvent, NewsEvent];
		await insertMentions(given.store, [
			mention(first, true, '2026-11-20T00:00:00.000Z'),
			mention(second, true, '2026-11-20T00:00:00.000Z'),
			mention(second, false, '2026-11-20T00:00:01.000Z'),
			mention(old, true, '2026-11-20T00:00:00.000Z')
		]);
	});
	afterAll(() => given.end());

	test('are looked for in any case, in what an article says last, and only so far back', async () => {
		const titles = async (...names: string[]) =>
			(await articlesWith(given.store, names, { ...FROM, limit: 10 })).map(({ title }) => title);
		expect(await titles('target corporation')).toEqual(['TARGET CORPORATION opens']);
		expect(await titles('塔吉特', 'practice')).toEqual(['100 shops', 'Target practice']);
		expect(await titles("Sam's Club")).toEqual(['Sam’s Club opens']);
		expect(await titles()).toEqual([]);
		expect(await articlesSince(given.store, FROM)).toBe(5);
	});

	test('may be many', async () => {
		const names = Array.from({ length: 600 }, (_, i) => `nobody ${i}`);
		expect(await articlesWith(given.store, [...names, '塔吉特'], { ...FROM, limit: 10 })).toHaveLength(1);
	});

	test('are counted by what mentions stand', async () => {
		expect(await mentionedSince(given.store, FROM)).toEqual([
			{ organisation: 'target', articles: 1, last: '2026-11-01T00:00:00.000Z' }
		]);
	});

	test('are previewed before they are saved', async () => {
		const draft = organisationSchema.parse({ id: 'new', name: 'Target Corporation', aliases: ['塔吉特'], ambiguous: ['Target'] }); // prettier-ignore
		const preview = await previewRecent(given.store, draft, [], NOW);
		expect(preview).toMatchObject({ of: 5, articles: 2, partial: false, common: [] });
		expect(preview.names.find(({ kind }) => kind === 'ambiguous')).toMatchObject({ articles: 1, leftOut: 1 });
	});
});
