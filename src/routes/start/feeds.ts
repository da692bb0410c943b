/** The step that adds a feed: looked at first, then followed. */
import { fail } from '@sveltejs/kit';
import { isProblem } from '#lib/server/errors.ts';
import { feedId, watchedFeedSchema } from '#lib/server/feeds/watched-feed.ts';
import { isFetchProblem } from '#lib/server/fetch/problem.ts';
import { SOURCE } from '#lib/server/fetch/watched-page.ts';
import type { Services } from '#lib/server/services.ts';

export async function lookAtFeed({ previews }: Services, given: string) {
	const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
	try {
		return { feed: await previews.feed(url) };
	} catch (problem) {
		if (!isFetchProblem(problem) && !isProblem(problem)) throw problem;
		return fail(422, { feedUrl: given, feedReason: problem.message });
	}
}

/** Saves the feed for the collector; `who` did so. */
export async function followFeed(
	{ desk }: Services,
	feed: { url: string; publisher: string; fullText?: boolean },
	who: string
) {
	const { url } = feed;
	const parsed = watchedFeedSchema.safeParse({ kind: 'feeds', ...feed });
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		return fail(400, { feedUrl: url, feedReason: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` });
	}
	const id = feedId(parsed.data);
	try {
		const before = await desk.documents.get(SOURCE, id);
		await desk.documents.save({
			kind: SOURCE,
			id,
			version: before?.version ?? 0,
			body: parsed.data,
			who,
			at: Date.now()
		});
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		return fail(problem.code === 'conflict' ? 409 : 503, { feedUrl: url, feedReason: problem.message });
	}
	return { followed: { publisher: parsed.data.publisher } };
}
