/**
 * articles: places each in a story, in the order of the log, and stores where; an article that has a place keeps it, so a redelivery
 * changes nothing, unless a person said where it belongs: it is put there. What is remembered is a cache of the store, made anew when the partition comes to us, when the watchlist changes,
 * when another table took the place of the old one, and when something failed halfway.
 */
import {
	articlesToPlace,
	placedKeys,
	storiesTable,
	type ArticleKey,
	type ArticleToPlace
} from '#lib/server/store/placing.ts';
import type { Store } from '#lib/server/store/store.ts';
import { storyPlacements } from '#lib/server/story-placements.ts';
import { readings } from '#lib/server/watchlist.ts';
import { checkKey } from './articles.ts';
import { readBatch } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';
import { Placing } from './placing.ts';

/** Articles that are read and placed at once: a parameter holds no more than some thousands of ids. */
const PART = 2_000;

export function storiesConsumer({ store, desk }: ConsumerDeps): Consumer {
	const current = readings(desk);
	let memory: { of: readonly unknown[]; placing: Placing } | null = null;
	return async (batch) => {
		const { matcher, watchlist } = await current();
		const of = [batch.assignment, watchlist, await storiesTable(store)];
		const kept = memory?.of.every((made, n) => made === of[n]) ? memory.placing : null;
		const placing = kept ?? new Placing({ store, matcher, table: 'stories' });
		memory = { of, placing };
		const keys = (await readBatch(batch, checkKey, desk.deadLetters)).map(({ event }) => event);
		const placements = await storyPlacements(desk);
		try {
			// Whoever said something may have been stopped before the log had it.
			if (!kept && !batch.stale()) await placing.settle(placements);
			for (let at = 0; at < keys.length && !batch.stale(); at += PART) {
				const part = keys.slice(at, at + PART);
				await placing.place(await withoutPlace(store, part));
				const ids = new Set(part.map(({ id }) => id));
				await placing.settle(placements.filter(({ id }) => ids.has(id)));
			}
		} catch (error) {
			memory = null;
			throw error;
		}
	};
}

/** The articles of `keys`, in order and each once, that have no place yet; those that are gone are left out. */
async function withoutPlace(store: Store, keys: readonly ArticleKey[]): Promise<ArticleToPlace[]> {
	const nameOf = ({ id, content }: ArticleKey) => `${id} ${content}`;
	const wanted = new Map(keys.map((key) => [nameOf(key), key]));
	const ids = () => [...new Set([...wanted.values()].map(({ id }) => id))];
	for (const key of await placedKeys(store, ids())) wanted.delete(nameOf(key));
	if (wanted.size === 0) return [];
	const found = await articlesToPlace(store, ids());
	const articles = new Map(found.map((article) => [nameOf(article), article]));
	return [...wanted.keys()].flatMap((name) => articles.get(name) ?? []);
}
