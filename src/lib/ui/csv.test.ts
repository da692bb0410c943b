import { expect, test } from 'vitest';
import { csv } from './csv.ts';

const sheet = (...row: (string | number | null)[]) =>
	csv({ name: 'x', head: ['a', 'b'], rows: [row] }).split('\r\n')[1];

test('quotes, commas and line breaks are quoted, an unknown value is empty', () => {
	expect(sheet('say "hi", twice', null)).toBe('"say ""hi"", twice",');
});
test('text that a spreadsheet would run is disarmed, a number is not', () => {
	expect(sheet('=HYPERLINK(1)', -0.5)).toBe("'=HYPERLINK(1),-0.5");
	expect(sheet('-0.5', '+1')).toBe('-0.5,+1');
});
