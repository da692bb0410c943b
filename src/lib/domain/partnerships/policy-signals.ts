/**
 * Which changes of a policy document become `policy_clause` signals: those that are confirmed, clause by clause, where the words that came
 * in name another organisation or open a capability. What closes a door, and what flaps, is broken, technical or undecided, is none.
 */
import { openedIn, touchedSentences } from '../policies/meaning.ts';
import { stanceOf } from '../policies/stance.ts';
import type { Change } from '../policies/diff.ts';
import type { Version } from '../policies/timeline.ts';

/** A confirmed change of one clause. */
export interface PolicySignal {
	/** The document's own organisation and whom the clause names, in the order of the alphabet; its own alone where it names nobody. */
	organisations: [string] | [string, string];
	/** When the change was confirmed, and when the text that has it was first read; ms since the epoch. */
	at: number;
	happenedAt: number;
	/** Hash of the text that has it. */
	after: string;
	/** Heading and words of the clause: its place in the text, which no other version of the comparison moves. */
	place: string;
	/** Word for word: a sentence that came in or changed. */
	quote: string;
	/** That it says so; signals count from .5. */
	probability: number;
}

/** A tie is said of whom it names; it names somebody, perhaps in a list; a capability is opened, for nobody that is named. */
const CHANCE = { opens: 0.9, mentions: 0.5, capability: 0.6 } as const;

interface DocumentChange {
	version: Version;
	diff: { changes: readonly Change[] };
}

/**
 * `own`: whose document it is. `changes`: in order of time, with those whom they name but `own`. `parties`: the party of every organisation;
 * of one's own party nobody is a counterpart. A clause that several collectors saw is told once, as it was first confirmed.
 */
export function policySignals(
	own: string,
	changes: readonly DocumentChange[],
	parties: ReadonlyMap<string, string>
): PolicySignal[] {
	const found = changes.flatMap(({ version, diff }) =>
		diff.changes
			.flatMap((change) => inClause(own, version, change, parties))
			.map((signal) => ({ signal, collector: version.collector }))
	);
	found.sort((x, y) => x.signal.at - y.signal.at);
	const collectors = new Map<string, string>();
	const told = new Map<string, PolicySignal>();
	for (const { signal, collector } of found) {
		const clause = JSON.stringify([signal.organisations, signal.place]);
		const first = collectors.get(clause) ?? collector;
		collectors.set(clause, first);
		const key = `${clause} ${signal.after}`;
		if (first === collector && !told.has(key)) told.set(key, signal);
	}
	return [...told.values()];
}

function inClause(
	own: string,
	version: Version,
	change: Change,
	parties: ReadonlyMap<string, string>
): PolicySignal[] {
	const { before, after, organisations } = change;
	const { decidedAt } = version;
	if (!after || decidedAt === null) return [];
	const partyOf = (id: string) => parties.get(id) ?? id;
	const verdictOf = (id: string) =>
		(version.mentions.find(({ organisation }) => organisation === id) ?? version).verdict;
	const common = {
		at: decidedAt,
		happenedAt: version.at,
		after: version.after,
		place: `${after.heading}\n${after.text}`
	};
	const others = organisations.filter(({ organisation }) => partyOf(organisation) !== partyOf(own));
	if (others.length === 0) {
		const opened = change.capabilities.some(({ direction }) => direction === 'opened');
		const quote =
			opened && version.verdict === 'confirmed'
				? (openedIn(before?.text ?? null, after.text)?.sentence ?? null)
				: null;
		return quote === null ? [] : [{ ...common, organisations: [own], quote, probability: CHANCE.capability }];
	}
	return others.flatMap(({ organisation, name, direction }): PolicySignal[] => {
		if (direction === 'closes' || verdictOf(organisation) !== 'confirmed') return [];
		const quote = sentenceNaming(name, before?.text ?? null, after.text);
		if (quote === null) return [];
		const pair: [string, string] = own < organisation ? [own, organisation] : [organisation, own];
		return [{ ...common, organisations: pair, quote, probability: CHANCE[direction] }];
	});
}

/** The sentence that came in or changed and names somebody, one that says of a tie before others; null where none does. */
function sentenceNaming(name: string, before: string | null, after: string): string | null {
	const naming = touchedSentences(before, after).flatMap(({ text }) => {
		const start = text.indexOf(name);
		return start < 0 ? [] : [{ text, open: stanceOf(text, start, start + name.length) === 'open' }];
	});
	return (naming.find(({ open }) => open) ?? naming[0])?.text ?? null;
}
