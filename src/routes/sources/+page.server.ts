import { error, fail, redirect } from '@sveltejs/kit';
import { replay } from '#lib/server/doors/replay.ts';
import { statusOf } from '#lib/server/api/problem.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { Services } from '#lib/server/services.ts';
import { readSources } from '#lib/server/sources.ts';
import { pageId } from '#lib/server/fetch/watched-page.ts';
import { arrivals, overview } from '#lib/server/store/overview.ts';
import { problemText } from '#lib/ui/faults.ts';
import { reasonText } from '#lib/ui/reasons.ts';
import { documents } from '#lib/server/store/policies.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import { readNames } from '../names.ts';
import { late, silent } from '../unseen.ts';
import { reading } from '../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { daysOf, lastDays } from './days.ts';
import { letterShown } from './letter.ts';

/** Letters a page. */
const LETTERS = 20;
/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const { desk, store, config } = services;
	const now = Date.now();
	const before = url.searchParams.get('before');
	return reading(services, async () => {
		// This page says how the store is, so it has to stand without it.
		const unlessDown = <T>(asked: Promise<T>): Promise<T | null> =>
			asked.catch((problem: unknown) => {
				if (isProblem(problem, 'store-unavailable')) return null;
				throw problem;
			});
		const [sources, names, visits, topics, hours, read, charted, counts, letters] = await Promise.all([
			readSources(services, now),
			readNames(desk, locale),
			desk.visits.since(lastDays(now)[0] ?? ''),
			unlessDown(overview(store)),
			unlessDown(arrivals(store, now)),
			unlessDown(documents(store)),
			unlessDown(destinations(store)),
			desk.deadLetters.count(),
			desk.deadLetters.list({ state: 'waiting', limit: LETTERS + 1, ...(before && { before }) })
		]);
		const page = letters.slice(0, LETTERS);
		const collected = new Set(sources.flatMap(({ kind, id }) => (kind === 'page' ? [id] : [])));
		return {
			now,
			sources: sources.map((source) => ({
				...source,
				error: source.error === null ? null : reasonText(source.error),
				days: daysOf(source.id, visits, now)
			})),
			/** What is seen by its own rhythm alone: no collector of ours that would say so reads it. */
			silent: silent(read ?? [], sources, now).filter((one) => !collected.has(pageId(one))),
			late: late(charted ?? []).map((one) => ({ ...one, name: names.host(one.destination) })),
			topics,
			hours,
			store: store.status(),
			log: config.kafka ? ('kafka' as const) : ('embedded' as const),
			counts,
			letters: page.map(letterShown),
			more: letters.length > LETTERS ? (page.at(-1)?.id ?? null) : null
		};
	});
};

async function settle(services: Services, form: FormData, work: (id: string) => Promise<unknown>) {
	const id = String(form.get('id') ?? '');
	try {
		await work(id);
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		if (problem.code !== 'invalid')
			error(statusOf(problem), { message: problemText(problem), code: problem.code });
		return fail(400, { id, message: problemText(problem), bytes: form.get('bytes')?.toString() ?? null });
	}
	redirect(303, '/sources#dead');
}

export const actions: Actions = {
	/** Through the door again: as it came, or as it was mended. */
	replay: async ({ locals: { services }, request }) => {
		const form = await request.formData();
		const mended = form.get('bytes');
		const bytes = typeof mended === 'string' ? Buffer.from(mended) : undefined;
		const { desk, log } = services;
		return settle(services, form, (id) => replay({ desk, log, id, bytes, who: WHO, now: Date.now }));
	},
	setAside: async ({ locals: { services }, request }) => {
		const form = await request.formData();
		return settle(services, form, (id) => services.desk.deadLetters.settle(id, 'set-aside', WHO, Date.now()));
	}
};
