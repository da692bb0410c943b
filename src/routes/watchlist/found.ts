/** Whom a search of the watchlist finds. */
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';

/** Every name under which an organisation is looked for, its people's among them. */
export const namesOf = ({ name, aliases, ambiguous, people }: Organisation): string[] => [
	...new Set([
		name,
		...aliases,
		...ambiguous,
		...people.flatMap((person) => [person.name, ...person.aliases])
	])
];

const HAN = /\p{sc=Han}/u;

/** The first name in the other script, Chinese or not, than `shown`; empty where there is none. */
export const alsoOf = ({ name, aliases }: Organisation, shown: string): string =>
	[name, ...aliases].find((one) => HAN.test(one) !== HAN.test(shown)) ?? '';

export interface Hit {
	organisation: Organisation;
	/** The names that have the words, the organisation's own aside. */
	by: string[];
}

/** Those of `stance` (any where it is empty) of whose names, ids or domains one has the words; everybody where there are none. */
export function found(
	organisations: readonly Organisation[],
	{ query, stance }: { query: string; stance: string }
): Hit[] {
	const words = query.normalize('NFC').toLowerCase();
	return organisations.flatMap((organisation) => {
		if (stance && organisation.stance !== stance) return [];
		if (!words) return [{ organisation, by: [] }];
		const { id, name, domains, decoys } = organisation;
		const by = [...namesOf(organisation), ...domains, ...decoys].filter((one) =>
			one.toLowerCase().includes(words)
		);
		const own = by.includes(name) || id.includes(words);
		return own || by.length ? [{ organisation, by: by.filter((one) => one !== name) }] : [];
	});
}
