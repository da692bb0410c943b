/** The step that adds a feed: looked at first, then followed. */
import { fail } from '@sveltejs/kit';
import { isProblem, type Problem } from '#lib/server/errors.ts';
import { feedId, watchedFeedSchema } from '#lib/server/feeds/watched-feed.ts';
import { isFetchProblem, type FetchProblem } from '#lib/server/fetch/problem.ts';
import { SOURCE } from '#lib/server/fetch/watched-page.ts';
import type { Services } from '#lib/server/services.ts';
import { m } from '#lib/paraglide/messages.js';
import { failureName } from '#lib/ui/failureNames.ts';
import { mistakeText, problemText } from '#lib/ui/faults.ts';
import { reasonText } from '#lib/ui/reasons.ts';

/** What kept an address from being read: its kind, and what the site or we said exactly. */
export const unreadable = (problem: FetchProblem | Problem): string =>
	m.start_page_failed({
		reason: isFetchProblem(problem)
			? m.failure_with({ kind: failureName(problem.kind), reason: reasonText(problem.message) })
			: problemText(problem)
	});

export async function lookAtFeed({ previews }: Services, given: string) {
	const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
	try {
		return { feed: await previews.feed(url) };
	} catch (problem) {
		if (!isFetchProblem(problem) && !isProblem(problem)) throw problem;
		return fail(422, { feedUrl: given, feedReason: unreadable(problem) });
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
		const reason = mistakeText(parsed.error, { url: m.start_feed_url, publisher: m.start_feed_publisher });
		return fail(400, { feedUrl: url, feedReason: m.note_refused({ reason }) });
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
		const feedReason =
			problem.code === 'conflict' ? m.start_page_taken() : m.note_refused({ reason: problemText(problem) });
		return fail(problem.code === 'conflict' ? 409 : 503, { feedUrl: url, feedReason });
	}
	return { followed: { publisher: parsed.data.publisher } };
}
