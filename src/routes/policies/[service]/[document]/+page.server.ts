import { error } from '@sveltejs/kit';
import { changesBetween } from '#lib/server/policy-changes.ts';
import { sightings, texts } from '#lib/server/store/policies.ts';
import { reading, shownDay } from '../../../view.ts';
import type { PageServerLoad } from './$types';
import { collectorsOf, compared, versionsOf } from './versions.ts';
import { words } from './words.ts';

export const load: PageServerLoad = async ({ locals: { services }, params, url }) => {
	const { now, known } = shownDay(url);
	const { store } = services;
	return reading(services, async () => {
		const seen = await sightings(store, params, known);
		if (seen.length === 0) error(404, { message: `${params.service}, ${params.document}` });
		const said = (name: string) => url.searchParams.get(name);
		const collectors = collectorsOf(seen);
		const collector = collectors.find((it) => it === said('collector')) ?? collectors[0] ?? '';
		const versions = versionsOf(seen, collector, known.asOf === undefined ? now : Date.parse(known.asOf));
		const pair = compared(versions, { before: said('before'), after: said('after') });
		const reads = seen.filter((one) => (one.collector ?? '') === collector).length;
		const facts = { ...params, address: seen.at(-1)?.url ?? null, collectors, collector, versions, reads };
		const shown = pair?.after ?? versions.at(-1);
		// The whole text is long, and rarely asked for.
		const text = said('text') && shown ? ((await texts(store, [shown.hash])).get(shown.hash) ?? null) : null;
		const between = pair && { before: pair.before.hash, after: pair.after.hash };
		const found = between && (await changesBetween(store, params, between));
		if (!pair || !found) return { ...facts, pair: null, text, diff: null };
		const { changes, stats } = found;
		const marked = changes.map((change) => ({
			...change,
			words: change.kind === 'modified' ? words(change.before?.text ?? '', change.after?.text ?? '') : null
		}));
		return { ...facts, pair, text, diff: { changes: marked, stats } };
	});
};
