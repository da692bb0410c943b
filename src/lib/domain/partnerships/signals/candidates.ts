/** The pairs of organisations that a text speaks of together: in one sentence or, where nothing nearer names both, in two that adjoin. */
import { sentences, type Span } from '../../news/sentences.ts';
import type { Mention } from '../../watchlist/matcher.ts';
import { pairsOf, type Pair } from './pair.ts';
import type { GroupOf } from './parties.ts';
import type { Field } from './signal.ts';
import { tokenise, type Token } from './tokens.ts';

/** A mention, or a person who stands for an organisation. */
export type Sighting = Mention & { person?: boolean };

export interface Sentence extends Span {
	field: Field;
	tokens: readonly Token[];
	/** By party: the mention that stands for it. */
	parties: readonly Sighting[];
}

export interface Candidate {
	pair: Pair;
	sentence: Sentence;
	/** The closest mentions of the two, in their order. */
	mentions: readonly [Sighting, Sighting];
}

/** Sentences of a field that name an organisation. A title is one sentence. */
export function sentencesOf(
	text: string,
	field: Field,
	mentions: readonly Sighting[],
	groupOf: GroupOf
): Sentence[] {
	if (!mentions.length) return [];
	const spans = field === 'title' ? [{ start: 0, end: text.length }] : sentences(text);
	const read: Sentence[] = [];
	let next = 0;
	for (const span of spans) {
		const inside: Sighting[] = [];
		for (let mention = mentions[next]; mention && mention.start < span.end; mention = mentions[++next])
			if (mention.start >= span.start && mention.end <= span.end) inside.push(mention);
		if (inside.length) read.push(sentence(text, field, span, inside, groupOf));
	}
	return read;
}

function sentence(text: string, field: Field, { start, end }: Span, mentions: readonly Sighting[], groupOf: GroupOf): Sentence {
	const parties: Sighting[] = [];
	const numbers = new Map<string, number>();
	let taken = start;
	const named = mentions.flatMap((mention) => {
		if (mention.start < taken) return []; // a second organisation of the same name
		taken = mention.end;
		const group = groupOf(mention.organisation);
		const known = numbers.get(group);
		const party = known ?? parties.length;
		if (known === undefined) {
			numbers.set(group, party);
			parties.push(mention);
		}
		return [{ party, start: mention.start, end: mention.end, person: mention.person ?? false }];
	});
	return { field, start, end, parties, tokens: tokenise(text, start, end, named) };
} // prettier-ignore

/** Pairs within each sentence, and pairs of two adjoining ones whose parties neither names together. */
export function candidates(
	text: string,
	read: readonly Sentence[],
	mentions: readonly Sighting[],
	groupOf: GroupOf
): Candidate[] {
	const found = read.flatMap((one) => (one.parties.length > 1 ? within(one, mentions) : []));
	const together = new Set(found.map((candidate) => groupsKey(candidate, groupOf)));
	for (const [i, one] of read.entries()) {
		const other = read[i + 1];
		if (!other || one.field === 'title' || other.start - one.end > 3) continue;
		const both = mentions.filter(({ start, end }) => start >= one.start && end <= other.end);
		const wide = sentence(text, one.field, { start: one.start, end: other.end }, both, groupOf);
		for (const candidate of wide.parties.length > 1 ? within(wide, mentions) : [])
			if (candidate.pair.apart && !together.has(groupsKey(candidate, groupOf))) found.push(candidate);
	}
	return found;
}

function within(one: Sentence, mentions: readonly Sighting[]): Candidate[] {
	const byStart = new Map(mentions.map((mention) => [mention.start, mention]));
	return pairsOf(one.tokens).flatMap((pair) => {
		const [first, second] = [pair.left, pair.right].map((i) => byStart.get(one.tokens[i]?.start ?? -1));
		return first && second ? [{ pair, sentence: one, mentions: [first, second] }] : [];
	});
}

const groupsKey = ({ mentions }: Candidate, groupOf: GroupOf): string =>
	mentions.map(({ organisation }) => groupOf(organisation)).sort().join(' | '); // prettier-ignore
