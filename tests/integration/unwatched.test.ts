import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewsEvent } from '#lib/domain/events.ts';
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { organisationSchema } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { insertMentions } from '#lib/server/store/mentions.ts';
import { insertNews } from '#lib/server/store/news.ts';
import { readUnwatched, saveUnwatchedState, unwatchedState } from '#lib/server/unwatched.ts';
import { saveOrganisation } from '#lib/server/watchlist-edit.ts';
import { readWatchlist } from '#lib/server/watchlist.ts';
import { UnwatchedSearch } from '../../ingest/consumers/unwatched.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../support/engine.ts';

const NOW = Date.parse('2026-11-20T08:00:00.000Z');
const article = (n: number, title: string, publishedAt = '2026-11-10T00:00:00.000Z'): NewsEvent => ({
	url: `https://news.example/${n}`, title, publisher: `Paper ${n}`, publishedAt
}); // prettier-ignore

describe.runIf(hasEngine)('names in the news that nobody watches', () => {
	let given: TestStore;
	let desk: Desk;
	let now = NOW;
	const search = (store = given.store) =>
		new UnwatchedSearch({ store, desk, logger: quiet, now: () => now, holder: 'test' });
	const store = async (...events: NewsEvent[]) => {
		const rows = events.map((event, i) => ({ event, id: articleId(event.url), content: contentId(event), detected: 'en', accepted: NOW + i, position: i, origin: 'import' })); // prettier-ignore
		const token = events.map(({ url }) => url).join(' ');
		await insertNews(given.store, rows, token);
		const mentions = rows.map(({ event, id, content }) => ({
			id, content, organisation: 'etsy', field: 'title' as const, start: 0, end: 4, text: 'Etsy', publishedAt: event.publishedAt,
			known: event.publishedAt, watchlist: 'v', live: true, recorded: '2026-11-20T00:00:00.000Z'
		})); // prettier-ignore
		await insertMentions(given.store, mentions);
	};
	const named = async () => {
		const { organisations } = await readWatchlist(desk);
		return (await readUnwatched(desk, organisations)).map(({ name }) => name);
	};

	beforeAll(async () => {
		given = await openTestStore();
		desk = await openDesk({ file: ':memory:' }, { logger: quiet });
	});
	afterAll(async () => {
		await desk.close();
		await given.end();
	});

	test('are found in recent articles, by whoever looks, and told from the desk', async () => {
		expect(await named()).toEqual([]);
		await store(
			article(1, 'Etsy signs a deal with Quillworks to ship parcels'),
			article(2, 'Etsy talks with Quillworks go on, and with Orchard Lane too'),
			article(3, 'Etsy signs a deal with Longago to ship parcels', '2026-06-01T00:00:00.000Z')
		);
		await search().look();
		const { organisations } = await readWatchlist(desk);
		const [first] = await readUnwatched(desk, organisations);
		expect(first).toMatchObject({ name: 'Quillworks', articles: 2, publishers: 2, beside: ['etsy'] });
		expect(first?.sample.article).toMatch(/^\d+$/);
		expect(await named()).not.toContain('Longago');
	});

	test('are looked for again when more is stored, and no sooner', async () => {
		const before = await unwatchedState(desk);
		now += 60 * 60_000;
		await search().look();
		expect(await unwatchedState(desk)).toEqual(before);
		await store(article(4, 'Etsy sues Norsk Parcel over a name'));
		await search().look();
		expect(await named()).toContain('Norsk Parcel');
	});

	test('are looked for again with other rules, as after an upgrade', async () => {
		const last = await unwatchedState(desk);
		if (!last) throw new Error('nobody has looked');
		await saveUnwatchedState(desk, { ...last, state: last.state.replace(/^\S+/, 'other'), names: [] });
		expect(await named()).toEqual([]);
		now += 60 * 60_000;
		await search().look();
		expect(await named()).toContain('Norsk Parcel');
		expect((await unwatchedState(desk))?.state).toBe(last.state);
	});

	test('are gone as soon as somebody watches them, before anybody has looked', async () => {
		const quillworks = organisationSchema.parse({ id: 'quillworks', name: 'Quillworks' });
		await saveOrganisation(desk, quillworks, { base: '', who: 'test', at: now });
		expect(await named()).toEqual(expect.not.arrayContaining(['Quillworks']));
		now += 60 * 60_000;
		await search().look();
		expect((await unwatchedState(desk))?.names.map(({ name }) => name)).toContain('Norsk Parcel');
		expect((await unwatchedState(desk))?.names.map(({ name }) => name)).not.toContain('Quillworks');
	});

	test('wait where another process looks', async () => {
		await store(article(5, 'Etsy signs a deal with Latecomer to ship parcels'));
		now += 60 * 60_000;
		await desk.leases.claim('news/unwatched', 'another', 60_000, now);
		await search().look();
		expect(await named()).not.toContain('Latecomer');
		await desk.leases.release('news/unwatched', 'another');
		await search().look();
		expect(await named()).toContain('Latecomer');
	});
});
