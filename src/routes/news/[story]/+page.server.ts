import { error } from '@sveltejs/kit';
import { mentionsOf } from '#lib/server/store/mentions.ts';
import { article } from '#lib/server/store/news.ts';
import { stories } from '#lib/server/store/stories.ts';
import { readNames } from '../../names.ts';
import { reading, shownDay } from '../../view.ts';
import type { PageServerLoad } from './$types';
import { marked } from './marked.ts';

export const load: PageServerLoad = async ({ locals: { services, locale }, params, url }) => {
	const { known } = shownDay(url);
	const { store, desk } = services;
	if (!/^\d{1,20}$/.test(params.story)) error(404, { message: params.story });
	return reading(services, async () => {
		const [story] = await stories(store, { id: params.story, limit: 1, ...known });
		if (!story) error(404, { message: params.story });
		const [first] = story.articles;
		const [names, text, mentions] = await Promise.all([
			readNames(desk, locale),
			first ? article(store, first.id, known.asOf) : null,
			first ? mentionsOf(store, [first.id]) : []
		]);
		const own = mentions.filter(({ content }) => content === text?.content);
		return {
			articles: story.articles.map(({ excerpt: _, ...one }) => ({
				...one,
				organisations: names.organisations(one.organisations)
			})),
			first: text && {
				...text,
				organisations: names.organisations(text.organisations),
				title: marked(
					text.title,
					own.filter(({ field }) => field === 'title')
				),
				text: marked(
					text.text ?? '',
					own.filter(({ field }) => field === 'text')
				)
			}
		};
	});
};
