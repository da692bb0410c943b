import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insert, remove, type Timed } from './timed.ts';

const item = fc.record({ at: fc.nat(4), id: fc.nat(20) });
const sorted = (items: Timed[]) => items.toSorted((a, b) => a.at - b.at || Number(a.id) - Number(b.id));

test('a list is in the order of time, of one time by id, however it came to be', () => {
	fc.assert(
		fc.property(fc.uniqueArray(item, { selector: ({ at, id }) => `${at} ${id}` }), (items) => {
			const list: Timed[] = [];
			for (const one of items) insert(list, one);
			expect(list).toEqual(sorted(items));
			for (const one of items.slice(1)) remove(list, one);
			expect(list).toEqual(items.slice(0, 1));
		})
	);
});

test('many of one time are put in their place by few comparisons', () => {
	let looks = 0;
	const looked = (id: number): Timed => ({
		id,
		get at() {
			looks++;
			return 0;
		}
	});
	const list: Timed[] = [];
	for (let n = 0; n < 4096; n++) insert(list, looked((n * 2654435761) % 4096));
	expect(list.map(({ id }) => id)).toEqual(Array.from({ length: 4096 }, (_, n) => n));
	// Some 12 steps each, of up to four looks.
	expect(looks).toBeLessThan(4096 * 60);
});
