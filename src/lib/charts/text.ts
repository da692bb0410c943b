/** About how wide a text of 12 px is, in pixels; Han characters are as wide as they are high. */
export const textWidth = (text: string): number =>
	[...text].reduce((width, letter) => width + (/[\u2e80-\uffef]/.test(letter) ? 12 : 6.6), 0);

/** `text`, or as much of its beginning as fits `room` pixels with an ellipsis. */
export function shorten(text: string, room: number): string {
	if (textWidth(text) <= room) return text;
	const letters = [...text];
	while (letters.length > 1 && textWidth(letters.join('')) > room - 12) letters.pop();
	return `${letters.join('').trimEnd()}…`;
}
