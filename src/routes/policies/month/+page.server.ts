import { error } from '@sveltejs/kit';
import { policyRecord } from '#lib/server/policy-record.ts';
import { documents } from '#lib/server/store/policies.ts';
import { readNames } from '../../names.ts';
import { reading, shownDay } from '../../view.ts';
import { named } from '../named.ts';
import type { PageServerLoad } from './$types';
import { monthOf, shifted } from './month.ts';

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const { now, day, known } = shownDay(url);
	const said = url.searchParams.get('month');
	const month = monthOf(said, day);
	if (month === undefined) error(400, { message: `month=${said ?? ''}`, code: 'invalid' });
	const { store, desk } = services;
	return reading(services, async () => {
		const clock = known.asOf === undefined ? now : Date.parse(known.asOf);
		const [all, names, watched] = await Promise.all([
			documents(store, known),
			readNames(desk, locale),
			services.reading()
		]);
		const until = shifted(month, 1);
		const touched = all.filter(({ first, changed }) => changed !== null && changed >= month && first < until);
		const record = await policyRecord(store, touched, { now: clock, ...known, reading: watched });
		const own = record.filter(({ at }) => at >= month && at < until);
		/** Whose document it is, by the watchlist where it is there. */
		const owner = (service: string) => {
			const [found] = watched.matcher.mentions(service);
			return found ? names.organisation(found.organisation) : service;
		};
		const groups = Map.groupBy(own, ({ service }) => owner(service));
		const isReal = ({ verdict }: { verdict: string }) => verdict === 'confirmed' || verdict === 'pending';
		return {
			month,
			earlier: all.some(({ first }) => first < month) ? shifted(month, -1) : null,
			later: until <= day.slice(0, 7) ? until : null,
			documents: all.length,
			groups: [...groups]
				.map(([organisation, changes]) => ({
					organisation,
					changes: changes
						.filter(isReal)
						.sort((a, b) => Number(a.verdict !== 'confirmed') - Number(b.verdict !== 'confirmed'))
						.map((change) => named(change, names)),
					noise: changes.filter((change) => !isReal(change)).length
				}))
				.sort((a, b) => b.changes.length - a.changes.length || a.organisation.localeCompare(b.organisation))
		};
	});
};
