/** How articles are read: with the watchlist as it stands when they come. */
import { compile, type Matcher } from '#lib/domain/watchlist/matcher.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { readWatchlist } from '#lib/server/watchlist.ts';

/** A watchlist's automaton, and its version, which derived rows carry. */
export interface Reading {
	matcher: Matcher;
	watchlist: string;
}

/** Gives the reading of the moment; the automaton is made anew only when the watchlist has changed. */
export function readings(desk: { documents: Pick<Desk['documents'], 'list'> }): () => Promise<Reading> {
	let last: Reading | undefined;
	return async () => {
		const { version, organisations } = await readWatchlist(desk);
		if (last?.watchlist !== version) last = { matcher: compile({ organisations }), watchlist: version };
		return last;
	};
}
