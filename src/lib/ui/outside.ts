/** Text from outside among words of ours. */

/** Controls, and marks that turn the direction of what follows them. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** On one line, of at most `most` UTF-16 units and an ellipsis; nothing in it turns the words around it. */
export function oneLine(text: string, most = 400): string {
	// Enough for what is shown, however long the text is.
	const plain = begin(text, most * 4)
		.replace(UNSEEN, ' ')
		.replace(/\s+/gu, ' ')
		.trim();
	return plain.length <= most ? plain : `${begin(plain, most).trimEnd()}…`;
}

/** The beginning, cut between characters. */
const begin = (text: string, most: number): string =>
	text.slice(0, /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most);
