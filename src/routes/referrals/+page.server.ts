import { lastPeriod, mostMoved, movements } from '#lib/domain/referrals/movement.ts';
import { sourceOf } from '#lib/domain/referrals/sources.ts';
import { readShares } from '#lib/server/shares.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';
import { choose } from './choice.ts';
import { fold } from './shown.ts';
import { EMPTY, tableOf } from './rows.ts';

/** Names of the sources on the page; what the table of sources does not know keeps its own. */
const namesOf = (all: { source: string }[]) =>
	Object.fromEntries(all.map(({ source }) => [source, sourceOf(source).name]));

export const load: PageServerLoad = async ({ locals: { services }, url }) => {
	const { known } = shownDay(url);
	const { store } = services;
	return reading(services, async () => {
		const chosen = choose(await destinations(store, known), url.searchParams);
		if (!chosen) return { chosen, shares: null };
		const { destination, metric, provider, grain, by, from, to, subject } = chosen.choice;
		const query = {
			destination,
			metric,
			provider,
			grain,
			by,
			...known,
			...(from && { from }),
			...(to && { to })
		};
		const { series } = await readShares(store, query);
		const final = lastPeriod(series);
		const own = movements(series).find(({ source }) => source === subject);
		const movement = own ?? mostMoved(series);
		const shown = fold(series, movement?.source ?? null);
		const table = final === null ? EMPTY : await tableOf(store, { ...query, series, final });
		return {
			chosen,
			shares: {
				...shown,
				movement,
				final,
				/** Of how many days the last period is made. */
				reported: series.reduce((most, { points }) => {
					const last = points.at(-1);
					return last?.from === final ? Math.max(most, last.days) : most;
				}, 0),
				names: by === 'channel' ? {} : namesOf([...shown.series, ...table.rows]),
				table
			}
		};
	});
};
