/** Stories: articles that report the same thing. Derived. */
import { z } from 'zod';
import { insertDerived, type Into } from './derived.ts';
import { articlesOf, type ArticleItem } from './news.ts';
import { id, instant, knownBy } from './rows.ts';
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
}

export const insertStories = (store: Store, rows: readonly StoryRow[], into: Into = {}): Promise<void> =>
	insertDerived(
		store,
		'stories',
		rows.map((row) => ({ ...row, copyOf: row.copyOf ?? '0' })),
		into
	);

export interface StoryQuery {
	/** This story alone. */
	id?: string;
	/** Stories with an article published then; RFC 3339, both included. */
	from?: string;
	to?: string;
	asOf?: string;
	limit: number;
	/** The last story of the page before. */
	before?: { at: string; id: string };
}

export interface Story {
	id: string;
	/** When its newest article in the asked time was published. */
	at: string;
	/** All of its articles, earliest first. */
	articles: (ArticleItem & { copyOf: string | null })[];
}

const member = z.object({ story: id, at: instant, id, content: id, copyOf: id });

/** Newest first. */
export async function stories(store: Store, query: StoryQuery, signal?: AbortSignal): Promise<Story[]> {
	const { before, ...rest } = query;
	const at = (name: string) => `parseDateTime64BestEffort({${name}:String}, 3, 'UTC')`;
	const within = [
		query.id === undefined ? 'true' : 'story = {id:UInt64}',
		query.from === undefined ? 'true' : `publishedAt >= ${at('from')}`,
		query.to === undefined ? 'true' : `publishedAt <= ${at('to')}`
	].join(' AND ');
	const members = await store.select({
		sql: `WITH members AS (
				SELECT id, content, story, copyOf, publishedAt FROM stories FINAL WHERE ${knownBy(query.asOf)}
				ORDER BY recorded DESC, content LIMIT 1 BY id
			)
			SELECT story, at, id, content, copyOf FROM members
			JOIN (
				SELECT story, max(publishedAt) AS at FROM members WHERE ${within} GROUP BY story
				HAVING ${before ? `(at, story) < (${at('beforeAt')}, {beforeId:UInt64})` : 'true'}
				ORDER BY at DESC, story DESC LIMIT {limit:UInt32}
			) AS page USING story
			ORDER BY at DESC, story DESC, publishedAt, id`,
		params: { ...rest, ...(before && { beforeAt: before.at, beforeId: before.id }) },
		row: member,
		...(signal && { signal })
	});
	if (members.length === 0) return [];
	const known = new Map((await articlesOf(store, members, signal)).map((article) => [article.id, article]));
	const found = new Map<string, Story>();
	for (const { story, at, id, copyOf } of members) {
		const article = known.get(id);
		if (!article) continue;
		const into = found.get(story) ?? { id: story, at, articles: [] };
		into.articles.push({ ...article, copyOf: copyOf === '0' ? null : copyOf });
		found.set(story, into);
	}
	return [...found.values()];
}
