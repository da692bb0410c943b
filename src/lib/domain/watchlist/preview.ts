/** What an organisation's names would find in articles, before anybody saves them: what counts, what decoys hide, what stays out. */
import { sentences } from '../news/sentences.ts';
import { fold } from './automaton.ts';
import { compile, type Matcher } from './matcher.ts';
import type { Organisation } from './watchlist.ts';

export interface PreviewArticle {
	id: string;
	title: string;
	text: string;
	publisher: string;
	/** RFC 3339 UTC. */
	publishedAt: string;
}
/** A sentence, with what was found in it as `start` to `end`. */
export interface Sample {
	article: string;
	publisher: string;
	publishedAt: string;
	text: string;
	start: number;
	end: number;
}
export interface NameFound {
	name: string;
	kind: 'name' | 'ambiguous' | 'decoy' | 'person';
	/** Articles in which it counts; for a decoy those from which it took a name, for a person those that name it. */
	articles: number;
	/** Of those the ones that name nobody else who is watched, and it by nothing else. */
	alone: number;
	/** Of an ambiguous name: articles in which nothing says that it is meant. */
	leftOut: number;
	/** The first ones that count, else of those that do not. */
	samples: Sample[];
}
export interface NamesPreview {
	/** Articles that mention the organisation. */
	articles: number;
	names: NameFound[];
	/** Names of the organisation that another one has too. */
	shared: { name: string; organisation: string }[];
	/** Names so short that they stand in other words. */
	short: string[];
}

const SAMPLES = 3;
/** Longest piece of a sentence that is shown, UTF-16 units. */
const PIECE = 240;
/** Stands for "named beyond doubt": no text has it. */
const NAMED = '\ue000';

/** `others`: everybody else who is watched. `articles`: those that have one of the names, in the order in which they are to be shown. */
export function previewNames(
	draft: Organisation,
	others: readonly Organisation[],
	articles: readonly PreviewArticle[]
): NamesPreview {
	const rest = others.filter(({ id }) => id !== draft.id);
	const marked = { ...draft, aliases: [...draft.aliases, NAMED] };
	const matcher = compile({ organisations: [...rest, marked] });
	const bare = draft.decoys.length ? compile({ organisations: [...rest, { ...marked, decoys: [] }] }) : null;
	const people = compile({ organisations: peopleOf(draft) });
	const found = new Map(namesOf(draft).map((entry) => [key(entry), entry]));
	let mentioned = 0;
	for (const article of articles) {
		const everybody = hits(matcher, article, null);
		const counted = everybody.filter(({ organisation }) => organisation === draft.id);
		if (counted.length) mentioned++;
		const alone =
			new Set(everybody.map(({ organisation, text }) => `${organisation} ${fold(text)}`)).size === 1;
		const at = new Set(counted.map(place));
		const hidden = bare ? hits(bare, article, draft.id).filter((hit) => !at.has(place(hit))) : [];
		const unsure = hits(matcher, article, draft.id, NAMED).filter((hit) => !at.has(place(hit)));
		const note = (kind: NameFound['kind'], list: Hit[]) => tell(found, kind, article, list, 'articles');
		note('name', counted);
		if (alone) tell(found, 'name', article, counted, 'alone');
		note('ambiguous', counted);
		note(
			'decoy',
			hidden.flatMap((hit) => decoyOver(draft.decoys, article, hit))
		);
		note('person', hits(people, article, null));
		tell(found, 'ambiguous', article, unsure, 'leftOut');
	}
	return {
		articles: mentioned,
		names: [...found.values()],
		shared: sharedNames(draft, rest),
		short: [draft.name, ...draft.aliases].filter((name) => !draft.ambiguous.includes(name) && isShort(name))
	};
}

interface Hit {
	field: 'title' | 'text';
	start: number;
	end: number;
	text: string;
	organisation: string;
}
const place = ({ field, start, end }: Hit) => `${field} ${start} ${end}`;
const key = ({ kind, name }: Pick<NameFound, 'kind' | 'name'>) => `${kind} ${fold(name)}`;

