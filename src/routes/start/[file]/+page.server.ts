import { error, fail, redirect } from '@sveltejs/kit';
import { join } from 'node:path';
import { dryRun, type DryRun } from '#lib/server/doors/dry-run.ts';
import { importFile } from '#lib/server/doors/import-run.ts';
import { isProblem, Problem } from '#lib/server/errors.ts';
import { columnsOf, recognise } from '#lib/server/recognise.ts';
import type { Services } from '#lib/server/services.ts';
import { Uploads } from '#lib/server/uploads.ts';
import { START } from '#lib/ui/addresses.ts';
import { problemText } from '#lib/ui/faults.ts';
import { reasonText } from '#lib/ui/reasons.ts';
import { readNames } from '../../names.ts';
import { reading } from '../../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { askedOf, hasRows, wayOf } from './asked.ts';
import { lookAtList, takeList } from './lists.ts';

/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';

const uploadsOf = ({ config }: Pick<Services, 'config'>) => new Uploads(join(config.data, 'uploads'));

/** A file that is kept, what it is, and how the address asks to read it; null where it is kept no longer. */
async function opened(services: Services, id: string, url: URL) {
	const upload = await uploadsOf(services).find(id);
	if (!upload) return null;
	const { path, name } = upload;
	const recognised = await (url.searchParams.get('as') === 'columns'
		? columnsOf(path, name)
		: recognise(path, name));
	const asked = askedOf(url.searchParams, recognised, name);
	const way = hasRows(recognised) ? wayOf(recognised, asked) : null;
	return {
		upload,
		recognised,
		asked,
		way,
		topic:
			recognised.kind === 'events'
				? recognised.topic
				: recognised.kind === 'news'
					? ('news' as const)
					: ('traffic' as const)
	};
}

/** With its reasons in the language of the reader. */
const inWords = (run: DryRun): DryRun => ({
	...run,
	failure: run.failure === null ? null : reasonText(run.failure),
	refusals: run.refusals.map((refusal) => ({
		...refusal,
		errors: refusal.errors.map(({ path, message }) => ({ path, message: reasonText(message) }))
	}))
});

export const load: PageServerLoad = async ({ locals: { services, locale }, params, url }) =>
	reading(services, async () => {
		const file = await opened(services, params.file, url);
		if (!file) return { file: null, destinations: [] };
		const { upload, recognised, asked, way, topic } = file;
		const run = way?.reading ? inWords(await dryRun(upload.path, topic, way.reading, Date.now)) : null;
		const { kind } = recognised;
		const list =
			kind === 'watchlist' || kind === 'feeds' ? await lookAtList(services.desk, kind, upload.path) : null;
		const { watched } = await readNames(services.desk, locale);
		return {
			file: {
				name: upload.name,
				size: upload.size,
				recognised,
				asked,
				missing: way?.missing ?? [],
				topic,
				run,
				list
			},
			/** Whose traffic it may be. */
			destinations: watched
		};
	});

export const actions: Actions = {
	/** Through the same code as `telltale import`. A log that is away is not waited for: somebody waits for the answer. */
	import: async ({ locals: { services }, params, url }) => {
		const file = await opened(services, params.file, url);
		if (!file) error(404, { message: params.file });
		const { upload, topic, way, recognised } = file;
		const { log, desk } = services;
		if (recognised.kind === 'watchlist' || recognised.kind === 'feeds') {
			try {
				const taken = await takeList(desk, recognised.kind, upload.path, { who: WHO, at: Date.now() });
				await uploadsOf(services).discard(upload);
				return { taken: { kind: recognised.kind, name: upload.name, ...taken } };
			} catch (problem) {
				if (!isProblem(problem)) throw problem;
				return fail(problem.code === 'conflict' ? 409 : 503, { reason: problemText(problem) });
			}
		}
		if (!way?.reading) error(404, { message: params.file });
		const busy = { reason: '' };
		try {
			const outcome = await importFile({
				topic, path: upload.path, reading: way.reading, log, desk, now: Date.now,
				stdin: none(),
				onRejected: () => undefined,
				onProgress: ({ waiting }) => (busy.reason = waiting ?? ''),
				pause: () => Promise.reject(new Problem('log-unavailable', busy.reason))
			}); // prettier-ignore
			if (outcome.failure === null) await uploadsOf(services).discard(upload);
			const failure = outcome.failure === null ? null : reasonText(outcome.failure);
			return { done: { ...outcome, failure, name: upload.name, topic } };
		} catch (problem) {
			if (!isProblem(problem)) throw problem;
			return fail(503, { reason: problemText(problem) });
		}
	},
	/** Throws the file away. */
	leave: async ({ locals: { services }, params }) => {
		const uploads = uploadsOf(services);
		const upload = await uploads.find(params.file);
		if (upload) await uploads.discard(upload);
		redirect(303, START);
	}
};

async function* none(): AsyncGenerator<Buffer> {}
