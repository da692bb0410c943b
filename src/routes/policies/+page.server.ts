import { TOPICS } from '#lib/domain/policies/topics.ts';
import { pageId } from '#lib/server/fetch/watched-page.ts';
import { policyRecord } from '#lib/server/policy-record.ts';
import { documents } from '#lib/server/store/policies.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import type { PageServerLoad } from './$types';
import { blindSince } from './blind.ts';
import { named } from './named.ts';
import { keyOf, recordOf } from './record.ts';

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const { now, known } = shownDay(url);
	const { store, desk } = services;
	const said = (name: string) => url.searchParams.get(name) ?? '';
	const asked = { organisation: said('organisation'), topic: said('topic'), verdict: said('verdict') };
	return reading(services, async () => {
		const clock = known.asOf === undefined ? now : Date.parse(known.asOf);
		const [all, health, names, watched] = await Promise.all([
			documents(store, known),
			desk.health.all(),
			readNames(desk, locale),
			services.reading()
		]);
		const changed = all.filter((one) => one.changed !== null);
		const record = await policyRecord(store, changed, { now: clock, ...known, reading: watched });
		const own = Map.groupBy(record, keyOf);
		// What is known of collectors is known of today alone.
		const pages = new Map(
			known.asOf === undefined ? health.flatMap((one) => (one.kind === 'page' ? [[one.id, one]] : [])) : []
		);
		return {
			asked,
			documents: all.map((one) => {
				const { confirmed, pending, ...counts } = recordOf(own.get(keyOf(one)) ?? [], asked);
				return {
					...one,
					...counts,
					confirmed: confirmed && named(confirmed, names),
					pending: pending && named(pending, names),
					blind: blindSince(one, pages.get(pageId(one)), clock),
					error: pages.get(pageId(one))?.error ?? null
				};
			}),
			organisations: names.organisations([
				...new Set(record.flatMap(({ organisations }) => organisations.map((it) => it.organisation)))
			]),
			topics: TOPICS.filter((topic) => record.some(({ topics }) => topics.includes(topic)))
		};
	});
};
