/** Stories: articles that report the same thing. Derived. */
import { z } from 'zod';
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { insertDerived, type Into } from './derived.ts';
import { articlesOf, LANGUAGE, liveMentions, matchedBy, patterns, type ArticleItem } from './news.ts';
import { id, inParts, instant, knownBy, whole } from './rows.ts';
import { idParts } from './signals.ts';
import type { Store } from './store.ts';

export interface StoryRow {
	/** Of the article, and of what it says there. */
	id: string;
	content: string;
	story: string;
	/** The article whose text it repeats. */
	copyOf: string | null;
	publishedAt: string;
	known: string;
	/** When the article was accepted, or when it was put into its story anew. */
	recorded: string;
	/** When a person said so; absent where clustering did. */
	said?: string;
}

export const insertStories = (store: Store, rows: readonly StoryRow[], into: Into = {}): Promise<void> =>
	insertDerived(
		store,
		'stories',
		rows.map((row) => ({ ...row, copyOf: row.copyOf ?? '0' })),
		into
	);

/** What people said of signals of articles. */
export interface Corrections {
	/** Signals (ids) that do not count. */
	wrong: readonly { id: string; type: SignalType; article: string }[];
	/** What articles say rather. */
	rather: readonly { type: SignalType; article: string }[];
}
export const NO_CORRECTIONS: Corrections = { wrong: [], rather: [] };

export interface StoryFilter {
	/** Stories with an article published then; RFC 3339, both included. */
	from?: string;
	to?: string;
	asOf?: string;
	/** With an article that names this organisation, by watchlist id. */
	organisation?: string;
	/** With an article that carries such a signal, or of which somebody said so. */
	type?: SignalType;
	corrections?: Corrections;
	/** With an article in this language, as {@link ArticleItem.language}. */
	language?: string;
	/** With an article that has all of these words in title or text. */
	words?: string;
	/** With so many articles whose text repeats no other's: a story has no more independent sources than these. */
	originals?: number;
}
export interface StoryQuery extends StoryFilter {
	/** This story alone. */
	id?: string;
	limit: number;
	/** The last story of the page before. */
	before?: { at: string; id: string };
}

const moved = z
	.object({
		story: id,
		/** When its newest article in the asked time was published: its last movement. */
		at: instant,
		/** When the newest of its articles was known. */
		known: instant,
		/** When its articles were published, ms, the earliest {@link MOST} of them. */
		times: z.array(whole),
		articles: whole,
		/** Articles whose text repeats another's. */
		copies: whole
	})
	.transform(({ story, ...rest }) => ({ id: story, ...rest }));
export type MovedStory = z.output<typeof moved>;
const MOST = 2_000;

const at = (name: string) => `parseDateTime64BestEffort({${name}:String}, 3, 'UTC')`;
const all = (conditions: readonly (string | false | undefined)[]) =>
	conditions
		.filter(Boolean)
		.concat('true')
		.map((condition) => `(${condition})`)
		.join(' AND ');

/** Ids of the signals of a type that do not count and of their articles, and of the articles that are rather of this type. */
const corrected = (of: SignalType, { wrong, rather }: Corrections) => ({
	wrong: wrong.flatMap(({ id, type }) => (type === of ? id : [])),
	from: wrong.flatMap(({ article, type }) => (type === of ? article : [])),
	rather: rather.flatMap(({ article, type }) => (type === of ? article : []))
});
const outside = (column: string, name: string, kind: string, ids: readonly string[]) =>
	all(idParts(name, ids).map(([part]) => `${column} NOT IN {${part}:Array(${kind})}`));

/** What articles say, each once, as the most probable of its signals, of equals the first: live ones from .5 on. */
const said = (where: string, asOf: string | undefined) => `(
	SELECT * FROM (
		SELECT article, type, a, b, id, live, probability, field, start FROM signals
		WHERE article != 0 AND ${where} AND ${knownBy(asOf)}
		ORDER BY recorded DESC, position DESC LIMIT 1 BY id
	) WHERE live AND probability >= .5
	ORDER BY probability DESC, field = 'text', start, id LIMIT 1 BY article, type, a, b)`;

