/** Labelled texts as the detector reads them: the features of each of their pairs. */
import { given } from '#lib/domain/news/given.ts';
import { candidates, sentencesOf } from '#lib/domain/partnerships/signals/candidates.ts';
import { featuresOf } from '#lib/domain/partnerships/signals/features.ts';
import { groupsOf, groupsOfNames } from '#lib/domain/partnerships/signals/parties.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import type { LabelledText } from './data.ts';

export interface Example extends LabelledText {
	/** Features of each pair of different parties; none where the names are of one group. */
	pairs: string[][];
	/** Which event it tells of: near-duplicates have one. */
	event: string;
}

/** Texts of which one shares more than this part of its character sequences with another tell of one event. */
const SAME_EVENT = 0.4;
const SEQUENCE = 4;

export function examplesOf(texts: readonly LabelledText[]): Example[] {
	const groupOf = groupsOfNames(starter, groupsOf(starter));
	const eventOf = eventsOf(texts);
	return texts.map((labelled) => {
		const { source, text, field, names, group } = labelled;
		const mentions = given(names).mentions(text);
		const read = candidates(text, sentencesOf(text, field, mentions, groupOf), groupOf);
		// What is judged was picked by a model: how often it is right there must not become how often it is right anywhere.
		const domain = source === 'verdicts' ? ['domain verdicts'] : [];
		const pairs = read.map(({ pair, mentions: [a, b] }) => [...featuresOf(pair, field, [a.text, b.text]), ...domain]);
		return { ...labelled, pairs, event: eventOf(group) };
	});
} // prettier-ignore

/** Joins the groups of texts that are nearly the same. */
function eventsOf(texts: readonly LabelledText[]): (group: string) => string {
	const joined = new Map<string, string>();
	const find = (group: string): string => {
		const next = joined.get(group);
		return next === undefined ? group : find(next);
	};
	const sizes: number[] = [];
	const having = new Map<string, number[]>();
	for (const [i, { text, group }] of texts.entries()) {
		const sequences = sequencesOf(text);
		sizes.push(sequences.size);
		const shared = new Map<number, number>();
		for (const sequence of sequences) {
			const others = having.get(sequence);
			for (const other of others ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
			if (others) others.push(i);
			else having.set(sequence, [i]);
		}
		for (const [other, count] of shared) {
			if (count <= SAME_EVENT * Math.min(sequences.size, sizes[other] ?? 0)) continue;
			const [x, y] = [find(group), find(texts[other]?.group ?? '')];
			if (x !== y) joined.set(x, y);
		}
	}
	return find;
}

function sequencesOf(text: string): Set<string> {
	const sequences = new Set<string>();
	const folded = text.toLowerCase();
	for (let i = 0; i + SEQUENCE <= folded.length; i++) sequences.add(folded.slice(i, i + SEQUENCE));
	return sequences;
}
