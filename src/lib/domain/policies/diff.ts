/**
 * What changed between two texts of a policy, clause by clause: clauses that stand where they stood are anchors; of the rest, the same
 * text elsewhere is *moved*, several clauses for one *split* or *merged*, a like one *modified*, what is left *added* or *removed*.
 */
import { align } from './align.ts';
import { clauseMemory, clausesOf } from './clauses.ts';
import type { Clause } from './clauses.ts';
import { meaningReader } from './meaning.ts';
import type { Meaning, MeaningReader, NameFinder } from './meaning.ts';
import { similarity, Vocabulary } from './similar.ts';
import type { View } from './similar.ts';

export type ChangeKind = 'added' | 'removed' | 'modified' | 'moved' | 'split' | 'merged';

export interface Passage {
	/** The headings above, joined by ` › `. */
	heading: string;
	/** The clause; of several the texts, one a line. */
	text: string;
}

/** Topics, capabilities and organisations are those of the words that changed; what has only moved has none. */
export interface Change extends Meaning {
	kind: ChangeKind;
	before?: Passage;
	after?: Passage;
}

export interface PolicyDiff {
	/** In the order of the new text; what was removed stands where it stood. */
	changes: Change[];
	stats: Record<'before' | 'after' | 'unchanged' | ChangeKind, number>;
}

/** A clause that has no anchor: its index, and how many anchors stand before it. */
interface Loose {
	clause: Clause;
	at: number;
	gap: number;
	/** The kind of change that it has become part of. */
	told: boolean;
}
interface Found {
	kind: ChangeKind;
	before: Loose[];
	after: Loose[];
}

/** Least likeness of a modified clause, and of one that stands alone with its counterpart between two anchors. */
const ALIKE = 0.4;
const ALIKE_ALONE = 0.15;
/** What standing between the same anchors, and under the same heading, adds to a likeness. */
const SAME_PLACE = 0.15;
const SAME_HEADING = 0.05;
/** A part lies in the whole, and the parts make up the whole, at least this much. */
const PART_INSIDE = 0.72;
const WHOLE_COVERED = 0.75;
/** Below this many words a clause is no part of another: short ones are in many. */
const PART_WORDS = 3;

/** Compares pairs of texts, faster where they have much in common, as the versions of a document have. `finder` as below. */
export function differ(finder?: NameFinder): (before: string, after: string) => PolicyDiff {
	const memory = clauseMemory();
	const vocabulary = new Vocabulary();
	const meaning = meaningReader(finder);
	let last: { text: string; clauses: Clause[] } = { text: '', clauses: [] };
	return (before, after) => {
		const old = before === last.text ? last.clauses : clausesOf(before, memory);
		last = { text: after, clauses: clausesOf(after, memory) };
		return between(old, last.clauses, meaning, vocabulary);
	};
}

/** `finder`: whose names are looked for; without it no organisation is told. */
export const diffPolicies = (before: string, after: string, finder?: NameFinder): PolicyDiff =>
	differ(finder)(before, after);

function between(old: Clause[], now: Clause[], meaning: MeaningReader, vocabulary: Vocabulary): PolicyDiff {
	const anchors = align(
		old.map(({ key }) => key),
		now.map(({ key }) => key),
		(i) => 1 + (old[i]?.tokens.length ?? 0)
	);
	const left = loose(old, new Set(anchors.map(([i]) => i)));
	const right = loose(now, new Set(anchors.map(([, j]) => j)));
	const moved = [...elsewhere(left, right, repeated(old, now))];
	const [olds, news] = [untold(left), untold(right)];
	const { forth, back } = similarity(clauses(olds), clauses(news), vocabulary);
	const found = [
		...moved,
		...parted(olds, news, forth, 'split'),
		...parted(news, olds, back, 'merged'),
		...alike(olds, news, forth)
	];
	for (const one of untold(olds)) found.push({ kind: 'removed', before: [one], after: [] });
	for (const one of untold(news)) found.push({ kind: 'added', before: [], after: [one] });
	const stats = { before: old.length, after: now.length, unchanged: anchors.length };
	const kinds = { added: 0, removed: 0, modified: 0, moved: 0, split: 0, merged: 0 };
	for (const { kind } of found) kinds[kind]++;
	return { changes: found.sort(byPlace).map((one) => told(one, meaning)), stats: { ...stats, ...kinds } };
}

function loose(clauses: readonly Clause[], anchored: ReadonlySet<number>): Loose[] {
	let gap = 0;
	return clauses.flatMap((clause, at) => {
		if (!anchored.has(at)) return [{ clause, at, gap, told: false }];
		gap++;
		return [];
	});
}

/** Keys that one of the texts has more than once ("Same as above"): nobody can say which of them moved. */
function repeated(...texts: (readonly Clause[])[]): ReadonlySet<string> {
	const twice = new Set<string>();
	for (const clauses of texts) {
		const once = new Set<string>();
		for (const { key } of clauses) (once.has(key) ? twice : once).add(key);
	}
	return twice;
}

