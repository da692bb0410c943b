import { lastPeriod, mostMoved, movements } from '#lib/domain/referrals/movement.ts';
import { readNames } from '../names.ts';
import { readShares } from '#lib/server/shares.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';
import { choose } from './choice.ts';
import { fold } from './shown.ts';
import { EMPTY, tableOf } from './rows.ts';

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const { known } = shownDay(url);
	const { store, desk } = services;
	return reading(services, async () => {
		const chosen = choose(await destinations(store, known), url.searchParams);
		const names = await readNames(desk, locale);
		if (!chosen) return { chosen, shares: null, names: {} };
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
			/** What sources and destinations are called. */
			names: Object.fromEntries(
				[...shown.series, ...table.rows]
					.map(({ source }) => source)
					.concat(chosen.options.destinations)
					.map((host) => [host, names.host(host)])
			),
			shares: {
				...shown,
				movement,
				final,
				/** Of how many days the last period is made. */
				reported: series.reduce((most, { points }) => {
					const last = points.at(-1);
					return last?.from === final ? Math.max(most, last.days) : most;
				}, 0),
				table
			}
		};
	});
};
