/** `telltale stories`: news events in time order in; the story of each, what it copies and who was first out, one line an item. */
import { z } from 'zod';
import { languageOf } from '#lib/domain/news/language.ts';
import { rootOf } from '#lib/domain/news/origin.ts';
import { dayOf, Stories, WINDOW, type Placed } from '#lib/domain/news/stories.ts';
import { organisationsIn } from '#lib/domain/news/terms.ts';
import { parseInstant } from '#lib/domain/time.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import type { Matcher } from '#lib/domain/watchlist/matcher.ts';
import { reporter } from './filter.ts';
import type { Filter } from './filter.ts';
import { records } from './lines.ts';
import type { Unreadable } from './lines.ts';
import { watchlistOf, watchlistOption } from './watchlist-option.ts';

/** A news event, laxer than at a door: only what is read of it. */
const article = z
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

/** Each item's place among the stories as JSON. Memory is that of six days: an item may come three days late. */
export async function* storiesFilter(
	lines: AsyncIterable<string>,
	matcher: Matcher,
	unreadable: Unreadable
): AsyncGenerator<string> {
	const stories = new Stories<string | number>();
	const sources = new Sources();
	let newest = -Infinity;
	for await (const item of records(lines, article, unreadable)) {
		const { id, title, text, publishedAt } = item;
		if (dayOf(publishedAt) > dayOf(newest)) {
			newest = publishedAt;
			const oldest = newest - 2 * WINDOW;
			for (const day of stories.days()) if (day < dayOf(oldest)) stories.forget(day);
			sources.forgetBefore(oldest);
		}
		const placed = stories.place({
			...item,
			language: languageOf(`${title}\n${text}`),
			organisations: organisationsIn(matcher, title, text)
		});
		yield JSON.stringify({ id, ...placed, ...sources.count(item, placed) });
	}
}

/** What the stories seen of late rest on. */
class Sources {
	readonly #stories = new Map<string | number, { roots: Set<string>; last: number }>();

	/** Whether an item is the first of its story, and on how many independent sources that rests with it. */
	count(item: z.output<typeof article>, { story, copyOf }: Placed<string | number>) {
		const known = this.#stories.get(story);
		const { roots, last } = known ?? { roots: new Set<string>(), last: -Infinity };
		if (copyOf === null) roots.add(rootOf(item, roots));
		this.#stories.set(story, { roots, last: Math.max(last, item.publishedAt) });
		return { first: known === undefined, independentSources: roots.size };
	}

	forgetBefore(time: number): void {
		for (const [story, { last }] of this.#stories) if (last < time) this.#stories.delete(story);
	}
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
