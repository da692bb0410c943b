import { error, fail, redirect } from '@sveltejs/kit';
import { organisationSchema, type Organisation } from '#lib/domain/watchlist/watchlist.ts';
import { isProblem } from '#lib/server/errors.ts';
import { rereading } from '#lib/server/re-reading.ts';
import type { Services } from '#lib/server/services.ts';
import {
	dropOrganisation,
	fingerprint,
	resetOrganisation,
	saveOrganisation,
	watchlistHistory
} from '#lib/server/watchlist-edit.ts';
import { previewRecent, RECENT_DAYS } from '#lib/server/watchlist-preview.ts';
import { readLayers } from '#lib/server/watchlist.ts';
import { NEW, WATCHLIST, watchPath } from '#lib/ui/addresses.ts';
import { problemText } from '#lib/ui/faults.ts';
import { readNames } from '../../names.ts';
import { reading } from '../../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { fieldsOf, organisationOf, readFields } from './form.ts';

/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';
const VERSIONS = 30;
/** Owners that a list to choose from may have. */
const CHOICES = 500;

export const load: PageServerLoad = async ({ locals: { services, locale }, params: { id }, url, request }) =>
	reading(services, async () => {
		const [{ organisations, beneath, workspace }, names, history, reread] = await Promise.all([
			readLayers(services.desk),
			readNames(services.desk, locale),
			watchlistHistory(services.desk, VERSIONS),
			rereading(services.desk)
		]);
		const isNew = id === NEW;
		const given = url.searchParams.get('name')?.trim().slice(0, 300) ?? '';
		const organisation = organisations.find((one) => one.id === id);
		const below = beneath.find((one) => one.id === id);
		const versions = history.flatMap(({ version, who, at, added, changed, removed }) => {
			const now = [...added, ...changed].find((one) => one.id === id);
			const gone = removed.some((one) => one.id === id);
			return now || gone ? [{ version, who, at, fields: now ? fieldsOf(now) : null }] : [];
		});
		if (!isNew && !organisation && !below && versions.length === 0) error(404, { message: id });
		const shown = isNew ? draftOf(given) : (organisation ?? below ?? draftOf(id));
		return {
			isNew,
			watched: organisation !== undefined,
			name: isNew ? '' : organisation ? names.organisation(id) : (shown?.name ?? id),
			fields: {
				...(shown ? fieldsOf(shown) : { ...readFields(new FormData()), stance: 'other' }),
				...(isNew && { id: '' })
			},
			base: fingerprint(organisation),
			/** Whether it came with the product or the demo, and whether people wrote something else. */
			below: below !== undefined,
			written: workspace.organisations.some((one) => one.id === id) || workspace.hidden.includes(id),
			preview:
				shown && (await previewRecent(services.store, shown, organisations, Date.now(), request.signal)),
			reread: reread && { read: reread.read, of: reread.of },
			days: RECENT_DAYS,
			owners: organisations.length <= CHOICES ? names.watched.filter((one) => one.id !== id) : [],
			versions
		};
	});

/** An organisation that has nothing but a name yet; null without one. */
const draftOf = (name: string): Organisation | null =>
	name ? organisationSchema.parse({ id: 'new', name }) : null;

const formOf = async (request: Request) => {
	const form = await request.formData();
	return { fields: readFields(form), base: form.get('base')?.toString() ?? '' };
};

/** Runs a change; whoever was slower sees both versions. */
async function changed(
	{ desk }: Services,
	id: string,
	fields: ReturnType<typeof readFields>,
	work: () => Promise<void>
) {
	try {
		await work();
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		const mistake = { field: problem.path === 'owner' ? ('owner' as const) : ('name' as const), line: null, message: problemText(problem) }; // prettier-ignore
		if (problem.code === 'invalid') return fail(400, { fields, mistake });
		if (problem.code !== 'conflict') return fail(503, { fields, reason: problemText(problem) });
		const { organisations } = await readLayers(desk);
		const theirs = organisations.find((one) => one.id === id);
		return fail(409, {
			fields,
			taken: { fields: theirs ? fieldsOf(theirs) : null, base: fingerprint(theirs) }
		});
	}
	return null;
}

export const actions: Actions = {
	/** What the names of the form would match. */
	preview: async ({ locals: { services }, params: { id }, request }) => {
		const { fields } = await formOf(request);
		const read = organisationOf({ ...fields, ...(id !== NEW && { id }) });
		if ('mistake' in read) return fail(400, { fields, mistake: read.mistake });
		try {
			const { organisations } = await readLayers(services.desk);
			return {
				fields,
				preview: await previewRecent(services.store, read.organisation, organisations, Date.now(), request.signal) // prettier-ignore
			};
		} catch (problem) {
			if (!isProblem(problem)) throw problem;
			return fail(503, { fields, reason: problemText(problem) });
		}
	},
	save: async ({ locals: { services }, params, request }) => {
		const { fields, base } = await formOf(request);
		const read = organisationOf({ ...fields, ...(params.id !== NEW && { id: params.id }) });
		if ('mistake' in read) return fail(400, { fields, mistake: read.mistake });
		const organisation: Organisation = read.organisation;
		const failed = await changed(services, organisation.id, fields, () =>
			saveOrganisation(services.desk, organisation, { base, who: WHO, at: Date.now() })
		);
		return failed ?? redirect(303, watchPath(organisation.id, { saved: 1 }));
	},
	/** Watches it no longer. */
	drop: async ({ locals: { services }, params: { id }, request }) => {
		const { fields, base } = await formOf(request);
		const failed = await changed(services, id, fields, () =>
			dropOrganisation(services.desk, id, { base, who: WHO, at: Date.now() })
		);
		return failed ?? redirect(303, WATCHLIST);
	},
	/** Takes it back as it came with the product or the demo. */
	reset: async ({ locals: { services }, params: { id }, request }) => {
		const { fields, base } = await formOf(request);
		const failed = await changed(services, id, fields, () =>
			resetOrganisation(services.desk, id, { base, who: WHO, at: Date.now() })
		);
		return failed ?? redirect(303, watchPath(id, { saved: 1 }));
	}
};
