import { articlesOf } from '#lib/server/store/news.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';
import { readPairs } from './pairs.ts';

/** Pairs before somebody asks for all. */
const SHOWN = 12;

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const shown = shownDay(url);
	const all = url.searchParams.has('all');
	return reading(services, async () => {
		const [pairs, names] = await Promise.all([readPairs(services, shown), readNames(services.desk, locale)]);
		const page = all ? pairs : pairs.slice(0, SHOWN);
		const newest = await articlesOf(services.store, page.flatMap(({ articles }) => articles?.newest ?? [])); // prettier-ignore
		const titles = new Map(newest.map((article) => [`${article.id} ${article.content}`, article]));
		return {
			day: shown.day,
			all,
			first: SHOWN,
			total: pairs.length,
			pairs: page.map(({ pair, articles, clauses, referrals }) => ({
				organisations: names.organisations(pair),
				articles: articles && {
					count: articles.articles,
					texts: articles.texts,
					last: articles.last,
					weeks: articles.weeks,
					headlines: articles.newest.flatMap(({ id, content }) => {
						const article = titles.get(`${id} ${content}`);
						if (!article) return [];
						const { title, publisher, publishedAt, language } = article;
						return [{ id, title, publisher, publishedAt, language }];
					})
				},
				clauses: clauses.map(({ pair: _, ...clause }) => clause),
				referrals: referrals.map(({ pair: _, ...referral }) => ({
					...referral,
					byName: names.organisation(referral.by),
					ofName: names.organisation(referral.of)
				}))
			}))
		};
	});
};
