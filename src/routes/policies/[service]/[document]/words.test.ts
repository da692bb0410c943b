import fc from 'fast-check';
import { expect, test } from 'vitest';
import { words } from './words.ts';

const marked = (before: string, after: string) => {
	const sides = words(before, after);
	const of = (runs: { text: string; changed: boolean }[]) =>
		runs.filter(({ changed }) => changed).map(({ text }) => text);
	return [of(sides.before), of(sides.after)];
};

test('only the words that differ are marked, a phrase as one', () => {
	expect(
		marked('we share your order status with that partner', 'we share a payment token with that partner')
	).toEqual([['your order status'], ['a payment token']]);
});
test('Chinese is compared sign by sign', () => {
	expect(marked('我们不会提供您的通讯录。', '我们不会提供您的通讯录或收货地址。')).toEqual([
		[],
		['或收货地址']
	]);
});
test('nothing is lost on either side', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (a, b) => {
			const { before, after } = words(a, b);
			expect(before.map(({ text }) => text).join('')).toBe(a);
			expect(after.map(({ text }) => text).join('')).toBe(b);
		})
	);
});
