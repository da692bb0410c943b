/** Two parties of a sentence, seen as one line of words: `E1` and `E2` in order, everybody else `O`. Rules and features read this line. */
import type { Token } from './tokens.ts';

export interface Pair {
	/** Parties of the first and the second name. */
	first: number;
	second: number;
	tokens: readonly Token[];
	/** The tokens' forms, with `E1`, `E2` and `O` for organisations. */
	forms: readonly string[];
	/** Indices of the closest two names, and of the clause around them (`to` excluded). */
	left: number;
	right: number;
	from: number;
	to: number;
	/** Whether a clause ends between the two names. */
	apart: boolean;
	/** The clause's forms, joined by spaces. */
	line: string;
}

const STOP = /^[;；。.!?！？|—–:：…]$/;

/** Every pair of parties that a sentence names, by their closest names. */
export function pairsOf(tokens: readonly Token[]): Pair[] {
	const places = new Map<number, number[]>();
	for (const [i, { party }] of tokens.entries())
		if (party >= 0) places.set(party, [...(places.get(party) ?? []), i]);
	const parties = [...places];
	return parties.flatMap(([a, as], i) =>
		parties.slice(i + 1).map(([b, bs]) => {
			const [x, y] = closest(as, bs);
			return x < y ? view(tokens, a, b, x, y) : view(tokens, b, a, y, x);
		})
	);
}

function closest(as: readonly number[], bs: readonly number[]): [number, number] {
	let best: [number, number] = [as[0] ?? 0, bs[0] ?? 0];
	for (const a of as) for (const b of bs) if (Math.abs(a - b) < Math.abs(best[0] - best[1])) best = [a, b];
	return best;
}

function view(tokens: readonly Token[], first: number, second: number, left: number, right: number): Pair {
	const forms = tokens.map(({ form, party }) =>
		party < 0 ? form : party === first ? 'E1' : party === second ? 'E2' : 'O'
	);
	let from = left;
	while (from > 0 && !stops(forms, from - 1)) from--;
	let to = right + 1;
	while (to < forms.length && !stops(forms, to)) to++;
	let apart = false;
	for (let i = left + 1; i < right; i++) if (stops(forms, i)) apart = true;
	return {
		first,
		second,
		tokens,
		forms,
		left,
		right,
		from,
		to,
		apart,
		line: forms.slice(from, to).join(' ')
	};
}

/** A clause ends at a stop, but not at the dash of `E1–E2`. */
const stops = (forms: readonly string[], i: number): boolean =>
	STOP.test(forms[i] ?? '') && !(/^[–—:]$/.test(forms[i] ?? '') && /^(?:E[12]|O)$/.test(forms[i + 1] ?? '') && /^(?:E[12]|O)$/.test(forms[i - 1] ?? '')); // prettier-ignore
