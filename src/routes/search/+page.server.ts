import { search, wordsOf } from '#lib/server/search.ts';
import { oneLine } from '#lib/ui/outside.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';

const MOST_CHARACTERS = 200;

export const load: PageServerLoad = async ({ locals: { services, locale }, url, request }) => {
	const { known } = shownDay(url);
	const query = (url.searchParams.get('q') ?? '').trim().slice(0, MOST_CHARACTERS);
	return reading(services, async () => {
		const [{ organisations }, names] = await Promise.all([
			services.reading(),
			readNames(services.desk, locale)
		]);
		const found = await search(services.store, organisations, { query, ...known }, request.signal);
		return {
			query,
			words: wordsOf(query),
			...found,
			organisations: found.organisations.map((one) => {
				const shown = names.organisation(one.id);
				return { ...one, shown, by: one.by.filter((name) => name !== shown) };
			}),
			articles: found.articles.map(({ id, title, publisher, publishedAt, language, excerpt }) => ({
				id, title: oneLine(title), publisher: oneLine(publisher), publishedAt, language, excerpt
			})) // prettier-ignore
		};
	});
};
