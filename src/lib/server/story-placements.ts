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

type Documents = { documents: Pick<Desk['documents'], 'list' | 'history' | 'save'> };

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

/** `id`: of the article; `version`: the one that was read, 0 for none. Rejects with `conflict` where another was saved meanwhile. */
export const saveStoryPlacement = async (
	desk: Documents,
	body: StoryPlacementBody,
	{ id, version, who, at }: { id: string; version: number; who: string; at: number }
): Promise<StoryPlacement> =>
	parsed(await desk.documents.save({ kind: STORY_PLACEMENT, id, version, body, who, at }));

const parsed = (document: Document): StoryPlacement => ({
	...document,
	body: storyPlacementSchema.parse(document.body)
});
