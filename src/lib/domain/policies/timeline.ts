/** The changes of a policy document, each with a verdict, from the times it was seen: `DocumentVerdicts` run over a whole record. */
import { DocumentVerdicts, type NamesChanged, type Observation, type Version as Judged } from './verdicts.ts';

export { namesBetween } from './verdicts.ts';
export type { NameChange, NamesChanged, Verdict } from './verdicts.ts';

export interface Sighting extends Omit<Observation, 'at'> {
	/** Milliseconds since the epoch. */
	fetched: number;
	collector: string;
}

export interface Version extends Judged {
	collector: string;
}

/** Two texts that follow each other, by hash. */
export interface TextPair {
	before: string;
	after: string;
}

const NO_NAMES: NamesChanged = { introduced: [], vanished: [] };

/**
 * Every change of text, by time. A sighting of the text that stands is no change; the first of a collector is its baseline. Collectors
 * are told apart. `now`: the clock, ms; sightings after it are not looked at. `names`: those that differ between two texts.
 */
export function timeline(
	sightings: Iterable<Sighting>,
	now: number,
	names: (pair: TextPair) => NamesChanged = () => NO_NAMES
): Version[] {
	const known = [...sightings].filter(({ fetched }) => fetched <= now);
	const versions = [...byCollector(known)].flatMap(([collector, list]) => {
		const document = new DocumentVerdicts({ recorded: false });
		const told = new Map<string, Judged>();
		const tell = (some: Judged[]) =>
			some.forEach((version) => told.set(`${version.at} ${version.after}`, version));
		let standing: string | null = null;
		for (const { fetched: at, hash, bytes, extractor } of list) {
			const differ =
				standing === null || standing === hash ? NO_NAMES : names({ before: standing, after: hash });
			tell(document.observe({ at, hash, bytes, extractor }, differ));
			standing = hash;
		}
		tell(document.advance(now));
		return [...told.values()].map((version) => ({ collector, ...version }));
	});
	return versions.sort((a, b) => a.at - b.at || compare(a.collector, b.collector));
}

/** The pairs of texts between which a change lies, each once. */
export function pairsIn(sightings: Iterable<Sighting>): TextPair[] {
	const pairs = new Map<string, TextPair>();
	for (const list of byCollector([...sightings]).values())
		for (const [i, { hash: after }] of list.entries()) {
			const before = list[i - 1]?.hash ?? after;
			if (before !== after) pairs.set(`${before} ${after}`, { before, after });
		}
	return [...pairs.values()];
}

/** Each collector's sightings, in the order of time. */
const byCollector = (sightings: Sighting[]): Map<string, Sighting[]> =>
	Map.groupBy(
		sightings.toSorted((a, b) => a.fetched - b.fetched || compare(a.hash, b.hash)),
		({ collector }) => collector
	);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
