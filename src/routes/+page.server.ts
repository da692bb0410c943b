import { readSources } from '#lib/server/sources.ts';
import { articles } from '#lib/server/store/news.ts';
import { overview } from '#lib/server/store/overview.ts';
import { documents } from '#lib/server/store/policies.ts';
import type { PageServerLoad } from './$types';
import { movers } from './movers.ts';
import { readNames } from './names.ts';
import { reading, shownDay } from './view.ts';

/** Lines a section of the first page. */
const LINES = 5;

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const shown = shownDay(url);
	const { now, known } = shown;
	const { store, desk } = services;
	return reading(services, async () => {
		const names = await readNames(desk, locale);
		const [topics, sources, moved, policies, news] = await Promise.all([
			overview(store),
			readSources(services, now),
			movers(store, shown, names),
			documents(store, known),
			articles(store, { limit: LINES, ...known })
		]);
		return {
			topics,
			sources,
			movers: moved,
			policies: policies
				.flatMap(({ changed, ...one }) => (changed === null ? [] : [{ ...one, changed }]))
				.sort((a, b) => (a.changed > b.changed ? -1 : 1))
				.slice(0, LINES),
			documents: policies.length,
			news: news.map((article) => ({ ...article, organisations: names.organisations(article.organisations) }))
		};
	});
};
