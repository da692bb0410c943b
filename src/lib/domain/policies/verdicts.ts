/**
 * Is a change of a policy real? One document's texts in the order of time become versions with verdicts; so do the names that appear or
 * vanish with them. Noise is the rule: pages flap, captures break, extraction rules change. A change is *confirmed* when it stood for
 * its hold; a *flap* when what stood before came back first, on both sides; *broken* when it had lost most of its text and that came
 * back; *technical* when the extraction rules changed with it. A verdict is never taken back.
 */
import { DAY } from '../time.ts';

export type Verdict = 'pending' | 'confirmed' | 'flap' | 'broken' | 'technical';

/** A text as it was read: what a fetch saw. */
export interface Observation {
	/** When it was fetched, ms since the epoch. */
	at: number;
	/** Of the text: equal hashes are the same text. */
	hash: string;
	bytes: number;
	/** The extraction rules that made the text of the page. */
	extractor: string;
}

/** Names, by watchlist id, that the text has and the one before it had not, and the other way round. */
export interface NamesChanged {
	introduced: readonly string[];
	vanished: readonly string[];
}

/** `before` and `after`: whom the texts name. */
export const namesBetween = (before: ReadonlySet<string>, after: ReadonlySet<string>): NamesChanged => ({
	introduced: [...after].filter((name) => !before.has(name)).sort(),
	vanished: [...before].filter((name) => !after.has(name)).sort()
});

export interface NameChange {
	organisation: string;
	event: 'introduced' | 'vanished';
	verdict: Verdict;
}

export interface Version {
	/** When the new text was first fetched, ms. */
	at: number;
	before: string;
	after: string;
	verdict: Verdict;
	/** When the last of its verdicts could be known: the end of a hold or the fetch that settled it; null while one is pending. */
	decidedAt: number | null;
	/** Names whose presence changes with the text, each with a verdict of its own. */
	mentions: NameChange[];
}

/** How long a change must stand to be confirmed, ms; and one that there is reason to doubt. */
export const HOLD = 2 * DAY;
export const HOLD_DOUBTED = 7 * DAY;
/** A text with less than this part of the size before it may be a broken capture; one that grew by as much, another page. */
const BROKEN_BELOW = 0.4;
/** For as long a document that went back to what it had been is doubted, and what new extraction rules did is undone by a return. */
const RESTLESS = 30 * DAY;
/** Earlier texts that are remembered, by hash. */
const REMEMBERED = 64;

interface Judged {
	verdict: Verdict;
	/** When the verdict could be known; null while pending. */
	decidedAt: number | null;
}
interface OpenName extends Judged {
	organisation: string;
	event: NameChange['event'];
}
interface Open {
	at: number;
	before: string;
	after: string;
	bytes: number;
	/** Of the text as a whole. */
	text: Judged;
	names: OpenName[];
	/** When the hold ends, ms. */
	due: number;
	/** The size before it lost most of its text, else 0. */
	whole: number;
	/** The first fetch since, ms; Infinity while there was none. */
	fetched: number;
}

/** The versions of one document as one collector reads it. Keeps what is undecided, and some hashes. */
export class DocumentVerdicts {
	/**
	 * `recorded`: only changes of the text are told, as in an archive, and what is not told stands. Else fetches are told, and a hold ends
	 * in confirmed only after a fetch since the change: a page that cannot be read confirms nothing.
	 */
	readonly #recorded: boolean;
	#standing: Observation | null = null;
	/** Size of the newest text that was not found to lack most of it. */
	#size = 0;
	#restlessUntil = -Infinity;
	/** The text that stood before the extraction rules changed, and when that was, ms. */
	#beforeRules = { hash: '', at: -Infinity };
	readonly #earlier = new Set<string>();
	#open: Open[] = [];

	constructor({ recorded }: { recorded: boolean }) {
		this.#recorded = recorded;
	}

	/** The earliest time at which the clock alone decides something, ms; Infinity where it does not. */
	get due(): number {
		return this.#open.reduce((least, open) => Math.min(least, this.#endOf(open)), Infinity);
	}

	/** The clock comes to `now`: versions that it decides. */
	advance(now: number): Version[] {
		for (const open of this.#open) {
			const end = this.#endOf(open);
			if (end > now) continue;
			if (open.whole && open.text.decidedAt === null) this.#size = open.bytes;
			for (const one of pendingIn(open)) decide(one, 'confirmed', end);
		}
		return this.#decided();
	}

