import { error } from '@sveltejs/kit';
import { diffPolicies, type Change, type PolicyDiff } from '#lib/domain/policies/diff.ts';
import { readChanges, type DocumentChange } from '#lib/server/policy-changes.ts';
import { sightings, texts } from '#lib/server/store/policies.ts';
import type { Store } from '#lib/server/store/store.ts';
import { readNames } from '../../../names.ts';
import { reading, shownDay } from '../../../view.ts';
import type { PageServerLoad } from './$types';
import { collectorsOf, compared, versionsOf, type Version } from './versions.ts';
import { words } from './words.ts';

export const load: PageServerLoad = async ({ locals: { services, locale }, params, url }) => {
	const { now, known } = shownDay(url);
	const { store, desk } = services;
	return reading(services, async () => {
		const clock = known.asOf === undefined ? now : Date.parse(known.asOf);
		const watched = await services.reading();
		const [seen, changes, names] = await Promise.all([
			sightings(store, params, known),
			readChanges(store, params, { now: clock, reading: watched, ...known }),
			readNames(desk, locale)
		]);
		if (changes === null) error(404, { message: `${params.service}, ${params.document}` });
		const said = (name: string) => url.searchParams.get(name);
		const collectors = collectorsOf(seen);
		const collector = collectors.find((it) => it === said('collector')) ?? collectors[0] ?? '';
		const versions = versionsOf(seen, collector, changes.map(({ version }) => version)); // prettier-ignore
		const pair = compared(versions, { before: said('before'), after: said('after') });
		const shown = pair?.after ?? versions.at(-1);
		// The whole text is long, and rarely asked for.
		const text = said('text') && shown ? ((await texts(store, [shown.hash])).get(shown.hash) ?? null) : null;
		const diff = pair && (await between(store, pair, changes));
		return {
			...params,
			address: seen.at(-1)?.url ?? null,
			collectors,
			collector,
			reads: seen.filter((one) => (one.collector ?? '') === collector).length,
			versions: versions.map((version) => ({
				...version,
				mentions: version.mentions.map((it) => ({ ...it, name: names.organisation(it.organisation) }))
			})),
			pair: diff && pair,
			text,
			diff: diff && { ...diff, changes: diff.changes.map(marked) }
		};
	});
};

/** What lies between two versions: known already where they follow each other, else compared now. */
async function between(
	store: Store,
	{ before, after }: { before: Version; after: Version },
	changes: readonly DocumentChange[]
): Promise<PolicyDiff> {
	const known = changes.find(({ version }) => version.before === before.hash && version.after === after.hash);
	if (known) return known.diff;
	const found = await texts(store, [before.hash, after.hash]);
	return diffPolicies(found.get(before.hash) ?? '', found.get(after.hash) ?? '');
}

const marked = (change: Change) => ({
	...change,
	words: change.kind === 'modified' ? words(change.before?.text ?? '', change.after?.text ?? '') : null
});
