/**
 * Who is mentioned in a text. All names of a watchlist are looked for at once; of overlapping hits the leftmost and then the longest
 * counts. Latin names end at word boundaries; decoys (longer names that contain a shorter one) hide what is inside them; ambiguous
 * names count only beside another mention of the same organisation.
 */
import { automaton, fold } from './automaton.ts';
import type { Automaton } from './automaton.ts';
import type { Organisation, Watchlist } from './watchlist.ts';

export interface Mention {
	/** Id in the watchlist. */
	organisation: string;
	/** The slice `start` to `end` of the text, in UTF-16 units. */
	text: string;
	start: number;
	end: number;
}

export interface Matcher {
	/** In order of appearance, one an occurrence (two where two organisations have the same name). */
	mentions(text: string): Mention[];
	/** The same for the fields of one item: a mention in one field makes an ambiguous name in another count. */
	mentionsIn<F extends string>(fields: Readonly<Record<F, string>>): (Mention & { field: F })[];
}

/** A matcher that also reads texts with most lines in common, as the versions of a document have, many times faster. */
export interface VersionMatcher extends Matcher {
	/** Gives whom a text mentions, as `mentions` does. Remembers lines. */
	reader(): NameReader;
}
export type NameReader = (text: string) => ReadonlySet<string>;

/** Lines that a reader remembers. */
const LINES = 10_000;

/** A name is certain, ambiguous, of a person (who makes ambiguous names count), or a decoy. */
type Kind = 'certain' | 'ambiguous' | 'person' | 'decoy';
interface Meaning {
	organisation: string;
	kind: Kind;
	/** The spelling that was listed. */
	name: string;
}
interface Hit {
	start: number;
	end: number;
	meanings: Meaning[];
}

/** A matcher for the organisations of a watchlist. 12,000 names take some 50 ms and 10 MB. */
export function compile({ organisations }: Pick<Watchlist, 'organisations'>): VersionMatcher {
	const byName = new Map<string, Meaning[]>();
	for (const meaning of organisations.flatMap(namesOf)) {
		const key = fold(meaning.name);
		byName.set(key, [...(byName.get(key) ?? []), meaning]);
	}
	const patterns = [...byName.keys()];
	const meanings = [...byName.values()];
	const machine = automaton(patterns);
	const hits = (text: string) => hitsIn(text, machine, patterns, meanings);
	return {
		mentions: (text) => certain([hits(text)]).map((hit) => mention(text, hit)),
		mentionsIn(fields) {
			const names = Object.keys(fields) as (keyof typeof fields)[];
			const found = names.map((field) => hits(fields[field]).map((hit) => ({ ...hit, field })));
			return certain(found).map((hit) => ({ ...mention(fields[hit.field], hit), field: hit.field }));
		},
		reader() {
			const known = new Map<string, Pick<OneHit, 'organisation' | 'kind'>[]>();
			return (text) => {
				const lines = text.split('\n').map((line) => {
					const told = known.get(line);
					if (told) return told;
					if (known.size >= LINES) known.clear();
					const found = hits(line).map(({ organisation, kind }) => ({ organisation, kind }));
					known.set(line, found);
					return found;
				});
				return new Set(certain(lines).map(({ organisation }) => organisation));
			};
		}
	};
}

function namesOf({ id, name, aliases, decoys, ambiguous, people }: Organisation): Meaning[] {
	const unsure = new Set(ambiguous);
	const kinds: [Kind, string[]][] = [
		['certain', [name, ...aliases].filter((alias) => !unsure.has(alias))],
		['ambiguous', ambiguous],
		['person', people.flatMap((person) => [person.name, ...person.aliases])],
		['decoy', decoys]
	];
	return kinds.flatMap(([kind, list]) =>
		[...new Set(list)].map((name) => ({ organisation: id, kind, name }))
	);
}

interface OneHit extends Pick<Hit, 'start' | 'end'> {
	organisation: string;
	kind: Kind;
}

/** Leftmost-longest hits, one for each organisation that they name. */
function hitsIn(text: string, machine: Automaton, patterns: string[], meanings: Meaning[][]): OneHit[] {
	const hits: Hit[] = [];
	machine.scan(text, (pattern, end) => {
		const start = end - (patterns[pattern]?.length ?? 0);
		if (!bounded(text, start, end)) return;
		const slice = text.slice(start, end);
		const meant = (meanings[pattern] ?? []).filter((meaning) => spelt(slice, meaning));
		if (meant.length) hits.push({ start, end, meanings: meant });
	});
	hits.sort((a, b) => a.start - b.start || b.end - a.end);
	const chosen: OneHit[] = [];
	let hidden = 0; // the end of the furthest decoy so far
	let taken = 0;
	for (const { start, end, meanings } of hits) {
		const seen = start >= taken && end > hidden;
		// One organisation's decoy may be another's name.
		const names = meanings.filter(({ kind }) => kind !== 'decoy');
		if (names.length < meanings.length) hidden = Math.max(hidden, end);
		if (!seen || !names.length) continue;
		for (const { organisation, kind } of names) chosen.push({ start, end, organisation, kind });
		taken = end;
	}
	return chosen;
}

/** Mentions over several fields: certain ones, and ambiguous ones whose organisation is named by another name as well. */
function certain<H extends Pick<OneHit, 'organisation' | 'kind'>>(fields: H[][]): H[] {
	const named = new Set<string>();
	for (const hits of fields)
		for (const { organisation, kind } of hits) if (kind !== 'ambiguous') named.add(organisation);
	return fields
		.flat()
		.filter(
			({ organisation, kind }) => kind === 'certain' || (kind === 'ambiguous' && named.has(organisation))
		);
}

const mention = (text: string, { organisation, start, end }: OneHit): Mention => ({
	organisation, text: text.slice(start, end), start, end
}); // prettier-ignore

/** Letters that make words with their neighbours; scripts without spaces between words, and Hangul with its particles, do not. */
const WORD = /[\p{L}\p{N}\p{M}_]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const joins = (unit: string) => WORD.test(unit) && !UNSPACED.test(unit);

function bounded(text: string, start: number, end: number): boolean {
	if (start > 0 && joins(text.charAt(start - 1)) && joins(text.charAt(start))) return false;
	return !(end < text.length && joins(text.charAt(end)) && joins(text.charAt(end - 1)));
}

/**
 * Whether `slice` spells `meaning`'s name: ambiguous names and short capitals (JD, KFC) to the letter; plain capitalised words (Apple,
 * App Store) not in lower case throughout, where it is a word of the language; others in any case.
 */
function spelt(slice: string, { kind, name }: Meaning): boolean {
	if (slice === name) return true;
	if (kind === 'ambiguous' || (name.length <= 3 && /^[A-Z0-9&]+$/.test(name))) return false;
	return !(/^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*$/u.test(name) && slice === slice.toLowerCase());
}
