/** What is derived of an article, by consumer and rebuild alike: the same article gives the same rows. */
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { MentionRow } from '#lib/server/store/mentions.ts';
import type { NewsRow } from '#lib/server/store/news.ts';
import { knownOf } from '#lib/server/store/rows.ts';
import type { StoryRow } from '#lib/server/store/stories.ts';
import type { Reading } from '#lib/server/watchlist.ts';

/** Organisations that an article names, word for word. */
export function mentionsIn(row: NewsRow, { matcher, watchlist }: Reading): MentionRow[] {
	const { title, text = '', publishedAt } = row.event;
	const common = {
		...keyOf(row),
		publishedAt,
		known: knownIn(row),
		watchlist,
		recorded: formatInstant(row.accepted)
	};
	return matcher.mentionsIn({ title, text }).map((mention) => ({ ...common, ...mention, live: true }));
}

/** Until articles are clustered each is a story of its own. */
export function storyOf(row: NewsRow): StoryRow {
	const key = keyOf(row);
	const { publishedAt } = row.event;
	return {
		...key,
		story: key.id,
		copyOf: null,
		publishedAt,
		known: knownIn(row),
		recorded: formatInstant(row.accepted)
	};
}

const keyOf = ({ event }: NewsRow) => ({ id: articleId(event.url), content: contentId(event) });
const knownIn = (row: NewsRow): string => knownOf(row.event.observedAt, row.event.publishedAt, row).known;
