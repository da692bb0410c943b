/** `telltale rebuild`: derived tables made again from the store, by the consumers' own code. */
import type { Writable } from 'node:stream';
import type { Desk } from '#lib/server/desk/desk.ts';
import { Problem } from '#lib/server/errors.ts';
import { newsReadings } from '#lib/server/news-reading.ts';
import { deriveChanges } from '#lib/server/policy-changes.ts';
import { derivePolicySignals } from '#lib/server/policy-signals.ts';
import { rebuildTable, type Derived } from '#lib/server/store/derived.ts';
import { insertMentions } from '#lib/server/store/mentions.ts';
import { acceptedNews, type NewsRow } from '#lib/server/store/news.ts';
import { documents } from '#lib/server/store/policies.ts';
import { storyPlacementHistory, type StoryPlacement } from '#lib/server/story-placements.ts';
import type { Store } from '#lib/server/store/store.ts';
import { insertSignals } from '#lib/server/store/signals.ts';
import { readings } from '#lib/server/watchlist.ts';
import { inOrder } from '../consumers/articles.ts';
import { Placing, toPlace } from '../consumers/placing.ts';
import { articlesAfter, readInParts } from '../consumers/store-read.ts';

const ROWS = 5_000;

/** Fills a table that is empty; resolves to the number of inputs read. */
type Fill = (store: Store, table: string, desk: Desk, now: number) => Promise<number>;

/** As it went: what people said comes between the articles that were accepted before and after it. */
async function placeArticles(store: Store, desk: Desk, placing: Placing): Promise<number> {
	const said = await storyPlacementHistory(desk);
	const standing = new Map<string, StoryPlacement>();
	let count = 0;
	let rows: NewsRow[] = [];
	const flush = async () => {
		await placing.place(inOrder(rows).map(toPlace));
		// What an article says anew belongs where the article does.
		const ids = new Set(rows.map(({ id }) => id));
		await placing.settle([...standing.values()].filter(({ id }) => ids.has(id)));
		rows = [];
	};
	const settle = async (before: number) => {
		const due = said.splice(0, said.filter(({ at }) => at < before).length);
		if (due.length === 0) return;
		await flush();
		await placing.settle(due);
		for (const one of due) standing.set(one.id, one);
	};
	for await (const row of acceptedNews(store)) {
		count++;
		await settle(row.accepted);
		if (rows.push(row) === ROWS) await flush();
	}
	await settle(Infinity);
	await flush();
	return count;
}

async function readArticles(
	store: Store,
	desk: Desk,
	insert: Parameters<typeof readInParts>[2]
): Promise<number> {
	const reading = await newsReadings(desk)();
	let count = 0;
	for (let after: string | null = '0'; after !== null;) {
		const { rows, last } = await articlesAfter(store, { after, limit: ROWS });
		await readInParts(rows, reading, insert);
		count += rows.length;
		after = last;
	}
	return count;
}

const FILLS: Record<string, { table: Derived; fill: Fill }> = {
	mentions: {
		table: 'mentions',
		fill: (store, table, desk) =>
			readArticles(store, desk, ({ mentions }) => insertMentions(store, mentions, { table }))
	},
	stories: {
		table: 'stories',
		fill: async (store, table, desk) => {
			const { matcher } = await readings(desk)();
			return placeArticles(store, desk, new Placing({ store, matcher, table }));
		}
	},
	changes: {
		table: 'policy_changes',
		fill: async (store, table, desk) => {
			const reading = await readings(desk)();
			const all = await documents(store);
			for (const of of all) await deriveChanges(store, of, { table, all: true, reading });
			return all.reduce((sum, { sightings }) => sum + sightings, 0);
		}
	},
	signals: {
		table: 'signals',
		fill: async (store, table, desk, now) => {
			const reading = await readings(desk)();
			const all = await documents(store);
			for (const of of all) await derivePolicySignals(store, of, { table, all: true, now, reading });
			const articles = await readArticles(store, desk, ({ signals }) =>
				insertSignals(store, signals, { table })
			);
			return all.reduce((sum, { sightings }) => sum + sightings, articles);
		}
	}
};

/** `what`: one of the names, or `all`. Prints a line a table; rejects with `configuration` for another name. */
export async function rebuild({
	what,
	store,
	desk,
	now,
	out
}: {
	what: string;
	store: Store;
	desk: Desk;
	/** Milliseconds. */
	now: () => number;
	out: Writable;
}): Promise<number> {
	const names = what === 'all' ? Object.keys(FILLS) : [what];
	for (const name of names) {
		const known = FILLS[name];
		if (!known)
			throw new Problem(
				'configuration',
				`${name} cannot be rebuilt; it must be ${Object.keys(FILLS).join(', ')} or all`,
				{ path: 'what' }
			);
		const inputs = await rebuildTable(store, known.table, (table) => known.fill(store, table, desk, now()));
		out.write(`${name}: made again from ${inputs} inputs\n`);
	}
	return 0;
}
