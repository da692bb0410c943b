/**
 * What a changed clause means: the topics of what changed in it, the capabilities that it opens or closes, and whom it names, with a door
 * that opens or closes for them.
 */
import { shortestEdit } from './align.ts';
import { capabilitiesBetween, type CapabilityChange } from './capabilities.ts';
import { stanceOf, type Stance } from './stance.ts';
import { topicsOf, type Span, type Topic } from './topics.ts';

export type Direction = 'opens' | 'closes' | 'mentions';

export interface NamedOrganisation {
	/** Id in the watchlist. */
	organisation: string;
	/** As the text has it. */
	name: string;
	direction: Direction;
}

export interface Meaning {
	topics: Topic[];
	capabilities: CapabilityChange[];
	organisations: NamedOrganisation[];
}

/** Finds names of organisations in a text; offsets in UTF-16 units. A watchlist's matcher is one. */
export interface NameFinder {
	mentions(text: string): readonly { organisation: string; text: string; start: number; end: number }[];
}

interface Sentence extends Span {
	text: string;
	/** Slices of `text` that the other side has not. */
	changed: Span[];
	/** Something in it changed, on this side or, of what it is matched with, on the other. */
	touched: boolean;
}

/** More words than this are not compared one by one: all of them changed. */
const MOST_EDITS = 400;
const WORD =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu;
const SENTENCE_END = /(?<=[.!?]["”’)]?)\s+(?=["“(]?[\p{Lu}\p{N}])|(?<=[。！？；])|\n/gu;

/** Changes whose meaning a reader remembers: a page that comes and goes has the same ones again and again. */
const REMEMBERED = 10_000;

/** Reads a change: `before` and `after` are the clause on either side, null where it is not there. */
export type MeaningReader = (before: string | null, after: string | null) => Meaning;

/** `finder`: whose names are looked for; without it nobody is told. */
export function meaningReader(finder?: NameFinder): MeaningReader {
	const known = new Map<string, Meaning>();
	const read: MeaningReader = (before, after) => {
		const [old, now] = sides(before, after);
		return {
			topics: topicsIn(old, now),
			capabilities: capabilitiesBetween(touchedIn(old), touchedIn(now)).map(({ capability, direction }) => ({
				capability,
				direction
			})),
			organisations: finder ? organisationsIn(old, now, finder) : []
		};
	};
	return (before, after) => {
		const change = JSON.stringify([before, after]);
		const meaning = known.get(change) ?? read(before, after);
		if (known.size >= REMEMBERED) known.clear();
		known.set(change, meaning);
		return meaning;
	};
}

/** The sentence that opens a capability first, with what it opens; null where none does. */
export function openedIn(
	before: string | null,
	after: string
): { capability: CapabilityChange['capability']; sentence: string } | null {
	const [old, now] = sides(before, after).map(touchedIn);
	return capabilitiesBetween(old ?? [], now ?? []).find(({ direction }) => direction === 'opened') ?? null;
}

const touchedIn = (side: readonly Sentence[]): Sentence[] => side.filter(({ touched }) => touched);

/** The sentences of `after` that a change touches, in order; `changed` are slices of `text` that `before` has not. */
export const touchedSentences = (
	before: string | null,
	after: string
): { text: string; changed: readonly Span[] }[] => sides(before, after)[1].filter(({ touched }) => touched);

/** Topics of the words that are new, and of those that went; where these have none, of the sentences that they stood in. */
function topicsIn(old: readonly Sentence[], now: readonly Sentence[]): Topic[] {
	const touched = [...now, ...old].filter((sentence) => sentence.touched);
	const spans: Span[] = [];
	let text = '';
	for (const sentence of touched) {
		for (const { start, end } of sentence.changed)
			spans.push({ start: text.length + start, end: text.length + end });
		text += `${sentence.text}\n`;
	}
	return topicsOf(text, spans);
}

interface Named {
	name: string;
	was: Stance | null;
	is: Stance | null;
	/** Of the sentences that name it: words were added, words went. */
	more: boolean;
	less: boolean;
}

function organisationsIn(
	old: readonly Sentence[],
	now: readonly Sentence[],
	finder: NameFinder
): NamedOrganisation[] {
	const named = new Map<string, Named>();
	const read = (sentences: readonly Sentence[], side: 'was' | 'is') => {
		for (const { text, touched, changed } of sentences) {
			if (!touched) continue;
			for (const { organisation, text: name, start, end } of finder.mentions(text)) {
				const one = named.get(organisation) ?? { name, was: null, is: null, more: false, less: false };
				named.set(organisation, one);
				one[side] = stronger(one[side], stanceOf(text, start, end));
				if (changed.length) one[side === 'is' ? 'more' : 'less'] = true;
				if (side === 'is') one.name = name;
			}
		}
	};
	read(old, 'was');
	read(now, 'is');
	return [...named].flatMap(([organisation, one]) => {
		const direction = directionOf(one);
		return direction ? [{ organisation, name: one.name, direction }] : [];
	});
}

/** Of several sentences that name somebody, one that opens counts before one that denies. */
const stronger = (a: Stance | null, b: Stance): Stance =>
	a === 'open' || b === 'open' ? 'open' : a === 'denied' || b === 'denied' ? 'denied' : 'neutral';

/** Null where the change does not touch whom the sentence names: it says of them what it said. */
function directionOf({ was, is, more, less }: Named): Direction | null {
	if (was === null) return is === 'open' ? 'opens' : is === 'denied' ? 'closes' : 'mentions';
	if (is === null) return was === 'open' ? 'closes' : 'mentions';
	if (was !== is) return is === 'open' ? 'opens' : was === 'open' || is === 'denied' ? 'closes' : 'mentions';
	if (is === 'open' && more !== less) return more ? 'opens' : 'closes'; // the flow has become wider, or narrower
	return null;
}

/** Both sides as sentences, with what changed in each. */
function sides(before: string | null, after: string | null): [Sentence[], Sentence[]] {
	const [old, now] = [sentencesOf(before ?? ''), sentencesOf(after ?? '')];
	const [left, right] = [wordsOf(before ?? ''), wordsOf(after ?? '')];
	const pairs =
		before === null || after === null ? [] : (shortestEdit(left.map(key), right.map(key), MOST_EDITS) ?? []);
	markChanged(old, left, new Set(pairs.map(([i]) => i)));
	markChanged(now, right, new Set(pairs.map(([, j]) => j)));
	const matched = new Map<Sentence, Set<Sentence>>();
	for (const [i, j] of pairs) {
		const [one, other] = [holder(old, left[i]), holder(now, right[j])];
		if (one && other) matched.set(one, (matched.get(one) ?? new Set()).add(other));
	}
	for (const [one, others] of matched)
		for (const other of others) {
			const touched = one.changed.length > 0 || other.changed.length > 0;
			one.touched ||= touched;
			other.touched ||= touched;
		}
	return [old, now];
}

interface Word extends Span {
	key: string;
}
const key = (word: Word) => word.key;
const wordsOf = (text: string): Word[] =>
	[...text.matchAll(WORD)].map(({ index, 0: word }) => ({
		start: index,
		end: index + word.length,
		key: word.toLowerCase()
	}));

function sentencesOf(text: string): Sentence[] {
	const sentences: Sentence[] = [];
	let start = 0;
	const add = (end: number) => {
		if (end > start)
			sentences.push({ start, end, text: text.slice(start, end), changed: [], touched: false });
	};
	for (const { index, 0: gap } of text.matchAll(SENTENCE_END)) {
		add(index);
		start = index + gap.length;
	}
	add(text.length);
	return sentences;
}

/** Marks in each sentence the words that are not in `kept`; neighbours become one slice. */
function markChanged(
	sentences: readonly Sentence[],
	words: readonly Word[],
	kept: ReadonlySet<number>
): void {
	let at = 0;
	let follows = false; // the word before changed as well, in the same sentence
	for (const [i, { start, end }] of words.entries()) {
		while ((sentences[at]?.end ?? Infinity) <= start) {
			at++;
			follows = false;
		}
		const sentence = sentences[at];
		if (!sentence || kept.has(i)) {
			follows = false;
			continue;
		}
		const last = follows ? sentence.changed.at(-1) : undefined;
		if (last) last.end = end - sentence.start;
		else sentence.changed.push({ start: start - sentence.start, end: end - sentence.start });
		sentence.touched = follows = true;
	}
}

/** The sentence that holds a word; sentences are in order. */
function holder(sentences: readonly Sentence[], word: Word | undefined): Sentence | undefined {
	if (!word) return undefined;
	let [low, high] = [0, sentences.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sentences[middle]?.end ?? Infinity) <= word.start) low = middle + 1;
		else high = middle;
	}
	return sentences[low];
}
