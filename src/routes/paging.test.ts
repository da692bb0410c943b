import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf } from './paging.ts';

test('page after page everybody is shown once and in order, and a page that is not there is the nearest one', () => {
	fc.assert(
		fc.property(fc.nat(200), fc.integer({ min: 1, max: 60 }), (length, size) => {
			const list = Array.from({ length }, (_, n) => n);
			const { pages } = pageOf(list, '', size);
			const all = Array.from({ length: pages }, (_, n) => pageOf(list, `${n + 1}`, size).shown);
			expect(all.flat()).toEqual(list);
			for (const shown of all.slice(0, -1)) expect(shown).toHaveLength(size);
			for (const said of ['', '0', '-3', 'x', '1e9', 'NaN'])
				expect(pageOf(list, said, size).page).toBe(said === '1e9' ? pages : 1);
		})
	);
});
