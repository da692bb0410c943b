/**
 * The changes of a policy document, each with a verdict, from its sightings. Noise is the rule: pages flap, captures break, extraction
 * rules change. A change is *confirmed* when its text stood for the hold; a *flap* when the text before it came back first, on both
 * sides; *broken* when it had lost most of its text and that came back; *technical* when the extraction rules changed with it.
 */
import { DAY } from '../time.ts';

export interface Sighting {
	/** Milliseconds since the epoch. */
	fetched: number;
	collector: string;
	extractor: string;
	/** Of the text: equal hashes are the same text. */
	hash: string;
	bytes: number;
}

export type Verdict = 'pending' | 'confirmed' | 'flap' | 'broken' | 'technical';

export interface Version {
	collector: string;
	/** When the new text was first fetched, ms. */
	at: number;
	before: string;
	after: string;
	verdict: Verdict;
	/** When the verdict could be known: the end of the hold or the sighting that settled it; null while pending. */
	decidedAt: number | null;
}

/** How long a text must stand to be confirmed, ms; a text that lost most of its bytes must stand longer. Priors. */
export const HOLD = 2 * DAY;
export const HOLD_BROKEN = 7 * DAY;
/** A text with less than this part of the bytes before it may be a broken capture. */
const BROKEN_BELOW = 0.4;

/**
 * Every change of text, by time. A sighting of the text that stands is no change; the first of a collector is its baseline. Collectors
 * are told apart. `now`: the clock, ms, up to which texts have stood; sightings after it are not looked at.
 */
export function timeline(sightings: Iterable<Sighting>, now: number): Version[] {
	const collectors = Map.groupBy(
		[...sightings].filter(({ fetched }) => fetched <= now),
		({ collector }) => collector
	);
	const versions = [...collectors.values()].flatMap((list) => versionsOf(list, now));
	return versions.sort(
		(a, b) => a.at - b.at || (a.collector < b.collector ? -1 : a.collector > b.collector ? 1 : 0)
	);
}

type Open = Version & { hold: number; shrunk: boolean };

function versionsOf(sightings: Sighting[], now: number): Version[] {
	const [baseline, ...later] = sightings.toSorted(
		(a, b) => a.fetched - b.fetched || (a.hash < b.hash ? -1 : 1)
	);
	if (!baseline) return [];
	const all: Open[] = [];
	let pending: Open[] = [];
	let standing = baseline;
	/** Once the newest change has stood for its hold, so have those below it, which it kept. */
	const pass = (until: number) => {
		const top = pending.at(-1);
		if (!top || until - top.at < top.hold) return;
		for (const version of pending) decide(version, 'confirmed', top.at + top.hold);
		pending = [];
	};
	for (const next of later) {
		pass(next.fetched);
		if (next.hash !== standing.hash) {
			const version = change(standing, next);
			all.push(version);
			const back = pending.findIndex(({ before }) => before === next.hash);
			if (next.extractor !== standing.extractor) {
				for (const open of [...pending, version]) decide(open, 'technical', next.fetched);
				pending = [];
			} else if (back >= 0) {
				for (const open of pending.splice(back)) decide(open, open.shrunk ? 'broken' : 'flap', next.fetched);
				decide(version, 'flap', next.fetched);
			} else pending.push(version);
		}
		standing = next;
	}
	// The clock alone confirms nothing: while nobody has seen the text again since it changed, the change stays pending.
	if (standing.fetched > (pending.at(-1)?.at ?? 0)) pass(now);
	return all.map(({ collector, at, before, after, verdict, decidedAt }) => ({
		collector, at, before, after, verdict, decidedAt
	})); // prettier-ignore
}

function change(standing: Sighting, next: Sighting): Open {
	const shrunk = next.bytes < BROKEN_BELOW * standing.bytes;
	const { collector, fetched: at, hash: after } = next;
	const open = { verdict: 'pending', decidedAt: null, shrunk, hold: shrunk ? HOLD_BROKEN : HOLD } as const;
	return { collector, at, before: standing.hash, after, ...open };
}

function decide(version: Open, verdict: Verdict, at: number): void {
	version.verdict = verdict;
	version.decidedAt = at;
}
