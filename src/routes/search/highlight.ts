/** Where words stand in a text, as parts of it: nothing is marked up, so text from outside stays text. */
export interface Piece {
	text: string;
	hit: boolean;
}

/** The text in pieces, put together again it is the same. `words` are lower case; of overlapping hits the longer counts. */
export function highlight(text: string, words: readonly string[]): Piece[] {
	const folded = fold(text);
	const marked = new Uint8Array(text.length);
	for (const word of words)
		for (let at = word ? folded.indexOf(word) : -1; at >= 0; at = folded.indexOf(word, at + word.length))
			marked.fill(1, at, at + word.length);
	const pieces: Piece[] = [];
	for (let start = 0; start < text.length;) {
		const hit = marked[start] === 1;
		let end = start + 1;
		while (end < text.length && (marked[end] === 1) === hit) end++;
		pieces.push({ text: text.slice(start, end), hit });
		start = end;
	}
	return pieces;
}

/** Lower case where that is as long, so that places stay. */
const fold = (text: string): string =>
	[...text].map((one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join('');
