/** A sentence as units: the organisations in it, words by class, numbers by kind, the rest as it stands. */
import { LEXICON, LONGEST_FROM, UNIT, joinUnits, type WordClass } from './lexicon.ts';

export interface Token {
	/** Class or mask in capitals (`DEAL`, `MONEY`), `ORG`, or the word in lower case. */
	form: string;
	wordClass: WordClass | null;
	/** As it stands, in lower case; of an organisation nothing. */
	word: string;
	/** Which party of the sentence is named here; -1: none. */
	party: number;
	start: number;
	end: number;
}

/** Where a party is named. */
export interface Named {
	party: number;
	start: number;
	end: number;
	/** Named by one of its people. */
	person: boolean;
}

const DATE =
	/^(?:mon|tues|wednes|thurs|fri|satur|sun)day$|^(?:january|february|march|april|june|july|august|september|october|november|december)$|^(?:today|yesterday|tomorrow|今日|昨日)$/;
const SCALE = /^(?:billion|million|trillion|bn|mn|percent|per|亿|万|元|%)$/;

/** Tokens of `text` from `start` to `end`; `named` are in order and do not overlap. */
export function tokenise(text: string, start: number, end: number, named: readonly Named[]): Token[] {
	const tokens: Token[] = [];
	let at = start;
	for (const name of named) {
		plain(text, at, name.start, tokens);
		const { party, end, person } = name;
		tokens.push({ form: 'ORG', wordClass: null, word: '', party, start: name.start, end });
		// A watched person has a role, said or not.
		if (person) tokens.push({ form: 'ROLE', wordClass: 'ROLE', word: '', party: -1, start: end, end });
		at = end;
	}
	plain(text, at, end, tokens);
	return tokens;
}

function plain(text: string, from: number, to: number, tokens: Token[]): void {
	if (to <= from) return;
	const units = unitsOf(text, from, to);
	for (let i = 0; i < units.length;) {
		const first = units[i];
		if (!first) break;
		let [key, word] = ['', first.unit];
		let [length, wordClass]: [number, WordClass | null] = [1, null];
		const longest = LONGEST_FROM.get(first.unit) ?? 0;
		for (let n = 0; n < longest && i + n < units.length; n++) {
			const unit = units[i + n]?.unit ?? '';
			key = n === 0 ? unit : joinUnits(key, unit);
			const found = LEXICON.get(key);
			if (found) [length, wordClass, word] = [n + 1, found, key];
		}
		const last = units[i + length - 1] ?? first;
		const plainWord = wordClass === 'PLAIN';
		tokens.push({
			form: plainWord ? word : (wordClass ?? mask(first.unit)),
			wordClass: plainWord ? null : wordClass,
			word,
			party: -1,
			start: first.start,
			end: last.end
		});
		i += length;
	}
}

interface Unit {
	/** In lower case, with a plain apostrophe. */
	unit: string;
	start: number;
	end: number;
}

function unitsOf(text: string, from: number, to: number): Unit[] {
	const units: Unit[] = [];
	for (const { 0: unit, index } of text.slice(from, to).matchAll(UNIT)) {
		const start = from + index;
		units.push({ unit: unit.toLowerCase().replaceAll('’', "'"), start, end: start + unit.length });
	}
	return units;
}

function mask(unit: string): string {
	if (/^[$€£¥]/.test(unit)) return 'MONEY';
	if (/^(?:19|20)\d\d$/.test(unit)) return 'YEAR';
	if (unit === '<n>' || /^\d/.test(unit)) return 'NUM';
	if (DATE.test(unit)) return 'DATE';
	return SCALE.test(unit) ? 'NUM' : unit;
}