/** Pairs off equal clauses that stand elsewhere; those that are unique have moved. */
function* elsewhere(left: Loose[], right: Loose[], repeats: ReadonlySet<string>): Generator<Found> {
	const waiting = new Map<string, Loose[]>();
	for (const one of [...right].reverse()) {
		const list = waiting.get(one.clause.key);
		if (list) list.push(one);
		else waiting.set(one.clause.key, [one]);
	}
	for (const one of left) {
		const other = waiting.get(one.clause.key)?.pop();
		if (!other) continue;
		one.told = other.told = true;
		if (!repeats.has(one.clause.key)) yield { kind: 'moved', before: [one], after: [other] };
	}
}

/** Clauses that are several neighbours on the other side: a split, or read backwards a merger. */
function* parted(wholes: Loose[], pieces: Loose[], view: View, kind: 'split' | 'merged'): Generator<Found> {
	const { candidates, covers } = view;
	if (pieces.length < 2) return;
	for (const [i, one] of wholes.entries()) {
		if (one.told) continue;
		const parts = new Map<number, number>();
		for (const j of candidates(i)) {
			const piece = pieces[j];
			if (!piece || piece.told || piece.clause.tokens.length < PART_WORDS) continue;
			const part = covers(i, j, PART_INSIDE);
			if (part > 0) parts.set(j, part);
		}
		const fitting = [...parts.keys()].sort((x, y) => x - y);
		const run = heaviestRun(fitting, pieces, (j) => parts.get(j) ?? 0);
		if (run.length < 2 || run.reduce((sum, j) => sum + (parts.get(j) ?? 0), 0) < WHOLE_COVERED) continue;
		const made = run.flatMap((j) => pieces[j] ?? []);
		for (const each of [one, ...made]) each.told = true;
		yield kind === 'split' ? { kind, before: [one], after: made } : { kind, before: made, after: [one] };
	}
}

/** The run of neighbouring clauses that covers most. */
function heaviestRun(
	fitting: readonly number[],
	pieces: readonly Loose[],
	covers: (j: number) => number
): number[] {
	const runs: number[][] = [];
	for (const j of fitting) {
		const last = runs.at(-1);
		const previous = last?.at(-1);
		if (last && previous !== undefined && pieces[j]?.at === (pieces[previous]?.at ?? -2) + 1) last.push(j);
		else runs.push([j]);
	}
	const weight = (run: readonly number[]) => run.reduce((sum, j) => sum + covers(j), 0);
	return runs.reduce((a, b) => (weight(b) > weight(a) ? b : a), []);
}

/** Pairs the likest clauses, one to one, the surest first. */
function* alike(olds: Loose[], news: Loose[], { candidates, cosine }: View): Generator<Found> {
	const inGap = (side: Loose[]) =>
		Map.groupBy(
			[...side.keys()].filter((i) => side[i]?.told === false),
			(i) => side[i]?.gap ?? -1
		);
	const [oldsIn, newsIn] = [inGap(olds), inGap(news)];
	const pairs: { one: Loose; other: Loose; score: number }[] = [];
	for (const [i, one] of olds.entries()) {
		if (one.told) continue;
		const here = newsIn.get(one.gap) ?? [];
		const alone = here.length === 1 && oldsIn.get(one.gap)?.length === 1;
		for (const j of new Set([...candidates(i), ...(alone ? here : [])])) {
			const other = news[j];
			if (!other || other.told) continue;
			const likeness = cosine(i, j);
			const place = one.gap === other.gap ? SAME_PLACE : 0;
			const score = likeness + place + (one.clause.heading === other.clause.heading ? SAME_HEADING : 0);
			if (likeness >= (alone && place ? ALIKE_ALONE : ALIKE - place)) pairs.push({ one, other, score });
		}
	}
	pairs.sort((a, b) => b.score - a.score || a.one.at - b.one.at || a.other.at - b.other.at);
	for (const { one, other } of pairs) {
		if (one.told || other.told) continue;
		one.told = other.told = true;
		yield { kind: 'modified', before: [one], after: [other] };
	}
}

const untold = (side: readonly Loose[]) => side.filter((one) => !one.told);
const clauses = (side: readonly Loose[]) => side.map(({ clause }) => clause);

const byPlace = (a: Found, b: Found): number => {
	const [x, y] = [a.after[0] ?? a.before[0], b.after[0] ?? b.before[0]];
	return (x?.gap ?? 0) - (y?.gap ?? 0) || a.after.length - b.after.length || (x?.at ?? 0) - (y?.at ?? 0);
};

function told({ kind, before, after }: Found, meaning: MeaningReader): Change {
	const [was, is] = [passage(before), passage(after)];
	const meant =
		kind === 'moved'
			? { topics: [], capabilities: [], organisations: [] }
			: meaning(was?.text ?? null, is?.text ?? null);
	return { kind, ...(was && { before: was }), ...(is && { after: is }), ...meant };
}
const passage = (side: readonly Loose[]): Passage | null =>
	side[0]
		? { heading: side[0].clause.heading, text: side.map(({ clause }) => clause.text).join('\n') }
		: null;
