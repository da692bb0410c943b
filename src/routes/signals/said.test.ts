import { expect, test } from 'vitest';
import { readSaid, sayValue } from './said.ts';

test('a verdict is read as it was written', () => {
	for (const said of [
		{ id: '12', version: 0, verdict: 'right', rather: null },
		{ id: '12', version: 3, verdict: 'wrong', rather: 'denial' },
		{ id: '12', version: 3, verdict: 'wrong', rather: 'others' },
		{ id: '340282366920938463463374607431768211455', version: 1, verdict: null, rather: null }
	] as const)
		expect(readSaid(sayValue(said))).toEqual(said);
});

test('what is no verdict is none', () => {
	for (const value of ['', 'x~0~right~', '1~0~maybe~', '1~0~wrong~rumour', '1~~right~', '1~0~right'])
		expect(readSaid(value)).toBeNull();
});
