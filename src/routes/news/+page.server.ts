import { articles, type ArticleQuery } from '#lib/server/store/news.ts';
import { parseInstant } from '#lib/domain/time.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';

const PAGE = 50;

/** `time~id` of the last article of the page before. */
function cursor(said: string | null): ArticleQuery['before'] {
	const [publishedAt = '', id = ''] = said?.split('~') ?? [];
	return parseInstant(publishedAt) !== null && /^\d{1,20}$/.test(id) ? { publishedAt, id } : undefined;
}

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const { known } = shownDay(url);
	const said = (name: string) => url.searchParams.get(name) ?? '';
	const filter = {
		organisation: said('organisation'),
		language: said('language'),
		words: said('q').trim().slice(0, 200)
	};
	const before = cursor(url.searchParams.get('before'));
	const query: ArticleQuery = {
		...known,
		limit: PAGE + 1,
		...(filter.organisation && { organisation: filter.organisation }),
		...(filter.language && { language: filter.language }),
		...(filter.words && { words: filter.words }),
		...(before && { before })
	};
	return reading(services, async () => {
		const [found, names] = await Promise.all([
			articles(services.store, query),
			readNames(services.desk, locale)
		]);
		const page = found.slice(0, PAGE);
		const last = page.at(-1);
		return {
			articles: page.map((article) => ({
				...article,
				organisations: names.organisations(article.organisations)
			})),
			more: found.length > PAGE && last ? `${last.publishedAt}~${last.id}` : null,
			paged: before !== undefined,
			filter,
			organisations: names.watched
		};
	});
};
