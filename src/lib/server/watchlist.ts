/** Whom the product watches: the starter watchlist and every document of the kind `watchlist` on the desk. */
import { compose } from '#lib/domain/watchlist/layers.ts';
import { compile, type VersionMatcher } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { listLayerSchema, type ListLayer, type Organisation } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk, Document } from './desk/desk.ts';
import { once } from './once.ts';

/** Kind of the desk's documents. */
export const WATCHLIST = 'watchlist';
/** Id of the document that people edit: it lies upon all others. */
export const WORKSPACE = 'workspace';

type Documents = { documents: Pick<Desk['documents'], 'list'> };

export interface Watched {
	/** Names the documents and their versions: derived rows carry it. */
	version: string;
	organisations: Organisation[];
}
export interface Layered extends Watched {
	/** Whom we watch without what people wrote. */
	beneath: Organisation[];
	/** What people wrote, and its version: 0 where they wrote nothing. */
	workspace: ListLayer & { version: number };
}

/** Names a watchlist by its documents (all of the kind `watchlist`). */
export const versionOf = (documents: readonly Pick<Document, 'id' | 'version'>[]): string =>
	['starter', ...documents.map(({ id, version }) => `${id}@${version}`)].join(' ');

/** The starter, and every document of the kind `watchlist` upon it. Rejects with `desk-unavailable`. */
export const readLayers = async (desk: Documents): Promise<Layered> =>
	layersOf(await desk.documents.list(WATCHLIST));

/** Made once for each list that the desk gives: ten thousand organisations take a while. */
const layersOf = once((documents: readonly Document[]): Layered => {
	const own = documents.find(({ id }) => id === WORKSPACE);
	const others = documents.filter((document) => document !== own);
	const workspace = own ? layerOf(own) : NOTHING;
	const beneath = compose([STARTER, ...others.map(layerOf)]);
	return {
		version: versionOf(documents),
		beneath,
		organisations: compose([{ organisations: beneath, hidden: [] }, workspace]),
		workspace: { ...workspace, version: own?.version ?? 0 }
	};
});

const STARTER: ListLayer = { organisations: starter.organisations, hidden: [] };
const NOTHING: ListLayer = { organisations: [], hidden: [] };
export const layerOf = ({ body }: Pick<Document, 'body'>): ListLayer => listLayerSchema.parse(body);

/** Whom we watch. Rejects with `desk-unavailable`. */
export async function readWatchlist(desk: Documents): Promise<Watched> {
	const { version, organisations } = await readLayers(desk);
	return { version, organisations };
}

/** A watchlist's automaton, and its version, which derived rows carry. */
export interface Reading {
	matcher: VersionMatcher;
	watchlist: string;
	organisations: Organisation[];
}

/** Gives the reading of the moment; documents are read and the automaton is made anew only when the watchlist has changed. */
export function readings(desk: Documents): () => Promise<Reading> {
	let last: Reading | undefined;
	return async () => {
		const documents = await desk.documents.list(WATCHLIST);
		if (last?.watchlist !== versionOf(documents)) {
			const { version, organisations } = layersOf(documents);
			last = { matcher: compile({ organisations }), watchlist: version, organisations };
		}
		return last;
	};
}
