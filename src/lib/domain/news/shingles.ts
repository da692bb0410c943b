/** A text as the hashes that comparing texts needs: word shingles, numbers and names. */

/** What a token is; scripts without spaces between words have a token a character. */
export const WORD = 1;
export const NUMBER = 2;
export const CHARACTER = 3;
const OTHER = 0;
const UNKNOWN = 255;

const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]$/v;
const LETTER = /^[\p{L}\p{M}]$/v;
const kindOf = (character: string): number =>
	/^\d$/.test(character)
		? NUMBER
		: UNSPACED.test(character)
			? CHARACTER
			: LETTER.test(character)
				? WORD
				: OTHER;

/** By UTF-16 unit, learnt as they come: looking a unit up is several times faster than a regular expression. */
const kinds = new Uint8Array(65_536).fill(UNKNOWN);
const lower = Uint16Array.from({ length: 65_536 }, (_, unit) => unit);

function learn(unit: number): number {
	const character = String.fromCharCode(unit);
	const small = character.toLowerCase();
	lower[unit] = small.length === 1 ? small.charCodeAt(0) : unit;
	return (kinds[unit] = kindOf(character));
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xe000;

/** Calls `visit` for each token of `text`, in order: words, numbers (`16.5` is one), single characters. Linear time. */
export function scan(text: string, visit: (kind: number, start: number, end: number) => void): void {
	const { length } = text;
	let word = -1; // where an open word began
	for (let at = 0; at < length;) {
		const unit = text.charCodeAt(at);
		let kind = kinds[unit] ?? OTHER;
		let next = at + 1;
		if (kind === UNKNOWN) kind = learn(unit);
		if (isSurrogate(unit)) {
			const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
			kind = kindOf(character);
			next = at + character.length;
		}
		if (kind !== WORD && word >= 0) {
			visit(WORD, word, at);
			word = -1;
		}
		if (kind === WORD) {
			if (word < 0) word = at;
		} else if (kind === NUMBER) {
			next = endOfNumber(text, next);
			visit(NUMBER, at, next);
		} else if (kind === CHARACTER) visit(CHARACTER, at, next);
		at = next;
	}
	if (word >= 0) visit(WORD, word, length);
}

const isDigit = (unit: number) => unit >= 48 && unit <= 57;

function endOfNumber(text: string, from: number): number {
	let at = from;
	for (;;) {
		const unit = text.charCodeAt(at);
		if (isDigit(unit)) at++;
		else if ((unit === 44 || unit === 46) && isDigit(text.charCodeAt(at + 1))) at += 2;
		else return at;
	}
}

/** Longest text that is compared, in UTF-16 units: more tells nothing new and would let one article hold the stream up. */
const LONGEST = 60_000;
/** Tokens a shingle: four words, or seven characters, which are about four words. */
const WORDS = 4;
const CHARACTERS = 7;

/** Hashes, ascending, each once. */
export interface Print {
	shingles: Uint32Array;
	numbers: Uint32Array;
	/** Of the capitalised words that begin no sentence. */
	names: Uint32Array;
}

/** What of `text` a copy of it would repeat. Linear time. */
export function print(text: string): Print {
	const read = text.length > LONGEST ? text.slice(0, LONGEST) : text;
	const shingles: number[] = [];
	const numbers: number[] = [];
	const names: number[] = [];
	const recent = new Uint32Array(8); // a ring of the last token hashes
	let count = 0;
	let before = 0; // the end of the token before
	scan(read, (kind, start, end) => {
		const hash = hashOf(read, start, end);
		if (kind === NUMBER) numbers.push(hash);
		else if (start === before + 1 && isName(read, before, start, end)) names.push(hash);
		before = end;
		recent[count++ & 7] = hash;
		const size = kind === CHARACTER ? CHARACTERS : WORDS;
		if (count < size) return;
		let shingle = size;
		for (let i = count - size; i < count; i++)
			shingle = Math.imul(shingle ^ (recent[i & 7] ?? 0), 0x9e3779b1) ^ (shingle >>> 15);
		shingles.push(shingle);
	});
	return { shingles: ascending(shingles), numbers: ascending(numbers), names: ascending(names) };
}

function ascending(hashes: readonly number[]): Uint32Array {
	const sorted = Uint32Array.from(hashes).sort();
	let kept = 0;
	for (let i = 0; i < sorted.length; i++)
		if (i === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i] ?? 0;
	return sorted.slice(0, kept);
}

/** A capitalised word of two letters or more after something that ends no sentence. */
function isName(text: string, before: number, start: number, end: number): boolean {
	const unit = text.charCodeAt(before);
	if ((unit !== 32 && unit !== 40) || end - start < 2) return false;
	const first = text.charCodeAt(start);
	return lower[first] !== first && /^\p{Lu}/u.test(text.charAt(start));
}

/** FNV-1a over the lower-case UTF-16 units, 32 bits. */
function hashOf(text: string, start: number, end: number): number {
	let hash = 0x811c9dc5;
	for (let i = start; i < end; i++) {
		const unit = text.charCodeAt(i);
		hash = Math.imul(hash ^ (isSurrogate(unit) ? unit : (lower[unit] ?? unit)), 0x01000193);
	}
	return hash;
}

/** How many values two ascending lists have in common. */
export function common(a: Uint32Array, b: Uint32Array): number {
	let [i, j, shared] = [0, 0, 0];
	while (i < a.length && j < b.length) {
		const [x = 0, y = 0] = [a[i], b[j]];
		if (x === y) shared++;
		if (x <= y) i++;
		if (y <= x) j++;
	}
	return shared;
}