	/**
	 * A text is read: versions decided by then, and the one it begins, decided or not. The first is the baseline, and a text that stands
	 * begins none. Observations come in the order of time.
	 */
	observe(next: Observation, names: NamesChanged): Version[] {
		for (const open of this.#open) if (open.at < next.at) open.fetched = Math.min(open.fetched, next.at);
		const decided = this.advance(next.at);
		const before = this.#standing;
		this.#standing = next;
		if (!before) this.#size = next.bytes;
		if (!before || before.hash === next.hash) return decided;
		const version = this.#begun(before, next, names);
		const byRules = next.extractor !== before.extractor;
		if (byRules) this.#rulesChanged(version);
		else this.#textChanged(version);
		if (byRules || !version.whole) this.#size = next.bytes;
		remember(this.#earlier, before.hash);
		this.#open.push(version);
		decided.push(...this.#decided());
		return isDecided(version) ? decided : [...decided, told(version)];
	}

	#endOf({ due, fetched }: Open): number {
		return this.#recorded ? due : Math.max(due, fetched);
	}

	#begun(before: Observation, next: Observation, { introduced, vanished }: NamesChanged): Open {
		const whole = next.bytes < BROKEN_BELOW * this.#size ? this.#size : 0;
		const grew = next.bytes * BROKEN_BELOW > this.#size;
		const doubted = whole > 0 || grew || this.#earlier.has(next.hash) || next.at < this.#restlessUntil;
		const name = (event: NameChange['event']) => (organisation: string) => ({
			organisation,
			event,
			...pending()
		});
		return {
			at: next.at,
			before: before.hash,
			after: next.hash,
			bytes: next.bytes,
			text: pending(),
			names: [...introduced.map(name('introduced')), ...vanished.map(name('vanished'))],
			due: next.at + (doubted ? HOLD_DOUBTED : HOLD),
			whole,
			fetched: Infinity
		};
	}

	/** Nothing can be said of what stood before: texts made by other rules cannot be compared. A name that still stands is held on. */
	#rulesChanged({ at, before, text, names }: Open): void {
		this.#beforeRules = { hash: before, at };
		for (const open of this.#open) if (open.text.decidedAt === null) decide(open.text, 'technical', at);
		for (const name of names) this.#undo(name, 'technical', at);
		for (const one of [text, ...names]) decide(one, 'technical', at);
	}

	#textChanged({ at, after, bytes, text, names, whole }: Open): void {
		const undecided = this.#open.filter((open) => open.text.decidedAt === null);
		const back = undecided.findIndex((open) => open.before === after);
		const rulesUndone = after === this.#beforeRules.hash && at - this.#beforeRules.at < RESTLESS;
		if (back >= 0)
			for (const open of undecided.slice(back)) decide(open.text, open.whole ? 'broken' : 'flap', at);
		if (back >= 0 || rulesUndone) decide(text, 'flap', at);
		if (!whole)
			for (const open of undecided)
				if (open.text.decidedAt === null && open.whole && bytes >= BROKEN_BELOW * open.whole)
					decide(open.text, 'broken', at);
		for (const name of names) if (this.#undo(name, 'flap', at) || rulesUndone) decide(name, 'flap', at);
		if (back >= 0 || this.#earlier.has(after)) this.#restlessUntil = at + RESTLESS;
	}

	/** A name is as it was before an unconfirmed change: decides that change. */
	#undo({ organisation }: OpenName, verdict: 'flap' | 'technical', at: number): boolean {
		for (const open of this.#open)
			for (const name of open.names)
				if (name.organisation === organisation && name.decidedAt === null) {
					decide(name, verdict === 'flap' && open.whole ? 'broken' : verdict, at);
					return true;
				}
		return false;
	}

	/** Takes out what has been decided. */
	#decided(): Version[] {
		const done = this.#open.filter(isDecided);
		if (done.length) this.#open = this.#open.filter((open) => !isDecided(open));
		return done.map(told);
	}
}

const pending = (): Judged => ({ verdict: 'pending', decidedAt: null });
const pendingIn = ({ text, names }: Open): Judged[] =>
	[text, ...names].filter(({ decidedAt }) => decidedAt === null);
const isDecided = (open: Open): boolean => pendingIn(open).length === 0;

function decide(one: Judged, verdict: Verdict, at: number): void {
	one.verdict = verdict;
	one.decidedAt = at;
}

function told(open: Open): Version {
	const { at, before, after, text, names } = open;
	const mentions = names.map(({ organisation, event, verdict }) => ({ organisation, event, verdict }));
	const decidedAt = isDecided(open) ? Math.max(...[text, ...names].map((one) => one.decidedAt ?? at)) : null;
	return { at, before, after, verdict: decidedAt === null ? 'pending' : text.verdict, decidedAt, mentions };
}

/** The oldest is forgotten for the newest. */
function remember(hashes: Set<string>, hash: string): void {
	hashes.delete(hash);
	hashes.add(hash);
	if (hashes.size <= REMEMBERED) return;
	for (const oldest of hashes) {
		hashes.delete(oldest);
		return;
	}
}
