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
	mentions: readonly Sighting[];
	/** By party: the mention that stands for it. */
	parties: readonly Sighting[];
}

export interface Candidate {
	pair: Pair;
	sentence: Sentence;
	/** The closest mentions of the two, in their order. */
	mentions: readonly [Sighting, Sighting];
}

/** Beyond this a title is none. */
const LONGEST_TITLE = 800;
/** A sentence that names more parties is a list, and says nothing of any two of them. */
const MOST_PARTIES = 12;
const MOST_MENTIONS = 30;
/** So many pairs are read of a text; a longer one repeats itself. */
const MOST_PAIRS = 300;
/** White space between sentences that adjoin. */
const NEXT = 3;

/** Sentences of a field that name an organisation. A title is one sentence. */
export function sentencesOf(
	text: string,
	field: Field,
	mentions: readonly Sighting[],
	groupOf: GroupOf
): Sentence[] {
	if (!mentions.length) return [];
	const spans =
		field === 'title' ? [{ start: 0, end: Math.min(text.length, LONGEST_TITLE) }] : sentences(text);
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
	return { field, start, end, mentions, parties, tokens: tokenise(text, start, end, named) };
} // prettier-ignore

/** Pairs within each sentence, and pairs of two adjoining ones whose parties neither names together; at most {@link MOST_PAIRS}. */
export function candidates(text: string, read: readonly Sentence[], groupOf: GroupOf): Candidate[] {
	const found: Candidate[] = [];
	for (const one of read) {
		if (found.length >= MOST_PAIRS) return found;
		found.push(...within(one));
	}
	const together = new Set(found.map((candidate) => groupsKey(candidate, groupOf)));
	for (const [i, one] of read.entries()) {
		const other = read[i + 1];
		if (found.length >= MOST_PAIRS) return found;
		if (!other || one.field === 'title' || other.start - one.end > NEXT) continue;
		const span = { start: one.start, end: other.end };
		const wide = sentence(text, one.field, span, [...one.mentions, ...other.mentions], groupOf);
		for (const candidate of within(wide))
			if (candidate.pair.apart && !together.has(groupsKey(candidate, groupOf))) found.push(candidate);
	}
	return found;
}

function within(one: Sentence): Candidate[] {
	if (one.parties.length > MOST_PARTIES || one.mentions.length > MOST_MENTIONS) return [];
	const byStart = new Map(one.mentions.map((mention) => [mention.start, mention]));
	return pairsOf(one.tokens).flatMap((pair) => {
		const [first, second] = [pair.left, pair.right].map((i) => byStart.get(one.tokens[i]?.start ?? -1));
		return first && second ? [{ pair, sentence: one, mentions: [first, second] }] : [];
	});
}

const groupsKey = ({ mentions }: Candidate, groupOf: GroupOf): string =>
	mentions.map(({ organisation }) => groupOf(organisation)).sort().join(' | '); // prettier-ignore
