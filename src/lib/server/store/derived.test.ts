import { describe, expect, test } from 'vitest';
import { differences } from './derived.ts';

interface Row {
	name: string;
	says: string;
	live: boolean;
	recorded: string;
}
const row = (name: string, says: string, live = true): Row => ({ name, says, live, recorded: '2026-01-01T00:00:00.000Z' }); // prettier-ignore
const found = (rows: Row[], stored: Row[]) =>
	differences(rows, stored, {
		key: ({ name }) => name,
		said: ({ says, live }) => [says, live],
		recorded: (_, was) => (was ? 86_400_000 : 0)
	}).map(({ name, says, live, recorded }) => `${name} ${says} ${live} ${recorded.slice(0, 10)}`);

describe('what a reading changes', () => {
	test('is nothing where it finds what is stored', () => {
		expect(found([row('a', 'x'), row('b', 'y')], [row('b', 'y'), row('a', 'x')])).toEqual([]);
	});
	test('is what is new, what says something else, and as dead what fell away', () => {
		expect(found([row('a', 'x'), row('b', 'z')], [row('b', 'y'), row('c', 'x')])).toEqual([
			'a x true 1970-01-01',
			'b z true 1970-01-02',
			'c x false 1970-01-02'
		]);
	});
	test('brings what was dead to life again, and leaves alone what stays dead', () => {
		expect(found([row('a', 'x')], [row('a', 'x', false), row('b', 'y', false)])).toEqual([
			'a x true 1970-01-02'
		]);
		expect(found([row('c', 'x', false)], [])).toEqual([]);
	});
});
