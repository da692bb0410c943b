/** Stories as pages and the API tell them: with who reported first, and how many sources are independent. */
import { spreadOf, type Spread, type SpreadArticle } from '#lib/domain/news/spread.ts';
import type { Store } from './store/store.ts';
import {
	movedStories,
	signalTypes,
	stories,
	storyArticles,
	type MovedStory,
	type SaidType,
	type Story,
	type StoryArticle,
	type StoryFilter
} from './store/stories.ts';

/** Articles of a story that are looked at for a line of a list, those first that repeat no other. */
const LOOKED_AT = 300;
/** Stories are looked at in so many steps at most where few have as many independent sources as are asked for. */
const STEPS = 12;

export interface StoryLine extends Omit<MovedStory, 'times'> {
	independentSources: number;
	/** The first report. */
	first: { id: string; title: string; publisher: string; language: string; at: number };
	/** Watchlist ids, those first that most reports name. */
	organisations: string[];
	/** Types of signals that its reports carry, those first that most do. */
	signals: SaidType[];
	languages: string[];
	/** When its articles were published and its independent reports seen, ms, ascending. */
	times: number[];
	roots: number[];
}

export interface LineQuery extends StoryFilter {
	/** Least number of independent sources. */
	least?: number;
	limit: number;
	before?: { at: string; id: string };
}

/** Lines of a list, the story that moved last first. `more`: the last story looked at, where there may be others. */
export async function storyLines(
	store: Store,
	{ least = 1, limit, before, ...filter }: LineQuery,
	signal?: AbortSignal
): Promise<{ lines: StoryLine[]; more: { at: string; id: string } | null }> {
	const lines: StoryLine[] = [];
	let from = before;
	for (let step = 0; step < STEPS; step++) {
		const found = await movedStories(
			store,
			{ ...filter, ...(least > 1 && { originals: least }), limit: limit + 1, ...(from && { before: from }) },
			signal
		);
		const page = await linesOf(store, found.slice(0, limit), filter, signal);
		for (const line of page) {
			if (line.independentSources < least) continue;
			lines.push(line);
			if (lines.length === limit)
				return { lines, more: line.id === found.at(-1)?.id ? null : { at: line.at, id: line.id } };
		}
		from = found.length > limit ? found[limit - 1] : undefined;
		if (!from) return { lines, more: null };
	}
	return { lines, more: from ?? null };
}

async function linesOf(
	store: Store,
	found: readonly MovedStory[],
	filter: Pick<StoryFilter, 'asOf' | 'corrections'>,
	signal: AbortSignal | undefined
): Promise<StoryLine[]> {
	const articles = await storyArticles(
		store,
		found.map(({ id }) => id),
		{ asOf: filter.asOf, most: LOOKED_AT },
		signal
	);
	const types = await signalTypes(store, articles, filter, signal);
	const byStory = Map.groupBy(articles, ({ story }) => story);
	return found.flatMap(({ times, ...story }): StoryLine[] => {
		const own = byStory.get(story.id) ?? [];
		const [first] = own;
		if (!first) return [];
		const { roots } = spread(own);
		const reports = roots.map(({ report }) => report);
		const lead = reports[0]?.article.story ?? first;
		return [
			{
				...story,
				independentSources: roots.length,
				first: {
					id: lead.id,
					title: lead.title,
					publisher: lead.publisher,
					language: lead.language,
					at: reports[0]?.at ?? Date.parse(lead.publishedAt)
				},
				organisations: common(own.flatMap(({ organisations }) => organisations)),
				signals: typesOf(own.flatMap(({ id }) => types.get(id) ?? [])),
				languages: common(own.flatMap(({ language }) => language || [])),
				times,
				roots: reports.map(({ at }) => at)
			}
		];
	});
}

/** Each once, the most frequent first. */
function common<T extends string>(values: readonly T[]): T[] {
	const counts = new Map<T, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
}

/** By person where nothing but a person says so. */
const typesOf = (said: readonly SaidType[]): SaidType[] =>
	common(said.map(({ type }) => type)).map((type) => ({
		type,
		byPerson: said.every((one) => one.type !== type || one.byPerson)
	}));

export interface StoredArticle extends SpreadArticle {
	/** As the store has it. */
	story: StoryArticle;
}

/** How a story spread, by what is stored of its articles. At least one. */
export const spread = (articles: readonly StoryArticle[]): Spread<StoredArticle> =>
	spreadOf(
		articles.map((story): StoredArticle => {
			const { id, title, excerpt, publisher, publishedAt, observedAt, copyOf } = story;
			return {
				id,
				title,
				text: excerpt,
				publisher,
				copyOf,
				publishedAt: Date.parse(publishedAt),
				observedAt: observedAt === null ? undefined : Date.parse(observedAt),
				story
			};
		})
	);

export interface ToldStory extends Story {
	/** Id of the article that reported it first. */
	first: string;
	independentSources: number;
}

/** Stories with all of their articles, newest first. */
export async function toldStories(
	store: Store,
	query: Parameters<typeof stories>[1],
	signal?: AbortSignal
): Promise<ToldStory[]> {
	return (await stories(store, query, signal)).flatMap((story): ToldStory[] => {
		if (story.articles.length === 0) return [];
		const { roots } = spread(story.articles);
		return [{ ...story, first: roots[0]?.report.article.id ?? story.id, independentSources: roots.length }];
	});
}