/** What an article may have that makes its story fit. */
const wanted = ({ organisation, type, language, words, asOf, corrections = NO_CORRECTIONS }: StoryFilter) =>
	[
		organisation !== undefined &&
			`(id, content) IN (SELECT id, content FROM ${liveMentions('organisation = {organisation:String}')} WHERE live)`,
		type !== undefined &&
			`id IN (SELECT article FROM ${said('type = {type:String}', asOf)} WHERE ${outside('id', 'wrong', 'UInt128', corrected(type, corrections).wrong)})
				AND ${outside('copyOf', 'from', 'UInt64', corrected(type, corrections).from)}
				OR NOT (${outside('id', 'rather', 'UInt64', corrected(type, corrections).rather)})`,
		language !== undefined &&
			`(id, content) IN (SELECT id, content FROM news WHERE ${LANGUAGE} = {language:String})`,
		words !== undefined &&
			words.trim() !== '' &&
			`(id, content) IN (SELECT id, content FROM news WHERE ${matchedBy(words)})`
	].filter((condition) => condition !== false);

/** How many days back stories are looked for, until there are enough: the newest are found without reading all of history. */
const REACHES = [3, 30, null] as const;
/** Words are dear to look for more than once. */
const EVERYTHING = [null] as const;

/** Stories without their articles, the one that moved last first. */
export async function movedStories(
	store: Store,
	query: StoryQuery,
	signal?: AbortSignal
): Promise<MovedStory[]> {
	const { before, words, id: one, corrections = NO_CORRECTIONS, ...rest } = query;
	const judged = rest.type === undefined ? null : corrected(rest.type, corrections);
	const within = all([
		query.from !== undefined && `publishedAt >= ${at('from')}`,
		query.to !== undefined && `publishedAt <= ${at('to')}`
	]);
	const newest = before
		? at('beforeAt')
		: `(SELECT max(publishedAt) FROM stories WHERE ${knownBy(query.asOf)} AND ${within})`;
	for (const reach of words?.trim() || one !== undefined ? EVERYTHING : REACHES) {
		const since = reach === null ? undefined : `${newest} - INTERVAL ${reach} DAY`;
		const narrowed =
			one !== undefined ? 'story = {one:UInt64}' : since && `publishedAt BETWEEN ${since} AND ${newest}`;
		const found = await store.select({
			sql: `SELECT story, max(publishedAt) AS at, max(known) AS known, count() AS articles, countIf(copyOf != 0) AS copies,
					arraySort(groupArraySorted(${MOST})(toUnixTimestamp64Milli(publishedAt))) AS times
				FROM ${membersIn(narrowed ? `id IN (SELECT id FROM stories WHERE story IN (SELECT story FROM stories WHERE ${narrowed}))` : 'true', query.asOf)}
				WHERE ${within}
				GROUP BY story HAVING ${all([
					since && `at >= ${since}`,
					one !== undefined && 'story = {one:UInt64}',
					before && `(at, story) < (${at('beforeAt')}, {beforeId:UInt64})`,
					query.originals !== undefined && 'countIf(copyOf = 0) >= {originals:UInt32}',
					...wanted(query).map((condition) => `countIf(${condition}) > 0`)
				])}
				ORDER BY at DESC, story DESC LIMIT {limit:UInt32}`,
			params: {
				...rest,
				...(one !== undefined && { one }),
				...(before && { beforeAt: before.at, beforeId: before.id }),
				...patterns(words),
				...(judged && Object.fromEntries(Object.entries(judged).flatMap(([name, ids]) => idParts(name, ids))))
			},
			row: moved,
			...(signal && { signal })
		});
		if (reach === null || found.length === query.limit) return found;
	}
	return [];
}

export type StoryArticle = ArticleItem & { story: string; copyOf: string | null };
const member = z.object({ story: id, id, content: id, copyOf: id });

