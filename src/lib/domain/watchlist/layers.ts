/**
 * Watchlists that lie upon each other: the starter, the demo, what people wrote. An upper one holds only what it changes, so that a
 * better starter reaches everybody who left it as it is.
 */
import type { ListLayer, Organisation } from './watchlist.ts';

/** Two organisations that say the same. */
const same = (a: Organisation, b: Organisation): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whom the layers, the lowest first, watch together; an owner that nobody watches owns nothing. */
export function compose(layers: readonly ListLayer[]): Organisation[] {
	const all = new Map<string, Organisation>();
	for (const { organisations, hidden } of layers) {
		for (const organisation of organisations) all.set(organisation.id, organisation);
		for (const id of hidden) all.delete(id);
	}
	return [...all.values()].map((organisation) =>
		organisation.owner === undefined || all.has(organisation.owner)
			? organisation
			: withoutOwner(organisation)
	);
}

const withoutOwner = ({ owner: _, ...rest }: Organisation): Organisation => rest;

/** `layer` with `organisation` in it, where it differs from what lies `beneath`. */
export function withOrganisation(
	beneath: readonly Organisation[],
	layer: ListLayer,
	organisation: Organisation
): ListLayer {
	const { organisations, hidden } = withoutChange(layer, organisation.id);
	const below = beneath.find(({ id }) => id === organisation.id);
	if (below && same(below, organisation)) return { organisations, hidden };
	return { organisations: [...organisations, organisation], hidden };
}

/** `layer` that does not watch `id`, which owns nobody then. */
export function withoutOrganisation(
	beneath: readonly Organisation[],
	layer: ListLayer,
	id: string
): ListLayer {
	const { organisations, hidden } = withoutChange(layer, id);
	return {
		organisations: organisations.map((own) => (own.owner === id ? withoutOwner(own) : own)),
		hidden: beneath.some((below) => below.id === id) ? [...hidden, id] : hidden
	};
}

/** `layer` that leaves `id` as it is beneath. */
export const withoutChange = (layer: ListLayer, id: string): ListLayer => ({
	organisations: layer.organisations.filter((own) => own.id !== id),
	hidden: layer.hidden.filter((own) => own !== id)
});

/** The smallest layer that makes `wanted` of what lies `beneath` it. */
export function layerOver(beneath: readonly Organisation[], wanted: readonly Organisation[]): ListLayer {
	const below = new Map(beneath.map((organisation) => [organisation.id, organisation]));
	const ids = new Set(wanted.map(({ id }) => id));
	return {
		organisations: wanted.filter((organisation) => {
			const other = below.get(organisation.id);
			return !other || !same(other, organisation);
		}),
		hidden: beneath.flatMap(({ id }) => (ids.has(id) ? [] : [id]))
	};
}

export interface Changes<T> {
	added: T[];
	/** As they are now. */
	changed: T[];
	removed: T[];
}

/** What happened between two lists whose entries `key` names. */
export function changesBetween<T>(
	before: readonly T[],
	after: readonly T[],
	key: (entry: T) => string
): Changes<T> {
	const old = new Map(before.map((entry) => [key(entry), entry]));
	const now = new Set(after.map(key));
	return {
		added: after.filter((entry) => !old.has(key(entry))),
		changed: after.filter((entry) => {
			const other = old.get(key(entry));
			return other !== undefined && JSON.stringify(other) !== JSON.stringify(entry);
		}),
		removed: before.filter((entry) => !now.has(key(entry)))
	};
}
