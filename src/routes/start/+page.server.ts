import { fail, redirect } from '@sveltejs/kit';
import { join } from 'node:path';
import { BODY_BYTES } from '#lib/server/doors/body.ts';
import { isProblem } from '#lib/server/errors.ts';
import { isFetchProblem } from '#lib/server/fetch/problem.ts';
import { pageId, SOURCE, watchedPageSchema } from '#lib/server/fetch/watched-page.ts';
import type { Services } from '#lib/server/services.ts';
import { overview } from '#lib/server/store/overview.ts';
import { Uploads } from '#lib/server/uploads.ts';
import { m } from '#lib/paraglide/messages.js';
import { filePath } from '#lib/ui/addresses.ts';
import { mistakeText, problemText } from '#lib/ui/faults.ts';
import { reading } from '../view.ts';
import type { Actions, PageServerLoad } from './$types';
import { followFeed, lookAtFeed, unreadable } from './feeds.ts';
import { proposed } from './proposed.ts';

/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';
/** Characters of a text that are shown before it is kept. */
const SHOWN = 6_000;
/** What a form adds to its file. */
const FORM_BYTES = 16_384;

export const load: PageServerLoad = async ({ locals: { services } }) =>
	reading(services, async () => {
		const topics = await overview(services.store);
		return { empty: topics.every(({ rows }) => rows === 0) };
	});

/** The page as a collector would keep it, with names for it. Rejects with a {@link FetchProblem}. */
async function look({ previews, reading: watched }: Services, url: string, select: string | undefined) {
	const preview = await previews.page(url, select);
	const { organisations } = await watched();
	return {
		...preview,
		asked: url,
		text: preview.text.slice(0, SHOWN),
		cut: preview.text.length > SHOWN,
		...proposed(preview, organisations)
	};
}

/** What the fields of a page are called. */
const LABELS = {
	url: m.start_page_url,
	select: m.start_page_part,
	service: m.start_service,
	document: m.start_document,
	language: m.language
};

const said = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value.trim() : '';
};

export const actions: Actions = {
	/** What would be kept of a page. */
	look: async ({ locals: { services }, request }) => {
		const form = await request.formData();
		const given = said(form, 'url');
		const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
		try {
			return { look: await look(services, url, said(form, 'select') || undefined) };
		} catch (problem) {
			if (!isFetchProblem(problem) && !isProblem(problem)) throw problem;
			return fail(isProblem(problem) ? 400 : 422, { url: given, reason: unreadable(problem) });
		}
	},
	/** Saves the page for the collector. */
	watch: async ({ locals: { services }, request }) => {
		const form = await request.formData();
		const [url, select, language] = ['url', 'select', 'language'].map((name) => said(form, name));
		const parsed = watchedPageSchema.safeParse({
			kind: 'policies',
			service: said(form, 'service'),
			document: said(form, 'document'),
			url,
			...(select && { select }),
			...(language && { language })
		});
		if (!parsed.success)
			return fail(400, { url, reason: m.note_refused({ reason: mistakeText(parsed.error, LABELS) }) });
		const page = parsed.data;
		const { documents } = services.desk;
		try {
			const before = await documents.get(SOURCE, pageId(page));
			await documents.save({ kind: SOURCE, id: pageId(page), version: before?.version ?? 0, body: page, who: WHO, at: Date.now() }); // prettier-ignore
		} catch (problem) {
			if (!isProblem(problem)) throw problem;
			if (problem.code === 'conflict') return fail(409, { url, reason: m.start_page_taken() });
			return fail(503, { url, reason: m.note_refused({ reason: problemText(problem) }) });
		}
		return { watched: { service: page.service, document: page.document } };
	},
	/** What a feed would bring. */
	feed: async ({ locals: { services }, request }) =>
		lookAtFeed(services, said(await request.formData(), 'url')),
	/** Saves the feed for the collector. */
	follow: async ({ locals: { services }, request }) => {
		const form = await request.formData();
		const feed = {
			url: said(form, 'url'),
			publisher: said(form, 'publisher'),
			...(form.has('fullText') && { fullText: true })
		};
		return followFeed(services, feed, WHO);
	},
	/** Keeps a file until somebody says what becomes of it. */
	file: async ({ locals: { services }, request }) => {
		const uploads = new Uploads(join(services.config.data, 'uploads'));
		let id: string;
		try {
			const size = Number(request.headers.get('content-length') ?? 0);
			// A form says how long it is; what does not is not one.
			if (!(size <= BODY_BYTES + FORM_BYTES && size > 0)) return fail(413, { file: 'large' as const });
			id = await services.pushes.hold(2 * size, async () => {
				const file = (await request.formData()).get('file');
				if (!(file instanceof File) || file.size === 0) return '';
				return (await uploads.keep(file, Date.now())).id;
			});
		} catch (problem) {
			if (!isProblem(problem)) throw problem;
			const large = problem.code === 'too-large';
			return fail(large ? 413 : 503, {
				file: large ? ('large' as const) : ('busy' as const),
				reason: problemText(problem)
			});
		}
		if (id === '') return fail(400, { file: 'none' as const });
		redirect(303, filePath(id));
	}
};
