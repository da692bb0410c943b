import { expect, test } from 'vitest';
import { resolved } from './reliability.ts';

const on = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();
const report = (publisher: string, day: number, { announced = false, a = 'harbor', b = 'lantern' } = {}) => ({ publisher, a, b, announced, at: on(day) }); // prettier-ignore
const parties = new Map([['lantern-pay', 'lantern']]);
const read = (...reports: ReturnType<typeof report>[]) => resolved(reports, parties);

test('a pair is announced when a second publisher says so, once, whoever repeats it', () => {
	const said = { announced: true };
	expect(read(report('Tidewire', 1, said), report('Tidewire', 2, said)).announcements).toEqual([]);
	expect(
		read(report('Tidewire', 1, said), report('Marketbell', 3, said), report('Tidewire', 4, said), report('Quay Courier', 5, said)).announcements
	).toEqual([{ pair: ['harbor', 'lantern'], at: Date.parse(on(3)) }]); // prettier-ignore
});
test('two who say so more than a year apart are no announcement', () => {
	const said = { announced: true };
	expect(read(report('Tidewire', 1, said), report('Marketbell', 400, said)).announcements).toEqual([]);
});
test('a claim is about the parties: what names a part of a group is about the group, and a group is no pair', () => {
	expect(read(report('Tidewire', 1, { b: 'lantern-pay' })).claims).toEqual([
		{ publisher: 'Tidewire', pair: ['harbor', 'lantern'], at: Date.parse(on(1)) }
	]);
	expect(read(report('Tidewire', 1, { a: 'lantern', b: 'lantern-pay' })).claims).toEqual([]);
});
