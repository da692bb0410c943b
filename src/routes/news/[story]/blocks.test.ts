import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksOf, type NameSpan, type SignalSpan } from './blocks.ts';

const words = 'JD and WeChat agreed. Nobody would say more. JD did not answer.\n\nShares rose.';
const span = (text: string) => ({ start: words.indexOf(text), end: words.indexOf(text) + text.length });
const signal = (id: string, text: string, counts = true): SignalSpan => ({ id, counts, ...span(text) });

test('names and sentences that carry a signal are runs of their own, names inside of sentences too', () => {
	const [block] = blocksOf(
		words,
		[{ organisation: 'wechat', ...span('WeChat') }],
		[signal('s', 'JD and WeChat agreed.')]
	);
	expect(block).toEqual({
		signals: ['s'],
		runs: [
			{ text: 'JD and ', organisation: null, mark: 'counts' },
			{ text: 'WeChat', organisation: 'wechat', mark: 'counts' },
			{ text: ' agreed.', organisation: null, mark: 'counts' },
			{ text: ' Nobody would say more. JD did not answer.', organisation: null, mark: null }
		]
	});
});

test('a second sentence that carries one begins a block, and so does a paragraph', () => {
	const blocks = blocksOf(
		words,
		[],
		[signal('a', 'JD and WeChat agreed.'), signal('b', 'JD did not answer.', false)]
	);
	expect(
		blocks.map(({ runs, signals }) => [
			runs
				.map(({ text }) => text)
				.join('')
				.trim(),
			signals
		])
	).toEqual([
		['JD and WeChat agreed. Nobody would say more.', ['a']],
		['JD did not answer.', ['b']],
		['Shares rose.', []]
	]);
	expect(blocks[1]?.runs[0]?.mark).toBe('below');
});

test('two signals of one sentence share its block, and spans that the text does not have are none', () => {
	const blocks = blocksOf(
		words,
		[{ organisation: 'x', start: 70, end: 999 }],
		[
			signal('a', 'JD and WeChat agreed.'),
			signal('b', 'JD and WeChat agreed.'),
			{ id: 'c', counts: true, start: 400, end: 500 }
		]
	);
	expect(blocks[0]?.signals).toEqual(['a', 'b']);
	expect(blocks.flatMap(({ signals }) => signals)).toHaveLength(2);
});

test('nothing but line breaks and blanks at the edges is ever lost, and every signal stands once', () => {
	const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 6 });
	const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '。', '中', '😀'), maxLength: 60 });
	fc.assert(
		fc.property(text, spans, spans, (text, names, signals) => {
			const blocks = blocksOf(
				text,
				names.map(([start, end], i): NameSpan => ({ organisation: String(i), start, end })),
				signals.map(([start, end], i) => ({ id: String(i), counts: i % 2 === 0, start, end }))
			);
			const all = blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join('');
			expect(all.replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
			const ids = blocks.flatMap((block) => block.signals);
			expect(new Set(ids).size).toBe(ids.length);
		})
	);
});
