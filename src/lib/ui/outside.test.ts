import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneLine } from './outside.ts';

test('text from outside stands on one line and turns nothing around it', () => {
	expect(oneLine('  a\r\n\tb\u202egnp.exe\u2066 c\u0000 ')).toBe('a b gnp.exe c');
	expect(oneLine('مرحبا')).toBe('مرحبا');
});
test('it is cut between characters, and told to be', () => {
	expect(oneLine('abcdef', 3)).toBe('abc…');
	expect(oneLine('ab😀d', 3)).toBe('ab…');
	expect(oneLine('x'.repeat(1_000_000), 10)).toBe(`${'x'.repeat(10)}…`);
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('a', '😀', '中', ' ', '\u202e') }),
			fc.integer({ min: 1, max: 20 }),
			(text, most) => {
				expect(oneLine(text, most).length).toBeLessThanOrEqual(most + 1);
				expect(oneLine(text, most).isWellFormed()).toBe(text.isWellFormed());
			}
		)
	);
});
