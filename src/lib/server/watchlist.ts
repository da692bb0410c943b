/** Whom the product watches: the starter watchlist and every document of the kind `watchlist` on the desk. */
import { compile, type Matcher } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { watchlistSchema, type Organisation } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk } from './desk/desk.ts';

export const WATCHLIST = 'watchlist';

export interface Watched {
	/** Names the documents and their versions: derived rows carry it. */
	version: string;
	/** An organisation of a document takes the place of one of the starter's with the same id. */
	organisations: Organisation[];
}

/** Rejects with `desk-unavailable`. */
export async function readWatchlist(desk: { documents: Pick<Desk['documents'], 'list'> }): Promise<Watched> {
	const documents = await desk.documents.list(WATCHLIST);
	const all = new Map(starter.organisations.map((organisation) => [organisation.id, organisation]));
	for (const { body } of documents)
		for (const organisation of watchlistSchema.parse(body).organisations)
			all.set(organisation.id, organisation);
	return {
		version: ['starter', ...documents.map(({ id, version }) => `${id}@${version}`)].join(' '),
		organisations: [...all.values()]
	};
}

/** A watchlist's automaton, and its version, which derived rows carry. */
export interface Reading {
	matcher: Matcher;
	watchlist: string;
	organisations: Organisation[];
}

/** Gives the reading of the moment; the automaton is made anew only when the watchlist has changed. */
export function readings(desk: { documents: Pick<Desk['documents'], 'list'> }): () => Promise<Reading> {
	let last: Reading | undefined;
	return async () => {
		const { version, organisations } = await readWatchlist(desk);
		if (last?.watchlist !== version)
			last = { matcher: compile({ organisations }), watchlist: version, organisations };
		return last;
	};
}
