import { error, fail, redirect } from '@sveltejs/kit';
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';
import { statusOf } from '#lib/server/api/problem.ts';
import { isProblem } from '#lib/server/errors.ts';
import { readFollowed } from '#lib/server/feeds/follow.ts';
import { rereading } from '#lib/server/re-reading.ts';
import { articlesSince, mentionedSince } from '#lib/server/store/named.ts';
import { readUnwatched } from '#lib/server/unwatched.ts';
import { fingerprint, saveOrganisation, watchlistHistory } from '#lib/server/watchlist-edit.ts';
import { RECENT_DAYS, recentFrom } from '#lib/server/watchlist-preview.ts';
import { readLayers } from '#lib/server/watchlist.ts';
import { WATCHLIST } from '#lib/ui/addresses.ts';
import { readNames } from '../names.ts';
import { pageOf } from '../paging.ts';
import { reading } from '../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { alsoOf, found, namesOf, type Hit } from './found.ts';

/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';
const PAGE = 50;
const VERSIONS = 6;
/** Names that a version of them says. */
const NAMES = 12;
/** Organisations that a list to choose from may have. */
const CHOICES = 500;
/** Names that nobody watches, of those that were found. */
const SUGGESTED = 20;

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const { desk, store } = services;
	const from = recentFrom(Date.now());
	const said = (name: string) => url.searchParams.get(name)?.trim().slice(0, 200) ?? '';
	const asked = { query: said('q'), stance: said('stance') };
	return reading(services, async () => {
		const [{ organisations, workspace }, names, mentioned, articles, history, reread, feeds] =
			await Promise.all([
				readLayers(desk),
				readNames(desk, locale),
				mentionedSince(store, { from }),
				articlesSince(store, { from }),
				watchlistHistory(desk, VERSIONS),
				rereading(desk),
				readFollowed(desk)
			]);
		const unwatched = await readUnwatched(desk, organisations);
		const counts = new Map(mentioned.map((one) => [one.organisation, one]));
		const articlesOf = ({ id }: { id: string }) => counts.get(id)?.articles ?? 0;
		const own = new Set(workspace.organisations.map(({ id }) => id));
		const hits = found(organisations, asked).sort(
			({ organisation: a }, { organisation: b }) => articlesOf(b) - articlesOf(a) || (a.id < b.id ? -1 : 1)
		);
		const rowOf = ({ organisation, by }: Hit) => ({
			id: organisation.id,
			name: names.organisation(organisation.id),
			by,
			also: alsoOf(organisation, names.organisation(organisation.id)),
			stance: organisation.stance,
			owner: organisation.owner ? names.organisations([organisation.owner])[0] : undefined,
			names: namesOf(organisation).length,
			articles: articlesOf(organisation),
			last: counts.get(organisation.id)?.last ?? null,
			edited: own.has(organisation.id)
		});
		const { page, pages, shown } = pageOf(hits, said('page'), PAGE);
		const [top] = hits;
		const named = (stance: string) =>
			organisations
				.filter((one) => one.stance === stance)
				.sort((a, b) => articlesOf(b) - articlesOf(a))
				.map(({ id }) => ({ id, name: names.organisation(id) }));
		return {
			asked,
			rows: shown.map(rowOf),
			found: hits.length,
			page,
			pages,
			watched: organisations.length,
			names: organisations.reduce((sum, organisation) => sum + namesOf(organisation).length, 0),
			own: named('own'),
			rivals: named('rival'),
			most: top && !asked.query && !asked.stance && articlesOf(top.organisation) > 0 ? rowOf(top) : null,
			silent: organisations.filter(({ id }) => !counts.has(id)).length,
			articles,
			reread: reread && { read: reread.read, of: reread.of },
			feeds: feeds.length,
			days: RECENT_DAYS,
			unwatched: unwatched.slice(0, SUGGESTED).map((one) => ({
				...one,
				beside: names.organisations(one.beside.slice(0, 3)).map(({ name }) => name)
			})),
			choices: organisations.some(({ stance }) => stance === 'own') ? [] : names.watched.slice(0, CHOICES),
			history: history.map(({ version, who, at, added, changed, removed }) => ({
				version,
				who,
				at,
				added: first(added),
				changed: first(changed),
				removed: first(removed)
			}))
		};
	});
};

/** The first ones of a long list, and how many there are. */
const first = (list: readonly Organisation[]) => ({
	of: list.length,
	names: list.slice(0, NAMES).map(({ id, name }) => ({ id, name }))
});

export const actions: Actions = {
	/** Says which organisation is ours. */
	own: async ({ locals: { services }, request }) => {
		const given = (await request.formData()).get('own')?.toString().trim() ?? '';
		const { desk } = services;
		try {
			const { organisations } = await readLayers(desk);
			const mine = organisations.find(
				({ id, name, aliases }) => id === given || [name, ...aliases].includes(given)
			);
			if (!mine) return fail(400, { own: given });
			const edit = { base: fingerprint(mine), who: WHO, at: Date.now() };
			await saveOrganisation(desk, { ...mine, stance: 'own' }, edit);
		} catch (problem) {
			if (!isProblem(problem)) throw problem;
			error(statusOf(problem), { message: problem.message, code: problem.code });
		}
		redirect(303, WATCHLIST);
	}
};
