/** A dropped list of whom or what to watch: what taking it in would change, and taking it in. */
import { readFile } from 'node:fs/promises';
import type { Changes } from '#lib/domain/watchlist/layers.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { isProblem, Problem } from '#lib/server/errors.ts';
import { followFeeds, notFollowed } from '#lib/server/feeds/follow.ts';
import { readOpml } from '#lib/server/feeds/opml.ts';
import {
	fileChanges,
	importWatchlist,
	parseWatchlist,
	WATCHLIST_BYTES,
	type FileChanges
} from '#lib/server/watchlist-file.ts';
import { faultText, problemText } from '#lib/ui/faults.ts';

type Kind = 'watchlist' | 'feeds';
type Documents = { documents: Desk['documents'] };

/** Names of what a section gains, changes and loses. */
export type Named = Changes<string>;
export interface List {
	/** Sections that change; of feeds as OPML only what is gained. */
	sections: Partial<Record<keyof FileChanges, Named>>;
	/** What the file has and cannot be taken in, or why it cannot be read at all. */
	refused: { name: string; why: string }[];
	/** Feeds that are followed already. */
	known: number;
	readable: boolean;
}

/** Rejects with `desk-unavailable`. */
export async function lookAtList(desk: Documents, kind: Kind, path: string): Promise<List> {
	const none = { sections: {}, known: 0, readable: false };
	try {
		const bytes = await readFile(path);
		if (kind === 'feeds') {
			const { feeds, refused } = readOpml(bytes);
			const added = await notFollowed(desk, feeds);
			return {
				sections: { feeds: { added: added.map(({ publisher }) => publisher), changed: [], removed: [] } },
				refused,
				known: feeds.length - added.length,
				readable: true
			};
		}
		const file = parsed(bytes);
		if ('errors' in file)
			return {
				...none,
				refused: file.errors.map(({ path, fault }) => ({ name: path, why: faultText(fault) }))
			};
		return { sections: namesOf(await fileChanges(desk, file)), refused: [], known: 0, readable: true };
	} catch (problem) {
		if (!isProblem(problem, 'invalid', 'too-large')) throw problem;
		return { ...none, refused: [{ name: '', why: problemText(problem) }] };
	}
}

/** Rejects with `conflict`, and with `invalid` where the list cannot be read. */
export async function takeList(
	desk: Documents,
	kind: Kind,
	path: string,
	writing: { who: string; at: number }
): Promise<Pick<List, 'sections'>> {
	const bytes = await readFile(path);
	if (kind === 'feeds') {
		const added = await followFeeds(desk, readOpml(bytes).feeds, writing);
		return {
			sections: { feeds: { added: added.map(({ publisher }) => publisher), changed: [], removed: [] } }
		};
	}
	const file = parsed(bytes);
	if ('errors' in file) throw new Problem('invalid', file.errors[0]?.message ?? '', file.errors[0]);
	return { sections: namesOf(await importWatchlist(desk, file, writing)) };
}

function parsed(bytes: Buffer) {
	if (bytes.length > WATCHLIST_BYTES)
		throw new Problem(
			'too-large',
			`the file has ${bytes.length} bytes; a watchlist may have ${WATCHLIST_BYTES}`
		);
	return parseWatchlist(bytes.toString('utf8'));
}

function namesOf({ organisations, feeds, policies }: FileChanges): List['sections'] {
	const named = <T>({ added, changed, removed }: Changes<T>, name: (entry: T) => string): Named => ({
		added: added.map(name), changed: changed.map(name), removed: removed.map(name)
	}); // prettier-ignore
	return {
		organisations: named(organisations, ({ name }) => name),
		feeds: named(feeds, ({ publisher }) => publisher),
		policies: named(policies, ({ service, document }) => `${service}, ${document}`)
	};
}
