import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { given } from './given.ts';
import { sentences } from './sentences.ts';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
	it('end at full stops, Chinese and Western, and at line ends', () => {
		expect(split('One. Two! “Three?” Four\nFive')).toEqual(['One.', 'Two!', '“Three?”', 'Four', 'Five']);
		expect(split('微信接入。京东“合作”！完')).toEqual(['微信接入。', '京东“合作”！', '完']);
	});

	it('do not end inside names, numbers and short forms', () => {
		const text = 'JD.com rose 3.5 percent, said Mr. Lee of Acme Inc. on Monday.';
		expect(split(text)).toEqual([text]);
	});

	it('hold every character but white space, in order, and end in linear time', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '.', '。', '\n', '!', 'B'), maxLength: 60 }), (text) => {
				expect(split(text).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
			})
		); // prettier-ignore
		expect(sentences('a'.repeat(500_000)).length).toBeGreaterThan(100);
	});
});

describe('names that an item brings', () => {
	const found = (names: string[], text: string) => given(names).mentions(text).map(({ organisation, start }) => `${organisation} ${start}`); // prettier-ignore

	it('are found letter by letter, the longer before the shorter', () => {
		expect(found(['京东', '京东方', 'Meta'], '京东方与京东; Metal, Meta')).toEqual([
			'京东方 0',
			'京东 4',
			'Meta 15'
		]);
	});

	it('are nothing where they are empty', () => {
		expect(found(['', 'X'], 'a X b')).toEqual(['X 2']);
	});
});
