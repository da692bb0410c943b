/** Following feeds: what is followed already stays as it is. */
import type { Desk } from '../desk/desk.ts';
import { SOURCE } from '../fetch/watched-page.ts';
import { feedId, watchedFeedSchema, type WatchedFeed } from './watched-feed.ts';

type Documents = { documents: Pick<Desk['documents'], 'list' | 'save'> };

/** Those of `feeds` that nobody reads yet. Rejects with `desk-unavailable`. */
export async function notFollowed(desk: Documents, feeds: readonly WatchedFeed[]): Promise<WatchedFeed[]> {
	const followed = new Set((await readFollowed(desk)).map(feedId));
	return feeds.filter((feed) => !followed.has(feedId(feed)));
}

/** Every feed that is read. Rejects with `desk-unavailable`. */
export const readFollowed = async (desk: Documents): Promise<WatchedFeed[]> =>
	(await desk.documents.list(SOURCE)).flatMap(({ body }) => {
		const read = watchedFeedSchema.safeParse(body);
		return read.success ? [read.data] : [];
	});

/** Has them read from now on. Gives those that were not before. Rejects with `conflict` where somebody else saves one of them. */
export async function followFeeds(
	desk: Documents,
	feeds: readonly WatchedFeed[],
	writing: { who: string; at: number }
): Promise<WatchedFeed[]> {
	const added = await notFollowed(desk, feeds);
	const versions = new Map((await desk.documents.list(SOURCE)).map(({ id, version }) => [id, version]));
	for (const body of added) {
		const id = feedId(body);
		await desk.documents.save({ kind: SOURCE, id, version: versions.get(id) ?? 0, body, ...writing });
	}
	return added;
}
