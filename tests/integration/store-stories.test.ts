import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { insertMentions } from '#lib/server/store/mentions.ts';
import { insertNews, textsOf } from '#lib/server/store/news.ts';
import { insertSignals, signalsAt } from '#lib/server/store/signals.ts';
import {
	insertStories,
	movedStories,
	NO_CORRECTIONS,
	storyArticles,
	storyOf,
	type Corrections
} from '#lib/server/store/stories.ts';
import { storyLines, toldStories } from '#lib/server/stories.ts';
import { hasEngine, openTestStore, type TestStore } from '../support/engine.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const HOUR = 3_600_000;

interface Given {
	name: string;
	/** Hours before NOW. */
	ago: number;
	/** Name of the story's article; its own by default. */
	story?: string;
	copyOf?: string;
	title?: string;
	text?: string;
	publisher?: string;
	language?: string;
	organisations?: string[];
	type?: 'talks' | 'denial';
	probability?: number;
}

const urlOf = (name: string) => `https://news.example/${name}`;
const idOf = (name: string) => articleId(urlOf(name));

describe.runIf(hasEngine)('stories in the store', () => {
	let given: TestStore;
	let blocks = 0;
	beforeAll(async () => {
		given = await openTestStore();
	});
	afterAll(() => given.end());
	beforeEach(async () => {
		for (const table of ['news', 'mentions', 'stories', 'signals'])
			await given.store.command(`TRUNCATE TABLE ${table}`);
	});

	async function insert(...articles: Given[]): Promise<void> {
		const token = `stories-${blocks++}`;
		const rows = articles.map((one) => {
			const at = new Date(NOW - one.ago * HOUR).toISOString();
			const event = {
				url: urlOf(one.name),
				title: one.title ?? `Headline ${one.name}`,
				text: one.text ?? '',
				publisher: one.publisher ?? `${one.name} Daily`,
				publishedAt: at,
				observedAt: at
			};
			return { one, at, event, key: { id: articleId(event.url), content: contentId(event) } };
		});
		await insertNews(
			given.store,
			rows.map(({ one, event, key }, i) => ({
				...key, event, detected: one.language ?? 'en', accepted: Date.parse(event.publishedAt), position: i, origin: 'door'
			})),
			token
		); // prettier-ignore
		await insertMentions(
			given.store,
			rows.flatMap(({ one, at, key }) =>
				(one.organisations ?? []).map((organisation, i) => ({
					...key, organisation, field: 'title' as const, start: i, end: i + 1, text: 'x', publishedAt: at, known: at, watchlist: 'v1', live: true, recorded: at
				}))
			),
			{ token }
		); // prettier-ignore
		await insertSignals(
			given.store,
			rows.flatMap(({ one, at, key }, i) =>
				one.type
					? [{ a: 'harbor', b: 'lantern', id: String(blocks * 1000 + i), recorded: at, at, happened: null, type: one.type, probability: one.probability ?? 0.9, quote: '', source: '', reliability: 'F' as const, copyOf: '0', evidence: { kind: 'news', id: key.id }, detector: 'test', live: true, position: 1, field: 'title' as const, start: 0, end: 1, agent: '', person: '' }]
					: []
			),
			{ token }
		); // prettier-ignore
		await place(...articles);
	}
	/** Puts articles into their stories; `later` hours after they came. */
	async function place(...articles: (Given & { later?: number })[]): Promise<void> {
		await insertStories(
			given.store,
			articles.map(
				({ name, ago, story = name, copyOf, title = `Headline ${name}`, text = '', later = 0 }) => {
					const at = new Date(NOW - ago * HOUR).toISOString();
					return {
						id: idOf(name),
						content: contentId({ title, text }),
						story: idOf(story),
						copyOf: copyOf === undefined ? null : idOf(copyOf),
						publishedAt: at,
						known: at,
						recorded: new Date(NOW - (ago - later) * HOUR).toISOString()
					};
				}
			)
		);
	}
	const names = new Map<string, string>();
	const found = async (query: Partial<Parameters<typeof movedStories>[1]> = {}) =>
		(await movedStories(given.store, { limit: 50, ...query })).map(({ id }) => names.get(id));
	const know = (...list: string[]) => list.forEach((name) => names.set(idOf(name), name));

	test('come by their last movement, page after page, however far apart', async () => {
		const ages = [1, 2, 50, 60, 400, 500, 3000, 9000];
		const list = ages.map((ago, i) => ({ name: `s${i}`, ago }));
		know(...list.map(({ name }) => name));
		await insert(...list, { name: 'late', ago: 0.5, story: 's7' });
		const order = ['s7', 's0', 's1', 's2', 's3', 's4', 's5', 's6'];
		expect(await found()).toEqual(order);
		const seen: (string | undefined)[] = [];
		for (let before: { at: string; id: string } | undefined; ;) {
			const page = await movedStories(given.store, { limit: 3, ...(before && { before }) });
			seen.push(...page.map(({ id }) => names.get(id)));
			before = page.at(-1);
			if (page.length < 3) break;
		}
		expect(seen).toEqual(order);
		expect((await movedStories(given.store, { limit: 1 }))[0]).toMatchObject({ articles: 2, copies: 0, times: [NOW - 9000 * HOUR, NOW - 0.5 * HOUR] }); // prettier-ignore
		expect(await found({ asOf: new Date(NOW - 55 * HOUR).toISOString() })).toEqual([
			's3',
			's4',
			's5',
			's6',
			's7'
		]);
		expect(await found({ id: idOf('s4') })).toEqual(['s4']);
	});

	test('are found by what any of their articles has', async () => {
		know('deal', 'other', 'old');
		await insert(
			{ name: 'deal', ago: 90, organisations: ['lantern'], title: 'Lantern opens' },
			{ name: 'deal2', ago: 80, story: 'deal', organisations: ['harbor'], type: 'talks', language: 'zh' },
			{ name: 'other', ago: 70, organisations: ['lantern'], type: 'denial' },
			{ name: 'old', ago: 2000, organisations: ['harbor'], type: 'talks', probability: 0.4 }
		);
		expect(await found({ organisation: 'harbor' })).toEqual(['deal', 'old']);
		expect(await found({ organisation: 'lantern' })).toEqual(['other', 'deal']);
		expect(await found({ type: 'talks' })).toEqual(['deal']);
		expect(await found({ language: 'zh' })).toEqual(['deal']);
		expect(await found({ words: 'lantern OPENS' })).toEqual(['deal']);
		expect(await found({ originals: 2 })).toEqual(['deal']);
		expect(await found({ organisation: 'harbor', type: 'denial' })).toEqual([]);
		expect(await found({ organisation: "x' OR 1" })).toEqual([]);
	});

	test('what somebody called wrong takes its type off a story, copies included, and what it is rather takes its place', async () => {
		know('deal', 'other');
		await insert(
			{ name: 'deal', ago: 90, type: 'talks' },
			{ name: 'copy', ago: 89, story: 'deal', copyOf: 'deal', type: 'talks' },
			{ name: 'other', ago: 70, type: 'talks' }
		);
		const idOfSignal = async (name: string) =>
			(await signalsAt(given.store, [{ kind: 'news', id: idOf(name) }]))[0]?.id ?? '';
		const chips = async (corrections: Corrections = NO_CORRECTIONS, type?: 'talks' | 'supply') => {
			const { lines } = await storyLines(given.store, { limit: 9, corrections, ...(type && { type }) });
			return Object.fromEntries(
				lines.map(({ id, signals }) => [
					names.get(id),
					signals.map(({ type, byPerson }) => (byPerson ? `${type} by a person` : type)).join()
				])
			);
		};
		expect(await chips()).toEqual({ other: 'talks', deal: 'talks' });
		const wrong = [{ id: await idOfSignal('deal'), type: 'talks' as const, article: idOf('deal') }];
		expect(await chips({ wrong, rather: [] })).toEqual({ other: 'talks', deal: '' });
		expect(await chips({ wrong, rather: [] }, 'talks')).toEqual({ other: 'talks' });
		const rather = [{ type: 'supply' as const, article: idOf('deal') }];
		expect(await chips({ wrong, rather })).toEqual({ other: 'talks', deal: 'supply by a person' });
		expect(await chips({ wrong, rather }, 'supply')).toEqual({ deal: 'supply by a person' });
		const own = [{ id: await idOfSignal('copy'), type: 'talks' as const, article: idOf('copy') }];
		expect(await chips({ wrong: own, rather: [] })).toEqual({ other: 'talks', deal: 'talks' });
	});

	test('an article that was put into another story has left the first', async () => {
		know('a', 'b');
		const late = { name: 'late', ago: 1, story: 'a' };
		await insert({ name: 'a', ago: 5 }, { name: 'b', ago: 4 }, late);
		expect(await found()).toEqual(['a', 'b']);
		await place({ ...late, story: 'b', copyOf: 'b', later: 2 });
		expect(await found()).toEqual(['b', 'a']);
		expect(await storyOf(given.store, idOf('late'))).toBe(idOf('b'));
		expect(await storyOf(given.store, '1')).toBeNull();
		const articles = await storyArticles(given.store, [idOf('a'), idOf('b')]);
		expect(articles.map(({ id, story, copyOf }) => [id, story, copyOf])).toEqual([
			[idOf('a'), idOf('a'), null],
			[idOf('b'), idOf('b'), null],
			[idOf('late'), idOf('b'), idOf('b')]
		]);
		expect(await storyArticles(given.store, [idOf('b')], { most: 1 })).toHaveLength(1);
		expect([...(await textsOf(given.store, articles)).values()]).toEqual(['', '', '']);
	});

	test('fifty copies of one report are one root, in lists and in the API', async () => {
		know('wire', 'two');
		const text = 'The two have agreed terms for a store inside the app.';
		await insert(
			{
				name: 'wire',
				ago: 60,
				text,
				publisher: 'Harwick Wire',
				organisations: ['lantern', 'harbor'],
				type: 'talks'
			},
			...Array.from({ length: 50 }, (_, i) => ({
				name: `c${i}`,
				ago: 59 - i,
				text,
				story: 'wire',
				copyOf: 'wire'
			})),
			{ name: 'two', ago: 30 },
			{ name: 'own', ago: 20, story: 'two' }
		);
		const { lines, more } = await storyLines(given.store, { limit: 10 });
		expect(more).toBeNull();
		expect(lines.map(({ id, articles, copies, independentSources }) => [names.get(id), articles, copies, independentSources])).toEqual([
			['wire', 51, 50, 1],
			['two', 2, 0, 2]
		]); // prettier-ignore
		expect(lines[0]).toMatchObject({
			first: { publisher: 'Harwick Wire', at: NOW - 60 * HOUR },
			organisations: ['harbor', 'lantern'],
			signals: [{ type: 'talks', byPerson: false }],
			languages: ['en'],
			roots: [NOW - 60 * HOUR]
		});
		expect(
			(await storyLines(given.store, { limit: 10, least: 2 })).lines.map(({ id }) => names.get(id))
		).toEqual(['two']);
		const first = await storyLines(given.store, { limit: 1 });
		expect(names.get(first.more?.id ?? '')).toBe('wire');
		const rest = await storyLines(given.store, { limit: 1, ...(first.more && { before: first.more }) });
		expect([rest.lines.map(({ id }) => names.get(id)), rest.more]).toEqual([['two'], null]);
		expect(await toldStories(given.store, { limit: 1 })).toMatchObject([{ id: idOf('wire'), first: idOf('wire'), independentSources: 1 }]); // prettier-ignore
	});
});