const namesOf = ({ name, aliases, ambiguous, decoys, people }: Organisation): NameFound[] => {
	const unsure = new Set(ambiguous);
	const of = (kind: NameFound['kind'], names: string[]) =>
		names.map((name): NameFound => ({ name, kind, articles: 0, alone: 0, leftOut: 0, samples: [] }));
	return [
		...of('name', [name, ...aliases].filter((name) => !unsure.has(name))),
		...of('ambiguous', ambiguous),
		...of('decoy', decoys),
		...of('person', people.flatMap((person) => [person.name, ...person.aliases]))
	]; // prettier-ignore
};

/** Each person as if it were an organisation. */
const peopleOf = ({ people }: Organisation): Organisation[] =>
	people.map(({ name, aliases }, i) => ({
		id: `${i}`, name, aliases, stance: 'other', decoys: [], ambiguous: [], domains: [], people: []
	})); // prettier-ignore

/** Mentions of `organisation` (null: of any) in an article; with `beside` as if that stood there too. */
function hits(matcher: Matcher, article: PreviewArticle, organisation: string | null, beside = ''): Hit[] {
	const { title, text } = article;
	return matcher
		.mentionsIn({ title, text, beside })
		.flatMap(({ field, ...hit }) =>
			field !== 'beside' && (organisation === null || hit.organisation === organisation)
				? [{ ...hit, field }]
				: []
		);
}

/** The decoys that cover a hit, as hits. */
function decoyOver(
	decoys: readonly string[],
	article: PreviewArticle,
	{ field, start, end, organisation }: Hit
): Hit[] {
	const folded = fold(article[field]);
	for (const decoy of decoys) {
		const from = folded.indexOf(fold(decoy), Math.max(0, end - decoy.length));
		if (from >= 0 && from <= start)
			return [{ field, start: from, end: from + decoy.length, text: article[field].slice(from, from + decoy.length), organisation }]; // prettier-ignore
	}
	return [];
}

/** Counts an article once for each name of `kind` that it has, with a sample while there is room. */
function tell(
	found: ReadonlyMap<string, NameFound>,
	kind: NameFound['kind'],
	article: PreviewArticle,
	list: readonly Hit[],
	what: 'articles' | 'alone' | 'leftOut'
): void {
	const told = new Set<NameFound>();
	for (const hit of list) {
		const entry = found.get(key({ kind, name: hit.text }));
		if (!entry || told.has(entry)) continue;
		told.add(entry);
		entry[what]++;
		if (what === 'alone' || entry.samples.length === SAMPLES) continue;
		const sample = sampleOf(article, hit);
		// Copies of one report show no more than one of them.
		if (!entry.samples.some(({ text }) => text === sample.text)) entry.samples.push(sample);
	}
}

/** The sentence around a hit, cut where it is long. */
function sampleOf({ id, publisher, publishedAt, ...fields }: PreviewArticle, hit: Hit): Sample {
	const whole = fields[hit.field];
	const span = sentences(whole).find(({ start, end }) => start <= hit.start && hit.end <= end) ?? {
		start: hit.start,
		end: hit.end
	};
	const from = Math.max(span.start, hit.start - PIECE / 2);
	const to = Math.min(span.end, from + Math.max(PIECE, hit.end - from));
	return {
		article: id,
		publisher,
		publishedAt,
		text: whole.slice(from, to).toWellFormed(),
		start: hit.start - from,
		end: hit.end - from
	};
}

function sharedNames(draft: Organisation, others: readonly Organisation[]): NamesPreview['shared'] {
	const own = new Map([draft.name, ...draft.aliases, ...draft.ambiguous].map((name) => [fold(name), name]));
	return others.flatMap(({ name: other, aliases, ambiguous }) =>
		[...new Set([other, ...aliases, ...ambiguous].map(fold))].flatMap((folded) => {
			const name = own.get(folded);
			return name === undefined ? [] : [{ name, organisation: other }];
		})
	);
}

const HAN = /\p{sc=Han}/u;
/** One character of Chinese, two letters of anything else. */
const isShort = (name: string): boolean => [...name].length <= (HAN.test(name) ? 1 : 2);
