import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { MANY, type SpreadLane } from './spread.ts';
import Spread from './Spread.svelte';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-16T06:00:00Z');
const lanes: SpreadLane[] = [
	{
		id: 'tide',
		name: 'Tidewire',
		note: '16 Nov 06:00 · 3 copies',
		report: { at: START, kind: 'first' },
		marks: [
			{ at: START + HOUR, kind: 'names', from: 'report' },
			{ at: START + 2 * HOUR, kind: 'words', from: 0 },
			{ at: START + 13 * HOUR, kind: 'words', from: 'report', backDated: 'back-dated: says 12 Nov' }
		]
	},
	{
		id: 'ledger',
		name: 'The Ledger Line',
		note: '17 Nov 09:00',
		report: { at: START + 27 * HOUR, kind: 'independent' },
		marks: [],
		names: { lane: 'tide', words: 'names it' }
	}
];
const props = {
	lanes,
	half: { at: START + 2 * HOUR, words: 'half were out after 2 hours' },
	times: [0, 1, 2, 13, 27].map((hours) => START + hours * HOUR),
	say: (i: number) => `${i + 1} of 5`,
	words: {
		tick: (day: string) => day.slice(5),
		since: (ms: number) => `+${ms / HOUR} h`,
		begin: 'first report',
		reading: 'Period',
		table: 'The table behind'
	},
	kinds: {
		first: 'first',
		independent: 'independent',
		again: 'again',
		names: 'names its source',
		words: 'found by its words'
	},
	lines: { taken: 'taken from', named: 'names it' },
	title: 'How it spread',
	summary: 'Tidewire, then The Ledger Line'
};
/** The drawing without the marks that Svelte leaves for hydration. */
const html = (body: string) => body.replaceAll(/<!--.*?-->/g, '').replaceAll(/></g, '>\n<');

test('a spread is drawn whole on the server: a lane a root, what was taken from whom, half of the copies, what is back-dated', () => {
	const { body } = render(Spread, { props });
	for (const words of [
		'Tidewire',
		'The Ledger Line',
		'half were out after 2 hours',
		'back-dated: says 12 Nov',
		'names it'
	])
		expect(body).toContain(words);
	expect(body).not.toContain('again');
	expect(html(body)).toMatchSnapshot();
});

test('a story without copies has no line for half of them, and thousands of marks are not sent one by one', () => {
	const [first] = lanes;
	const many = Array.from({ length: MANY + 1 }, (_, i) => ({
		at: START + i * 1000,
		kind: 'names' as const,
		from: 'report' as const
	}));
	const { body } = render(Spread, {
		props: { ...props, half: null, lanes: first ? [{ ...first, marks: many }] : [] }
	});
	expect(body).not.toContain('half were out');
	expect(body.length).toBeLessThan(20_000);
});
