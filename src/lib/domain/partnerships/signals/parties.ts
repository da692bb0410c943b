/** Who counts as one party: names of one group are one and never a pair. */
import { bounded } from '../../news/given.ts';
import { compile, type Matcher, type Mention } from '../../watchlist/matcher.ts';
import type { Watchlist } from '../../watchlist/watchlist.ts';

const HAN = /^\p{sc=Han}+$/u;

/** The group that an organisation (id or given name) belongs to, named by its head. */
export type GroupOf = (organisation: string) => string;

/** Follows owners to the head of the group; a circle of owners ends where it closes. */
export function groupsOf({ organisations }: Pick<Watchlist, 'organisations'>): GroupOf {
	const owners = new Map(organisations.map(({ id, owner }) => [id, owner]));
	return (organisation) => {
		const seen = new Set<string>();
		let head = organisation;
		for (let owner = owners.get(head); owner !== undefined && !seen.has(owner); owner = owners.get(head)) {
			seen.add(head);
			head = owner;
		}
		return head;
	};
}

/** Groups of names that an item brings: a name that the watchlist has belongs to its organisation's group, any other is its own. */
export function groupsOfNames(
	{ organisations }: Pick<Watchlist, 'organisations'>,
	groupOf: GroupOf
): GroupOf {
	const byName = new Map<string, string>();
	for (const { id, name, aliases, ambiguous } of organisations)
		for (const spelling of [name, ...aliases, ...ambiguous])
			if (!byName.has(spelling.toLowerCase())) byName.set(spelling.toLowerCase(), groupOf(id));
	return (name) => byName.get(name.toLowerCase()) ?? name;
}

/** How two names show that they are of one house: one contains the other, or abbreviates it; null where they do not. */
export function akin(a: string, b: string): 'contain' | 'abbreviate' | null {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	const at = long.indexOf(short);
	if (at >= 0 && bounded(long, at, at + short.length)) return 'contain';
	return isAbbreviation(short, long) ? 'abbreviate' : null;
}

/** Whether the characters of `short` stand in `long` in their order: 中石油 in 中国石油. */
function isAbbreviation(short: string, long: string): boolean {
	if (short.length < 2 || short.length === long.length || !HAN.test(short)) return false;
	let at = -1;
	for (const unit of short) {
		at = long.indexOf(unit, at + 1);
		if (at < 0) return false;
	}
	return true;
}

/** The people of a watchlist. */
export interface People {
	/** A person's organisation is what is found. */
	matcher: Matcher;
	/** The person's name, as the watchlist has it. */
	nameOf(mention: Pick<Mention, 'organisation' | 'text'>): string | undefined;
}

export function people({ organisations }: Pick<Watchlist, 'organisations'>): People | null {
	const names = new Map<string, string>();
	const key = (organisation: string, spelling: string) => `${organisation} ${spelling.toLowerCase()}`;
	const named = organisations.flatMap((organisation) => {
		for (const person of organisation.people)
			for (const spelling of [person.name, ...person.aliases]) names.set(key(organisation.id, spelling), person.name);
		const [name, ...aliases] = organisation.people.flatMap((person) => [person.name, ...person.aliases]);
		return name === undefined ? [] : [{ ...organisation, name, aliases, decoys: [], ambiguous: [], people: [] }];
	}); // prettier-ignore
	if (!named.length) return null;
	return {
		matcher: compile({ organisations: named }),
		nameOf: ({ organisation, text }) => names.get(key(organisation, text))
	};
}
