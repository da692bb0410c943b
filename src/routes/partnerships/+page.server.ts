import { partiesOf } from '#lib/domain/partnerships/pairs.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { articlesOf } from '#lib/server/store/news.ts';
import { tallies } from '#lib/server/store/signals.ts';
import { oneLine } from '#lib/ui/outside.ts';
import { readNames } from '../names.ts';
import { COUNTS_FROM } from '../signals/asked.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';
import { readPairs } from './pairs.ts';
import { signalsByPair } from './told.ts';

/** Pairs before somebody asks for all. */
const SHOWN = 12;

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const shown = shownDay(url);
	const all = url.searchParams.has('all');
	return reading(services, async () => {
		const { store, desk } = services;
		const [pairs, names, watched, counts] = await Promise.all([
			readPairs(services, shown),
			readNames(desk, locale),
			services.reading(),
			judgedSignals(store, desk, shown.known.asOf).then(({ wrong }) =>
				tallies(store, { wrong, without: wrong, least: COUNTS_FROM, ...shown.known })
			)
		]);
		const told = signalsByPair(counts, partiesOf(watched.organisations));
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
				signals: told.get(pair.join(' ')) ?? null,
				articles: articles && {
					count: articles.articles,
					texts: articles.texts,
					last: articles.last,
					weeks: articles.weeks,
					headlines: articles.newest.flatMap(({ id, content }) => {
						const article = titles.get(`${id} ${content}`);
						if (!article) return [];
						const { title, publisher, publishedAt, language } = article;
						return [{ id, title: oneLine(title), publisher: oneLine(publisher), publishedAt, language }];
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
