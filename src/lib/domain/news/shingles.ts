/** A text as the hashes that comparing texts needs: word shingles, numbers and names. */

/** Scripts without spaces between words: a character is a token. */
const TOKEN =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|\d+(?:[.,]\d+)*|[[\p{L}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]+/gv;
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]$/v;

/** Words, numbers (`16.5` is one) and, in scripts without spaces, single characters; as written, in order. */
export const tokens = (text: string): string[] => text.match(TOKEN) ?? [];

/** Whether a token is a character of a script without spaces. */
export const isCharacter = (token: string): boolean => token.charCodeAt(0) >= 0xe00 && UNSPACED.test(token);

/** Longest text that is compared, in UTF-16 units: more tells nothing new and would let one article hold the stream up. */
const LONGEST = 60_000;
/** Tokens a shingle: four words, or seven characters, which are about four words. */
const WORDS = 4;
const CHARACTERS = 7;

export interface Print {
	/** Hashes of the shingles, ascending, each once. */
	shingles: Uint32Array;
	/** Hashes of the numbers. */
	numbers: ReadonlySet<number>;
	/** Hashes of the capitalised words that begin no sentence. */
	names: ReadonlySet<number>;
}

/** What of `text` a copy of it would repeat. Linear time. */
export function print(text: string): Print {
	const read = text.length > LONGEST ? text.slice(0, LONGEST) : text;
	const shingles = new Set<number>();
	const numbers = new Set<number>();
	const names = new Set<number>();
	const recent: number[] = [];
	let end = 0;
	for (const { 0: token, index } of read.matchAll(TOKEN)) {
		const hash = hashOf(token);
		if (isNumber(token)) numbers.add(hash);
		else if (index === end + 1 && isName(token, read.charAt(end))) names.add(hash);
		end = index + token.length;
		recent.push(hash);
		const size = isCharacter(token) ? CHARACTERS : WORDS;
		if (recent.length > CHARACTERS) recent.shift();
		if (recent.length >= size) shingles.add(combined(recent, size));
	}
	return { shingles: Uint32Array.from(shingles).sort(), numbers, names };
}

const isNumber = (token: string) => token.charCodeAt(0) >= 48 && token.charCodeAt(0) <= 57;
/** A capitalised word after something that ends no sentence. */
const isName = (token: string, before: string) =>
	(before === ' ' || before === '(') && token.length > 1 && /^\p{Lu}/u.test(token);

/** FNV-1a over the UTF-16 units of the lower-case token, 32 bits. */
function hashOf(token: string): number {
	const lower = token.toLowerCase();
	let hash = 0x811c9dc5;
	for (let i = 0; i < lower.length; i++) hash = Math.imul(hash ^ lower.charCodeAt(i), 0x01000193);
	return hash;
}

function combined(hashes: readonly number[], size: number): number {
	let hash = size;
	for (let i = hashes.length - size; i < hashes.length; i++)
		hash = Math.imul(hash ^ (hashes[i] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
	return hash >>> 0;
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
