import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { common, print, scan } from './shingles.ts';
import { between, firstFrom, insert, remove } from './timed.ts';

const tokensOf = (text: string) => {
	const found: string[] = [];
	scan(text, (_, start, end) => found.push(text.slice(start, end)));
	return found;
};
/** The same by definition. */
const TOKEN =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|\d+(?:[.,]\d+)*|[[\p{L}\p{M}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]+/gv;
const unit = fc.oneof(
	fc.constantFrom('a', 'É', 'ß', '1', '23', '.', ',', ' ', '-', '京', '东', 'か', 'ไ', '한', '𠮷', '𝒜', '😀', '\ud800', 'e\u0301'),
	fc.string({ unit: 'binary', maxLength: 2 })
); // prettier-ignore
const texts = fc.array(unit, { maxLength: 40 }).map((parts) => parts.join(''));

describe('tokens', () => {
	it('are words, numbers, and the characters of scripts without spaces', () => {
		expect(tokensOf('WeChat paid $16.5bn, 1,200,000 shares; 京东 e-shop.')).toEqual(
			['WeChat', 'paid', '16.5', 'bn', '1,200,000', 'shares', '京', '东', 'e', 'shop'] // prettier-ignore
		);
	});

	it('are those of the definition, whatever the text', () => {
		fc.assert(
			fc.property(texts, (text) => {
				expect(tokensOf(text)).toEqual([...(text.match(TOKEN) ?? [])]);
			}),
			{ numRuns: 500 }
		);
	});
});

describe('the print of a text', () => {
	it('does not depend on what was read before, nor on case', () => {
		const text = 'Velteno paid 413 million to Daxdell in Harwick on Monday.';
		const first = print(text);
		print('413 Harwick 90,000 unlike anything');
		expect(print(text)).toEqual(first);
		expect(print(text.toUpperCase()).shingles).toEqual(first.shingles);
	});

	it('has what two texts share', () => {
		const [whole, part] = [
			print('one two three four five six seven'),
			print('zero two three four five nine')
		];
		expect(common(whole.shingles, part.shingles)).toBe(1);
	});
});

describe('lists in the order of time', () => {
	const items = fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 30 }), id: fc.integer({ min: 0, max: 99 }) }), { selector: ({ id }) => id }); // prettier-ignore

	it('are the same in whatever order things come, and without what goes', () => {
		fc.assert(
			fc.property(items, fc.nat(30), fc.nat(30), (all, from, to) => {
				const list: typeof all = [];
				for (const item of all) insert(list, item);
				expect(list).toEqual(all.toSorted((a, b) => a.at - b.at || a.id - b.id));
				expect(list.slice(...between(list, from, to))).toEqual(
					list.filter(({ at }) => at >= from && at <= to)
				);
				expect(list.slice(firstFrom(list, from))).toEqual(list.filter(({ at }) => at >= from));
				const [gone, ...rest] = all;
				if (gone) remove(list, gone);
				expect(list).toEqual(rest.toSorted((a, b) => a.at - b.at || a.id - b.id));
			})
		);
	});
});