/** Articles of the given stories, earliest first. `most`: of each story so many, those first that repeat no other. */
export async function storyArticles(
	store: Store,
	stories: readonly string[],
	{ asOf, most = 1e9 }: { asOf?: string | undefined; most?: number } = {},
	signal?: AbortSignal
): Promise<StoryArticle[]> {
	const members = await inParts(stories, (part) =>
		store.select({
			sql: `SELECT story, id, content, copyOf
				FROM ${membersIn('id IN (SELECT id FROM stories WHERE story IN {stories:Array(UInt64)})', asOf)}
				WHERE story IN {stories:Array(UInt64)}
				ORDER BY copyOf != 0, publishedAt, id LIMIT {most:UInt32} BY story`,
			params: { stories: part.map(BigInt), most, ...(asOf !== undefined && { asOf }) },
			row: member,
			...(signal && { signal })
		})
	);
	const known = new Map((await articlesOf(store, members, signal)).map((article) => [article.id, article]));
	return members
		.flatMap(({ id, story, copyOf }): StoryArticle[] => {
			const article = known.get(id);
			return article ? [{ ...article, story, copyOf: copyOf === '0' ? null : copyOf }] : [];
		})
		.sort((a, b) =>
			a.publishedAt < b.publishedAt || (a.publishedAt === b.publishedAt && a.id < b.id) ? -1 : 1
		);
}

/** Id of the story that an article belongs to; null where it is in none. */
export async function storyOf(store: Store, article: string, asOf?: string): Promise<string | null> {
	const [found] = await store.select({
		sql: `SELECT story FROM ${membersIn('id = {article:UInt64}', asOf)}`,
		params: { article, ...(asOf !== undefined && { asOf }) },
		row: z.object({ story: id })
	});
	return found?.story ?? null;
}

const saying = z.object({
	article: id,
	type: z.enum(SIGNAL_TYPES),
	a: z.string(),
	b: z.string(),
	/** Of the signal that says it best. */
	id
});

export interface SaidType {
	type: SignalType;
	/** Whether it is a person's word and no reading of the detector's. */
	byPerson: boolean;
}

/**
 * Types of signals by article (ids): those from .5 on that nobody called wrong, neither here nor in the text that it repeats, and what
 * people said that it says rather.
 */
export async function signalTypes(
	store: Store,
	articles: readonly Pick<StoryArticle, 'id' | 'copyOf'>[],
	{ asOf, corrections = NO_CORRECTIONS }: Pick<StoryFilter, 'asOf' | 'corrections'>,
	signal?: AbortSignal
): Promise<Map<string, SaidType[]>> {
	const ids = articles.map(({ id }) => id);
	const found = await inParts(ids, (part) =>
		store.select({
			sql: `SELECT article, type, a, b, id FROM ${said('article IN {articles:Array(UInt64)}', asOf)}`,
			params: { articles: part.map(BigInt), ...(asOf !== undefined && { asOf }) },
			row: saying,
			...(signal && { signal })
		})
	);
	const originals = new Map(articles.map(({ id, copyOf }) => [id, copyOf ?? id]));
	const nameOf = ({ article, type, a, b }: z.output<typeof saying>) =>
		JSON.stringify([originals.get(article), type, a, b]);
	const wrong = new Set(corrections.wrong.map(({ id }) => id));
	const fallen = new Set(found.filter(({ id, article }) => wrong.has(id) && originals.get(article) === article).map(nameOf)); // prettier-ignore
	const types = new Map(ids.map((id): [string, SaidType[]] => [id, []]));
	const add = (article: string, type: SignalType, byPerson: boolean) => {
		const own = types.get(article);
		if (own && !own.some((one) => one.type === type)) own.push({ type, byPerson });
	};
	for (const one of found)
		if (!wrong.has(one.id) && !fallen.has(nameOf(one))) add(one.article, one.type, false);
	for (const { article, type } of corrections.rather) add(article, type, true);
	return types;
}

/** Which story each article belongs to: of its rows the one recorded last counts. */
const membersIn = (where: string, asOf: string | undefined) =>
	`(SELECT id, content, story, copyOf, publishedAt, known FROM stories WHERE ${knownBy(asOf)} AND ${where}
		ORDER BY recorded DESC, content LIMIT 1 BY id)`;

export interface Story {
	id: string;
	/** When its newest article in the asked time was published. */
	at: string;
	/** All of its articles, earliest first. */
	articles: StoryArticle[];
}

/** Stories with all of their articles, newest first. */
export async function stories(store: Store, query: StoryQuery, signal?: AbortSignal): Promise<Story[]> {
	const found = await movedStories(store, query, signal);
	const articles = Map.groupBy(
		await storyArticles(store, found.map(({ id }) => id), query, signal), // prettier-ignore
		({ story }) => story
	);
	return found.map(({ id, at }) => ({ id, at, articles: articles.get(id) ?? [] }));
}
