/** What people do to the watchlist. They write one document, of which every version is kept; two who edit different organisations do not meet. */
import { createHash } from 'node:crypto';
import { faultOf } from '#lib/domain/fault.ts';
import {
	changesBetween,
	compose,
	withOrganisation,
	withoutChange,
	withoutOrganisation,
	type Changes
} from '#lib/domain/watchlist/layers.ts';
import { watchlistSchema, type ListLayer, type Organisation } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk, Document } from './desk/desk.ts';
import { isProblem, Problem } from './errors.ts';
import { once } from './once.ts';
import { layerOf, readLayers, WATCHLIST, WORKSPACE, type Layered } from './watchlist.ts';

type Documents = { documents: Pick<Desk['documents'], 'list' | 'history' | 'save'> };
interface Writing {
	who: string;
	/** Ms. */
	at: number;
}
interface Edit extends Writing {
	/** {@link fingerprint} of the organisation as it was read. */
	base: string;
}

/** Names what an organisation says; '' for one that is not watched. */
export const fingerprint = (organisation: Organisation | undefined): string =>
	organisation
		? createHash('sha256').update(JSON.stringify(organisation)).digest('base64url').slice(0, 16)
		: '';

/**
 * Watches `organisation`, in the place of the one with its id. Rejects with `conflict` where that one is not what was read any more, with
 * `invalid` where its owner is nobody that we watch.
 */
export const saveOrganisation = (desk: Documents, organisation: Organisation, edit: Edit): Promise<void> =>
	change(desk, organisation.id, edit, ({ beneath, organisations, workspace }) => {
		const { id, owner } = organisation;
		if (owner === id)
			throw new Problem('invalid', 'an organisation cannot own itself', {
				path: 'owner',
				fault: { kind: 'own-owner' }
			});
		if (owner !== undefined && !organisations.some((other) => other.id === owner))
			throw new Problem('invalid', `${owner} is not on the watchlist`, {
				path: 'owner',
				fault: { kind: 'unwatched', name: owner }
			});
		return withOrganisation(beneath, workspace, organisation);
	});

/** Watches `id` no longer. Rejects with `conflict`. */
export const dropOrganisation = (desk: Documents, id: string, edit: Edit): Promise<void> =>
	change(desk, id, edit, ({ beneath, workspace }) => withoutOrganisation(beneath, workspace, id));

/** Forgets what people wrote of `id`. Rejects with `conflict`. */
export const resetOrganisation = (desk: Documents, id: string, edit: Edit): Promise<void> =>
	change(desk, id, edit, ({ workspace }) => withoutChange(workspace, id));

const TRIES = 8;

/** Others may save other organisations meanwhile: then it is tried upon what they saved. */
async function change(
	desk: Documents,
	id: string,
	{ base, ...writing }: Edit,
	make: (layered: Layered) => ListLayer
): Promise<void> {
	for (let left = TRIES; ; left--) {
		const layered = await readLayers(desk);
		if (fingerprint(layered.organisations.find((one) => one.id === id)) !== base)
			throw new Problem('conflict', `${id} was changed after it was read`);
		try {
			await saveLayer(desk, layered, make(layered), writing);
			return;
		} catch (error) {
			if (!isProblem(error, 'conflict') || left === 1) throw error;
		}
	}
}

/** Saves what people write, unless it is what they wrote before. Rejects with `invalid` and `conflict`. */
export async function saveLayer(
	desk: Documents,
	{ beneath, workspace: { version, ...before } }: Layered,
	layer: ListLayer,
	{ who, at }: Writing
): Promise<void> {
	if (JSON.stringify(before) === JSON.stringify(layer)) return;
	const organisations = compose([{ organisations: beneath, hidden: [] }, layer]);
	const checked = watchlistSchema.safeParse({ organisations });
	const [issue] = checked.error?.issues ?? [];
	if (issue)
		throw new Problem('invalid', issue.message, {
			path: issue.path.slice(2).join('.'),
			fault: faultOf(issue)
		});
	await desk.documents.save({ kind: WATCHLIST, id: WORKSPACE, version, body: layer, who, at });
}

/** One version of what people wrote, and what it changed. */
export interface WatchlistVersion extends Changes<Organisation> {
	version: number;
	who: string;
	at: number;
}

/** The newest first; `limit` of them. Rejects with `desk-unavailable`. */
export async function watchlistHistory(desk: Documents, limit: number): Promise<WatchlistVersion[]> {
	const layered = await readLayers(desk);
	const known = histories(layered);
	const versions =
		known.get(limit) ??
		changesOf(layered, await desk.documents.history(WATCHLIST, WORKSPACE, limit + 1)).slice(0, limit);
	known.set(limit, versions);
	return versions;
}
/** By their number, for as long as the watchlist is this one. */
const histories = once((_: Layered) => new Map<number, WatchlistVersion[]>());

/** `versions`: the newest first, each beside the one after it. */
function changesOf({ beneath }: Layered, versions: readonly Document[]): WatchlistVersion[] {
	const whole = (layer: ListLayer) => compose([{ organisations: beneath, hidden: [] }, layer]);
	const lists = versions.map((document) => whole(layerOf(document)));
	return versions.map(({ version, who, at }, i) => {
		const changes = changesBetween(lists[i + 1] ?? beneath, lists[i] ?? beneath, ({ id }) => id);
		return { version, who, at, ...changes };
	});
}
