/** Whom the product watches: the starter watchlist and every document of the kind `watchlist` on the desk. */
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
