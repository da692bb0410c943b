import { error, fail, redirect } from '@sveltejs/kit';
import { replay } from '#lib/server/doors/replay.ts';
import { statusOf } from '#lib/server/api/problem.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { Services } from '#lib/server/services.ts';
import { readSources } from '#lib/server/sources.ts';
import { arrivals, overview } from '#lib/server/store/overview.ts';
import { reading } from '../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { daysOf, lastDays } from './days.ts';
import { letterShown } from './letter.ts';

/** Letters a page. */
const LETTERS = 20;
/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';

export const load: PageServerLoad = async ({ locals: { services }, url }) => {
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
		const [sources, visits, topics, hours, counts, letters] = await Promise.all([
			readSources(services, now),
			desk.visits.since(lastDays(now)[0] ?? ''),
			unlessDown(overview(store)),
			unlessDown(arrivals(store, now)),
			desk.deadLetters.count(),
			desk.deadLetters.list({ state: 'waiting', limit: LETTERS + 1, ...(before && { before }) })
		]);
		const page = letters.slice(0, LETTERS);
		return {
			now,
			sources: sources.map((source) => ({ ...source, days: daysOf(source.id, visits, now) })),
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
			error(statusOf(problem), { message: problem.message, code: problem.code });
		return fail(400, { id, message: problem.message, bytes: form.get('bytes')?.toString() ?? null });
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
