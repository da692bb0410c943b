/** Stories: articles that report the same thing. Derived. */
import { z } from 'zod';
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { insertDerived, type Into } from './derived.ts';
import { articlesOf, LANGUAGE, liveMentions, matchedBy, patterns, type ArticleItem } from './news.ts';
import { id, inParts, instant, knownBy, whole } from './rows.ts';
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

export interface StoryFilter {
	/** Stories with an article published then; RFC 3339, both included. */
	from?: string;
	to?: string;
	asOf?: string;
	/** With an article that names this organisation, by watchlist id. */
	organisation?: string;
	/** With an article that carries such a signal. */
	type?: SignalType;
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

/** What an article may have that makes its story fit. */
const wanted = ({ organisation, type, language, words, asOf }: StoryFilter) =>
	[
		organisation !== undefined &&
			`(id, content) IN (SELECT id, content FROM ${liveMentions('organisation = {organisation:String}')} WHERE live)`,
		type !== undefined &&
			`id IN (SELECT article FROM (
				SELECT toUInt64OrZero(evidence.id) AS article, live, probability FROM signals
				WHERE type = {type:String} AND evidence.kind = 'news' AND ${knownBy(asOf)}
				ORDER BY recorded DESC, position DESC LIMIT 1 BY id
			) WHERE live AND probability >= .5)`,
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
	const { before, words, id: one, ...rest } = query;
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
				...patterns(words)
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

const typed = z.object({ article: id, types: z.array(z.enum(SIGNAL_TYPES)) });

/** Types of live signals from .5 on, by article (ids). */
export async function signalTypes(
	store: Store,
	articles: readonly string[],
	asOf: string | undefined,
	signal?: AbortSignal
): Promise<Map<string, SignalType[]>> {
	const found = await inParts(articles, (part) =>
		store.select({
			sql: `SELECT article, groupUniqArray(type::String) AS types FROM (
					SELECT evidence.id AS article, type, live, probability FROM signals
					WHERE evidence.kind = 'news' AND evidence.id IN {articles:Array(String)} AND ${knownBy(asOf)}
					ORDER BY recorded DESC, position DESC LIMIT 1 BY id
				) WHERE live AND probability >= .5 GROUP BY article`,
			params: { articles: part, ...(asOf !== undefined && { asOf }) },
			row: typed,
			...(signal && { signal })
		})
	);
	return new Map(found.map(({ article, types }) => [article, types]));
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
