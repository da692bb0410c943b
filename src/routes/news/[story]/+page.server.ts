import { error, redirect } from '@sveltejs/kit';
import { ownerOf } from '#lib/domain/news/origin.ts';
import { readReliability } from '#lib/server/reliability.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { articlesOf, article } from '#lib/server/store/news.ts';
import { storyArticles, storyOf, type StoryArticle } from '#lib/server/store/stories.ts';
import type { Services } from '#lib/server/services.ts';
import { storyPlacements } from '#lib/server/story-placements.ts';
import { storyPath } from '#lib/ui/addresses.ts';
import { readNames } from '../../names.ts';
import { reading, shownDay } from '../../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { join, movedTo, offers, part, place, placingOf, trying } from './placing.ts';
import { oldOf } from './old.ts';
import { sentencesOf } from './sentences.ts';
import { tell } from './told.ts';
import { save, verdictOn } from './verdict.ts';

/** Publishers whose reliability is told. */
const JUDGED = 10;

export const load: PageServerLoad = async ({ locals: { services, locale }, params, url }) => {
	const { now, known } = shownDay(url);
	const { store, desk } = services;
	const { story } = params;
	if (!/^\d{1,20}$/.test(story) || BigInt(story) >= 1n << 64n) error(404, { message: story });
	return reading(services, async () => {
		const found = await storyAt(services, story, known.asOf);
		if (found === null) error(404, { message: story });
		if (typeof found === 'string')
			redirect(307, `${storyPath(found, Object.fromEntries(url.searchParams))}#a${story}`);
		const [told, names, judge, verdict, placements, old] = await Promise.all([
			judgedSignals(store, desk, known.asOf).then((judged) =>
				tell(store, found, { asOf: known.asOf, judged })
			),
			readNames(desk, locale),
			readReliability({ store, desk, now, ...known }),
			verdictOn(desk, story),
			storyPlacements(desk, known.asOf === undefined ? undefined : Date.parse(known.asOf)),
			oldOf(store, found, known.asOf)
		]);
		const publishers = [...new Set(told.roots.map(({ report }) => report.publisher))];
		const organisations = common(found.flatMap(({ organisations }) => organisations));
		const judged = publishers.slice(0, JUDGED).map((publisher) => ({ publisher, ...judge(publisher) }));
		const said = { ...told, articles: found.length, owner: behind(found), judged: judged[0], old };
		return {
			story,
			...told,
			articles: found.length,
			sentences: sentencesOf(said, now, locale),
			languages: [...new Set(found.flatMap(({ language }) => language || []))],
			organisations: names.organisations(organisations.slice(0, 6)),
			names: Object.fromEntries(
				names
					.organisations([...new Set([...organisations, ...signalled(told.roots)])])
					.map(({ id, name }) => [id, name])
			),
			judged,
			verdict,
			old,
			placing: placingOf(story, found, placements, now),
			/** Stories that it may be joined with, once somebody asks. */
			offers: url.searchParams.has('join') ? await offers(services, story, found, organisations[0]) : null
		};
	});
};

export const actions: Actions = {
	/** Whether it is one story. */
	verdict: async ({ locals: { services }, params, url, request }) =>
		save(services, params.story, url, await request.formData()),
	/** A report is another story, or is none any more. */
	place: async ({ locals: { services }, params, request }) => {
		const form = await request.formData();
		return trying(() => place(services, params.story, form));
	},
	/** It is the same story as another. */
	join: async ({ locals: { services }, params, request }) => {
		const form = await request.formData();
		return trying(() => join(services, params.story, form));
	},
	/** It is not, after all. */
	part: async ({ locals: { services }, params, request }) => {
		const form = await request.formData();
		return trying(() => part(services, params.story, form));
	}
};

/** All articles of a story; the id of the story that an article is in, or what was a story's, where it is none's; null where there is nothing. */
async function storyAt(
	services: Pick<Services, 'store' | 'desk'>,
	id: string,
	asOf: string | undefined
): Promise<StoryArticle[] | string | null> {
	const { store } = services;
	const articles = await storyArticles(store, [id], { asOf });
	if (articles.length) return articles;
	const story = await storyOf(store, id, asOf);
	if (story !== null) return story;
	// Stored, and not yet placed among the others.
	const alone = await article(store, id, asOf);
	if (!alone) return movedTo(services, id);
	return (await articlesOf(store, [alone])).map((one) => ({ ...one, story: id, copyOf: null }));
}

const signalled = (
	roots: readonly { text: { signals: { a: string; b: string; agent: string }[] } | null }[]
) =>
	roots.flatMap(
		({ text }) => text?.signals.flatMap(({ a, b, agent }) => [a, b, agent].filter(Boolean)) ?? []
	);

/** Whoever owns the outlets of most copies, from three on. */
function behind(articles: readonly StoryArticle[]): { owner: string; copies: number } | null {
	const owners = articles.flatMap(({ copyOf, publisher }) =>
		copyOf === null ? [] : (ownerOf(publisher) ?? [])
	);
	const [owner] = common(owners);
	const copies = owners.filter((one) => one === owner).length;
	return owner !== undefined && copies >= 3 ? { owner, copies } : null;
}

/** Each once, the most frequent first. */
function common(values: readonly string[]): string[] {
	const counts = Map.groupBy(values, (value) => value);
	return [...counts]
		.sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
		.map(([value]) => value);
}
