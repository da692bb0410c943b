/** What people say of where a report belongs; on the desk as documents that keep every version. Whoever writes stories goes by them. */
import { z } from 'zod';
import { hash64 } from '#lib/domain/news/ids.ts';
import type { Desk, Document } from './desk/desk.ts';
import { id } from './store/rows.ts';

/** Kind of the desk's documents; their id is that of the article. */
export const STORY_PLACEMENT = 'story-placement';

export const storyPlacementSchema = z.strictObject({
	/**
	 * A story of its own; another one, by its id and by an article of it, in whose story it is where no story has that id any more; null
	 * where it was taken back: clustering tells where it belongs. `copy`: it repeats that article's text.
	 */
	to: z.union([
		z.literal('own'),
		z.strictObject({ story: id, article: id, copy: z.literal(true).optional() }),
		z.null()
	]),
	/** Id of the story that it does not belong to. */
	from: id,
	report: z.strictObject({ url: z.string(), title: z.string(), publisher: z.string() })
});
export type StoryPlacementBody = z.output<typeof storyPlacementSchema>;
export type StoryPlacement = Document<StoryPlacementBody>;

type Documents = { documents: Pick<Desk['documents'], 'list' | 'history' | 'saveAll'> };

/** Id of the story that an article (id) opens when it is set apart; its own id may be that of the story which it leaves. */
export const ownStory = (article: string): string => hash64(`apart ${article}`);

/** Newest versions of all, the earliest first. Rejects with `desk-unavailable`. */
export const storyPlacements = async (
	desk: { documents: Pick<Desk['documents'], 'list'> },
	by?: number
): Promise<StoryPlacement[]> =>
	(await desk.documents.list(STORY_PLACEMENT, by)).map(parsed).sort((a, b) => a.at - b.at);

/** Every version of all, the earliest first. */
export async function storyPlacementHistory(desk: Documents): Promise<StoryPlacement[]> {
	const newest = await desk.documents.list(STORY_PLACEMENT);
	const versions = await Promise.all(newest.map(({ id }) => desk.documents.history(STORY_PLACEMENT, id)));
	return versions
		.flat()
		.map(parsed)
		.sort((a, b) => a.at - b.at || a.version - b.version);
}

/** `id`: of the article; `version`: the one that was read, 0 for none. */
export type SaidPlacement = Pick<StoryPlacement, 'id' | 'version' | 'body'>;

/** Saves what somebody says at once: all of it, or nothing where another version of one was saved meanwhile (rejects with `conflict`). */
export const saveStoryPlacements = (
	desk: Documents,
	said: readonly SaidPlacement[],
	by: Pick<StoryPlacement, 'who' | 'at'>
): Promise<void> =>
	desk.documents.saveAll(
		said.map(({ id, version, body }) => ({ kind: STORY_PLACEMENT, id, version, body, ...by }))
	);

/** What belongs to one join of a story with another: reports that went from there at once. */
export const ofJoin =
	({ from, at }: { from: string; at: number }) =>
	({ body, ...said }: StoryPlacement): boolean =>
		body.from === from && said.at === at && body.to !== null && body.to !== 'own';

const parsed = (document: Document): StoryPlacement => ({
	...document,
	body: storyPlacementSchema.parse(document.body)
});
