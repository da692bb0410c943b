import { starter } from '#lib/domain/watchlist/starter.ts';

export interface Named {
	id: string;
	name: string;
}

/** Organisations that articles are read for, by name. */
export const organisations: readonly Named[] = starter.organisations
	.map(({ id, name }) => ({ id, name }))
	.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));

const names = new Map(organisations.map(({ id, name }) => [id, name]));
/** An organisation that has left the watchlist keeps its id as its name. */
export const named = (ids: readonly string[]): Named[] =>
	ids.map((id) => ({ id, name: names.get(id) ?? id }));
