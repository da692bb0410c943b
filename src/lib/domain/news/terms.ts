/** What an article is about, as terms that another article about the same would share, in whatever language. */
import type { Matcher } from '../watchlist/matcher.ts';
import { CHARACTER, scan, WORD } from './shingles.ts';

/** Of a text only its beginning says what is new. In UTF-16 units; a Chinese character says about as much as three letters. */
const LEAD = { letters: 320, characters: 110 };

const STOP = new Set(
	'a an and are as at be been but by can could did do does for from had has have he her his how if in into is it its may more most new not of off on or our out over s says said say she so t than that the their them then there they this to up us was we were what when where which who why will with would you your after about amid here just now one first'.split(
		' '
	)
);
const SCALE: Readonly<Record<string, number>> = {
	k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, miljoner: 1e6, millionen: 1e6, b: 1e9, bn: 1e9, billion: 1e9, miljarder: 1e9,
	milliarden: 1e9, milliards: 1e9, t: 1e12, tn: 1e12, trillion: 1e12, 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8, 万亿: 1e12
}; // prettier-ignore
const NUMBER = /(\d+(?:,\d{3})*(?:[.,]\d+)?)[\s-]?([a-zA-Z]+|[百千]?万亿?|亿)?/gu;

/** Amounts in `text` as `#` and their value: `$16.5 billion`, `16.5bn` and `165亿` are the same. Single digits and years say nothing. */
export function amounts(text: string): string[] {
	const found: string[] = [];
	for (const [, digits = '', unit = ''] of text.matchAll(NUMBER)) {
		const plain = digits.replace(/,(?=\d{3}(\D|$))/g, '').replace(',', '.');
		const scale = SCALE[unit.toLowerCase()] ?? 1;
		const value = Number(plain) * scale;
		if (scale === 1 && (plain.length < 2 || (value >= 1900 && value < 2100))) continue;
		found.push(`#${Number(value.toPrecision(6))}`);
	}
	return found;
}

/** Words without the endings of number and tense; pairs of characters. Each once. `start`: the text's {@link lead}. */
export function termsOf(title: string, start: string): Set<string> {
	const terms = new Set<string>();
	const read = `${title}\n${start}`;
	let previous = '';
	scan(read, (kind, from, to) => {
		if (kind === CHARACTER) {
			const character = read.slice(from, to);
			if (previous) terms.add(previous + character);
			previous = character;
			return;
		}
		previous = '';
		if (kind !== WORD || to - from < 2) return;
		const word = read.slice(from, to).toLowerCase();
		if (!STOP.has(word)) terms.add(stem(word));
	});
	return terms;
}

/** Watchlist ids of the organisations that an article names in its title or its text's {@link lead}, each once. */
export const organisationsIn = (matcher: Matcher, title: string, text: string): string[] => [
	...new Set(matcher.mentionsIn({ title, text: lead(text) }).map(({ organisation }) => organisation))
];

/** The beginning of a text: whole sentences are not needed. */
export function lead(text: string): string {
	const start = text.slice(0, LEAD.characters);
	const unspaced =
		(start.match(/[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]/g)?.length ?? 0) * 2 > start.length;
	return unspaced ? start : text.slice(0, LEAD.letters);
}

const stem = (word: string) =>
	word.length > 4
		? word
				.replace(/(?:ies|ied)$/, 'y')
				.replace(/(?:ing|ed|es|s)$/, '')
				.replace(/e$/, '')
		: word;
