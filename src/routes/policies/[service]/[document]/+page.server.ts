import { error } from '@sveltejs/kit';
import type { Change } from '#lib/domain/policies/diff.ts';
import { changesBetween, readChanges, type DocumentChange } from '#lib/server/policy-changes.ts';
import { policyNotes } from '#lib/server/policy-notes.ts';
import { pageId } from '#lib/server/fetch/watched-page.ts';
import { foldChanges } from '#lib/server/policy-record.ts';
import { sightings, texts } from '#lib/server/store/policies.ts';
import { reasonText } from '#lib/ui/reasons.ts';
import { readNames } from '../../../names.ts';
import { reading, shownDay } from '../../../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { earlier, noteOn, save, shown } from './note.ts';
import { unchangedAround } from './unchanged.ts';
import { collectorsOf, compared, versionsOf, type Judged, type Version } from './versions.ts';
import { words } from './words.ts';

/** Times without a reading that are shown, the newest first. */
const SILENCES = 30;

export const load: PageServerLoad = async ({ locals: { services, locale }, params, url }) => {
	const { now, known } = shownDay(url);
	const { store, desk } = services;
	return reading(services, async () => {
		const clock = known.asOf === undefined ? now : Date.parse(known.asOf);
		const watched = await services.reading();
		const [seen, changes, names, notes, silences] = await Promise.all([
			sightings(store, params, known),
			readChanges(store, params, { now: clock, reading: watched, ...known }),
			readNames(desk, locale),
			policyNotes(desk, params),
			desk.silences.list({ source: pageId(params), limit: SILENCES })
		]);
		if (changes === null) error(404, { message: `${params.service}, ${params.document}` });
		const said = (name: string) => url.searchParams.get(name);
		const collectors = collectorsOf(seen);
		const collector = collectors.find((it) => it === said('collector')) ?? collectors[0] ?? '';
		const versions = versionsOf(seen, collector, judged(changes));
		const pair = compared(versions, { before: said('before'), after: said('after') });
		const whole = pair?.after ?? versions.at(-1);
		const wanted = [...(pair ? [pair.before.hash] : []), ...(whole ? [whole.hash] : [])];
		const found = await texts(store, [...new Set(wanted)]);
		const text = (version: Version | undefined) => (version && found.get(version.hash)) ?? '';
		const diff =
			pair &&
			(await changesBetween(store, params, { before: pair.before.hash, after: pair.after.hash }, watched));
		const all = notes.map(shown);
		const note = pair && noteOn(all, { after: pair.after.hash, collectors: pair.after.collectors });
		return {
			...params,
			address: seen.at(-1)?.url ?? null,
			collectors,
			collector,
			reads: seen.filter((one) => (one.collector ?? '') === collector).length,
			silences: silences
				.filter(({ noticed }) => noticed <= clock)
				.map((one) => ({
					...one,
					reason: reasonText(one.reason),
					until: one.until !== null && one.until <= clock ? one.until : null
				})),
			versions: versions.map((version) => ({
				...version,
				mentions: version.mentions.map((it) => ({ ...it, name: names.organisation(it.organisation) })),
				note: noteOn(all, { after: version.hash, collectors: version.collectors })
			})),
			pair: diff && pair,
			// The whole text is long, and rarely asked for.
			text: said('text') ? text(whole) : null,
			diff: diff && {
				...diff,
				changes: diff.changes.map(marked),
				unchanged: unchangedAround(text(pair.before), text(pair.after), diff.changes)?.map((run, i) => ({
					count: run.length,
					// Long together, and read one at a time.
					clauses: said('unfold') === String(i) ? run : null
				}))
			},
			notes: all,
			note,
			noteVersions: await earlier(desk, note)
		};
	});
};

export const actions: Actions = {
	/** A note and a verdict on a change. */
	note: async ({ locals: { services }, params, url, request }) =>
		save(services, params, url, await request.formData())
};

/** The changes as each collector saw them, each with what all who saw it know of it. */
const judged = (changes: readonly DocumentChange[]): Judged[] =>
	foldChanges(changes).flatMap(({ change, seen, verdict, decidedAt }) =>
		seen.map(({ collector, at }) => ({
			collector,
			at,
			verdict,
			decidedAt,
			mentions: change.mentions,
			collectors: seen.map((it) => it.collector)
		}))
	);

const marked = (change: Change) => ({
	...change,
	words: change.kind === 'modified' ? words(change.before?.text ?? '', change.after?.text ?? '') : null
});
