/** `telltale stories`: news events in time order in; the story of each, what it copies and who was first out, one line an item. */
import { z } from 'zod';
import { Stories } from '#lib/domain/news/stories.ts';
import { parseInstant } from '#lib/domain/time.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import type { Matcher } from '#lib/domain/watchlist/matcher.ts';
import { reporter } from './filter.ts';
import type { Filter } from './filter.ts';
import { records } from './lines.ts';
import type { Unreadable } from './lines.ts';
import { watchlistOf, watchlistOption } from './watchlist-option.ts';

/** A news event, laxer than at a door: only what is read of it. */
const item = z
	.object({
		id: z.union([z.string(), z.number()]).optional(),
		url: z.string().optional(),
		title: z.string().nullish(),
		text: z.string().nullish(),
		publisher: z.string().nullish(),
		publishedAt: z.string().transform((value, context) => {
			const at = parseInstant(value);
			if (at !== null) return at;
			context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time' });
			return z.NEVER;
		})
	})
	.transform(({ id, url, title, text, publisher, publishedAt }, context) => {
		const name = id ?? url;
		if (name !== undefined)
			return { id: name, title: title ?? '', text: text ?? '', publisher: publisher ?? '', publishedAt };
		context.addIssue({ code: 'custom', message: 'has neither id nor url' });
		return z.NEVER;
	});

/** Each item's place among the stories as JSON. Memory is that of the last 72 hours. */
export async function* storiesFilter(
	lines: AsyncIterable<string>,
	matcher: Matcher,
	unreadable: Unreadable
): AsyncGenerator<string> {
	const stories = new Stories<string | number>(matcher);
	for await (const article of records(lines, item, unreadable))
		yield JSON.stringify({ id: article.id, ...stories.add(article) });
}

export const stories: Filter = {
	describe: 'news events to the stories they belong to: copies, first reports, independent sources',
	options: [watchlistOption],
	async run(context) {
		const watchlist = await watchlistOf(context);
		if (!watchlist) return 2;
		const report = reporter(context);
		for await (const line of storiesFilter(context.input, compile(watchlist), report.unreadable))
			await context.write(line);
		return report.status();
	}
};
