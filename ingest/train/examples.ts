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

/** Titles with more than this share of their words in common tell of one event. */
const SAME_EVENT = 0.4;

export function examplesOf(texts: readonly LabelledText[]): Example[] {
	const groupOf = groupsOfNames(starter, groupsOf(starter));
	const events = eventsOf(texts.filter(({ field }) => field === 'title'));
	return texts.map((labelled) => {
		const { text, field, names, group } = labelled;
		const mentions = given(names).mentions(text);
		const read = candidates(text, sentencesOf(text, field, mentions, groupOf), groupOf);
		const pairs = read.map(({ pair, mentions: [a, b] }) => featuresOf(pair, field, [a.text, b.text]));
		return { ...labelled, pairs, event: events(group) };
	});
}

/** Joins the groups of titles that are worded alike. */
function eventsOf(titles: readonly LabelledText[]): (group: string) => string {
	const joined = new Map<string, string>();
	const find = (group: string): string => {
		const next = joined.get(group);
		return next === undefined ? group : find(next);
	};
	const worded = titles.map(({ text, group }) => ({
		group,
		words: new Set(text.toLowerCase().match(/\p{sc=Han}|[\p{L}\p{N}]+/gu))
	}));
	for (const [i, a] of worded.entries())
		for (const b of worded.slice(0, i)) {
			if (a.words.intersection(b.words).size <= SAME_EVENT * a.words.union(b.words).size) continue;
			const [x, y] = [find(a.group), find(b.group)];
			if (x !== y) joined.set(x, y);
		}
	return find;
}
