/**
 * What the model sees of a pair: masked n-grams (words replaced by their class), flags of classes by place, sequences of classes, names
 * and prepositions with the rest left out, the whole line between the names, and the rules. Names of features are readable: they are what
 * an explanation shows.
 */
import { WORD_CLASSES } from './lexicon.ts';
import type { Pair } from './pair.ts';
import { akin } from './parties.ts';
import { rulesOf, type Rules } from './rules.ts';
import type { Field } from './signal.ts';

/** Version of these features: weights are only good for their own. */
export const FEATURES = 1;

const KEPT = new Set([
	...WORD_CLASSES, 'E1', 'E2', 'O', 'MONEY', 'with', 'to', 'for', 'on', 'in', 'of', 'by', 'at', 'from', 'and', 'into', 'as', 'after', 'over',
	'between', 'against', 'och', 'med', 'i', '与', '和', '同', '为', '向', '由', '被', '对', '在', '把', '给', '让', '、', '及', '以', '等', '的', '是', '从'
]); // prettier-ignore
/** Words between the names beyond this are read from both ends only. */
const NEAR = 7;
/** What stands for words as they are said. */
export const SAID = 'said';
const SAID_UNIT = /\p{sc=Han}|[^\s\p{sc=Han}]+/gu;
const [NEAR_BEFORE, NEAR_AFTER] = [12, 15];
const COMMA = /^[,，、()（）]$/;

/** Features of a pair, each once. `names`: what the two are called; `rules`: those that the pair fulfils. */
export function featuresOf(
	pair: Pair,
	field: Field,
	names: readonly [string, string],
	{ pro, contra, past }: Rules = rulesOf(pair)
): string[] {
	const { forms, tokens, left, right, from, to, apart } = pair;
	const found = new Set<string>(['bias', `field ${field}`]);
	const add = (feature: string) => void found.add(feature);
	const before = forms.slice(from, left);
	const between = forms.slice(left + 1, right);
	const after = forms.slice(right + 1, to);

	for (const [place, words] of [
		['before', before],
		['between', between],
		['after', after]
	] as const)
		// prettier-ignore
		for (const form of words) {
			if (!/^[A-Z]{2,}/.test(form)) continue;
			add(`${place} ${form}`);
			add(`has ${form}`);
		}
	for (const form of [...before, ...between, ...after]) add(`word ${form}`);
	for (let i = from; i < to; i++) {
		const token = tokens[i];
		if (!token?.wordClass || token.word === '') continue;
		add(`word ${token.word}`);
		add(`${i < left ? 'before' : i < right ? 'between' : 'after'} ${token.word}`);
	}

	// The phrase around the two: from the comma before the first to the comma after the second.
	let [near, far] = [left, right];
	while (near > from && !COMMA.test(forms[near - 1] ?? '')) near--;
	while (far + 1 < to && !COMMA.test(forms[far + 1] ?? '')) far++;
	const commas = between.filter((form) => COMMA.test(form)).length;
	add(`commas between ${Math.min(commas, 3)}`);
	for (let i = near; i <= far; i++) {
		const token = tokens[i];
		if (!token || token.party >= 0) continue;
		add(`phrase ${forms[i]}`);
		if (token.wordClass && token.word) add(`phrase ${token.word}`);
	}

	const inner =
		between.length > 2 * NEAR ? [...between.slice(0, NEAR), '…', ...between.slice(-NEAR)] : between;
	grams(['E1', ...inner, 'E2'], 3, (gram) => add(`between ${gram}`));
	grams([...before.slice(-8), 'E1'], 3, (gram) => add(`before ${gram}`));
	grams(['E2', ...after.slice(0, 12)], 3, (gram) => add(`after ${gram}`));

	const sequence = forms.slice(from, to).filter((form) => KEPT.has(form));
	grams(sequence, 3, (gram) => /E[12]/.test(gram) && gram.includes(' ') && add(`sequence ${gram}`));
	const skeleton = between.filter((form) => KEPT.has(form));
	if (skeleton.length <= 6) add(`skeleton ${skeleton.join(' ')}`);
	const outer = after.filter((form) => KEPT.has(form)).slice(0, 3);
	if (skeleton.length <= 3) add(`skeleton ${skeleton.join(' ')} E2 ${outer.join(' ')}`);

	wording(pair, add);

	for (const rule of [...pro, ...contra, ...past]) add(`rule ${rule}`);
	if (pro.length) add(contra.length ? 'rules for and against' : 'rules for alone');
	else add(contra.length ? 'rules against alone' : 'no rule');
	if (pro.length > 1) add('rules for, several');

	const others = forms.filter((form) => form === 'O').length;
	add(`others ${Math.min(others, 3)}`);
	add(`distance ${between.length === 0 ? 0 : Math.ceil(Math.log2(between.length + 1))}`);
	if (apart) add('clauses apart');
	if (from > 0 || to < forms.length) add('clauses more');
	if (forms.at(-1) === '?' || forms.at(-1) === '？') add('question');
	const kinship = akin(...names);
	if (kinship) add(`names ${kinship}`);
	return [...found];
}

/** The second view: words and characters as they stand, n-grams that no class masks. Names of its features begin with {@link SAID}. */
function wording({ forms, tokens, left, right }: Pair, add: (feature: string) => void): void {
	const said = (from: number, to: number): string[] => {
		const units: string[] = [];
		for (let i = from; i < to; i++) {
			const { word = '', form = '', party = -1 } = tokens[i] ?? {};
			if (party >= 0) units.push(forms[i] ?? form);
			else if (/^(?:MONEY|NUM|YEAR|DATE)$/.test(form)) units.push(form);
			else if (word !== '') units.push(...(word.match(SAID_UNIT) ?? []));
		}
		return units;
	};
	const [before, between, after] = [said(0, left), said(left + 1, right), said(right + 1, tokens.length)];
	grams(['E1', ...between, 'E2'], 4, (gram) => add(`${SAID} between ${gram}`));
	grams([...before.slice(-NEAR_BEFORE), 'E1'], 3, (gram) => add(`${SAID} before ${gram}`));
	grams(['E2', ...after.slice(0, NEAR_AFTER)], 4, (gram) => add(`${SAID} after ${gram}`));
	grams([...before, 'E1', ...between, 'E2', ...after], 3, (gram) => add(`${SAID} ${gram}`));
}

function grams(words: readonly string[], most: number, add: (gram: string) => void): void {
	for (let i = 0; i < words.length; i++) {
		let gram = '';
		for (let n = 0; n < most && i + n < words.length; n++) {
			gram = n === 0 ? (words[i] ?? '') : `${gram} ${words[i + n]}`;
			add(gram);
		}
	}
}
