import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

const hits = (text: string, ...words: string[]) => highlight(text, words).flatMap(({ text, hit }) => (hit ? [text] : [])); // prettier-ignore

test('every place of every word is a hit, in any case and script', () => {
	expect(hits('Harbor and HARBOR, 港集', 'harbor', '港集')).toEqual(['Harbor', 'HARBOR', '港集']);
});
test('words that overlap are one hit', () => {
	expect(hits('partnership', 'partner', 'nership')).toEqual(['partnership']);
});
test('a letter that is longer in lower case moves nothing', () => {
	expect(hits('İİ Harbor', 'harbor')).toEqual(['Harbor']);
});
test('the pieces together are the text, whatever it holds', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string({ maxLength: 3 })), (text, words) => {
			expect(highlight(text, words).map((piece) => piece.text).join('')).toBe(text); // prettier-ignore
		})
	);
});
