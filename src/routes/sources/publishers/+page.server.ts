import { readReliability } from '#lib/server/reliability.ts';
import { publishers } from '#lib/server/store/publishers.ts';
import { pageOf } from '../../paging.ts';
import { reading, shownDay } from '../../view.ts';
import type { PageServerLoad } from './$types';
import { askedFor, ranked } from './ranked.ts';

const PAGE = 50;

export const load: PageServerLoad = async ({ locals: { services }, url }) => {
	const { now, known } = shownDay(url);
	const asked = askedFor(url.searchParams);
	return reading(services, async () => {
		const [found, judge] = await Promise.all([
			publishers(services.store, known),
			readReliability({ ...services, now, ...known })
		]);
		const judged = found.map((publisher) => ({ ...publisher, ...judge(publisher.publisher) }));
		const recorded = judged.filter(({ basis }) => basis === 'record');
		const hits = ranked(judged, asked);
		const { page, pages, shown } = pageOf(hits, url.searchParams.get('page') ?? '', PAGE);
		return {
			asked,
			publishers: shown,
			/** All that there are, those that are judged by their record, and those that are asked for. */
			all: judged.length,
			recorded: recorded.length,
			found: hits.length,
			/** Of those that were early and right the one of which that is surest. */
			best: recorded
				.flatMap(({ daysEarly, ...one }) => (daysEarly === null ? [] : [{ ...one, daysEarly }]))
				.sort((a, b) => (b.range?.low ?? 0) - (a.range?.low ?? 0))[0],
			page,
			pages
		};
	});
};
