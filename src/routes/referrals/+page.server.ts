import { lastPeriod, mostMoved, movements } from '#lib/domain/referrals/movement.ts';
import { movers } from '../movers.ts';
import { readNames } from '../names.ts';
import { finishedShares } from '../shares.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';
import { choose } from './choice.ts';
import { pack } from './columns.ts';
import { fold } from './shown.ts';
import { EMPTY, tableOf } from './rows.ts';

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const view = shownDay(url);
	const { known, over } = view;
	const { store, desk } = services;
	return reading(services, async () => {
		const [charted, names] = await Promise.all([destinations(store, known), readNames(desk, locale)]);
		// Who moved most is what a reader comes for.
		const [first] = url.searchParams.has('destination') ? [] : await movers(store, view, names);
		const chosen = choose(charted, url.searchParams, first?.destination);
		if (!chosen) return { chosen, shares: null, names: {}, labels: {} };
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
		const { series } = await finishedShares(store, query, over);
		const final = lastPeriod(series);
		const own = movements(series).find(({ source }) => source === subject);
		const movement = own ?? mostMoved(series);
		const shown = fold(series, movement?.source ?? null);
		const table = final === null ? EMPTY : await tableOf(store, { ...query, series, final });
		return {
			chosen,
			/** What sources and destinations are called. */
			names: names.hosts(
				[...shown.series, ...table.rows].map(({ source }) => source).concat(chosen.options.destinations)
			),
			/** The same in both scripts, for the ends of bands. */
			labels: names.both(shown.series.map(({ source }) => source)),
			shares: {
				...shown,
				series: pack(shown.series, movement?.source ?? null),
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
