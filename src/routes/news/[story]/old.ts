/** An article that says it is days older than when anybody saw it: a story goes by what articles say, so it stands alone. */
import { sentences } from '#lib/domain/news/sentences.ts';
import { WINDOW } from '#lib/domain/news/stories.ts';
import { textsOf, withWords } from '#lib/server/store/news.ts';
import type { Store } from '#lib/server/store/store.ts';
import { storyOf, type StoryArticle } from '#lib/server/store/stories.ts';
import { oneLine } from '#lib/ui/outside.ts';

/** UTF-16 units of a text in which sentences are looked for that tell it from others; of a sentence, and how many. */
const READ = 4_000;
const TELLING = { least: 24, most: 160, sentences: 3 };
/** Articles with the same words that are looked at, and stories that are told of. */
const LOOKED_AT = 24;
const TOLD = 3;
/** UTF-16 units of a title or a name. */
const TITLE = 120;

export interface Old {
	/** When it says that it was published, and when it was seen, ms. */
	says: number;
	seen: number;
	/** Articles with the same words, one a story. */
	same: { id: string; story: string; title: string; publisher: string; at: number }[];
}

/** Null where a story has more than one article, or one that was seen within days of its date. */
export async function oldOf(
	store: Store,
	articles: readonly StoryArticle[],
	asOf: string | undefined
): Promise<Old | null> {
	const [one, other] = articles;
	if (!one || other || one.assumed) return null;
	const [says, seen] = [Date.parse(one.publishedAt), Date.parse(one.known)];
	if (seen - says <= WINDOW) return null;
	const told = tellingOf((await textsOf(store, [one])).get(one.id) || one.title);
	const known = asOf === undefined ? {} : { asOf };
	const found = await withWords(store, { told, but: one.id, near: one.known, limit: LOOKED_AT, ...known });
	const placed = await Promise.all(
		found.map(async (article) => ({ article, story: (await storyOf(store, article.id, asOf)) ?? article.id }))
	);
	const same = [...Map.groupBy(placed, ({ story }) => story)].slice(0, TOLD).flatMap(([story, [first]]) => {
		if (!first) return [];
		const { id, title, publisher, publishedAt } = first.article;
		return [{ id, story, title: oneLine(title, TITLE), publisher: oneLine(publisher, TITLE), at: Date.parse(publishedAt) }];
	}); // prettier-ignore
	return { says, seen, same };
}

/** The longest sentences of a text's beginning, those that are long enough; whoever copies it may change one. */
const tellingOf = (text: string): string[] =>
	sentences(text.slice(0, READ))
		.map(({ start, end }) => text.slice(start, Math.min(end, start + TELLING.most)))
		.filter(({ length }) => length >= TELLING.least)
		.sort((a, b) => b.length - a.length)
		.slice(0, TELLING.sentences);
