import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { colourOf } from './colours.ts';
import { UNATTRIBUTED, type ShareSeries, type Words } from './series.ts';
import ShareLines from './ShareLines.svelte';
import StackedShares from './StackedShares.svelte';
import Timeline from './Timeline.svelte';
import type { Version } from './timeline.ts';

const words: Words = {
	percent: (share) => `${Math.round(share * 100)}%`,
	bare: (share) => (share * 100).toFixed(1),
	period: (from, to) => `${from} to ${to}`,
	tick: (day, _unit, year) => (year ? day.slice(0, 7) : day.slice(5, 7)),
	gap: (from, to) => `no data, ${from} to ${to}`,
	gapShort: 'no data',
	smaller: (n) => `${n} smaller`,
	reading: 'Period',
	pinned: (from) => `Pinned: ${from}`,
	table: 'The table behind'
};
const months = ['2026-01', '2026-02', '2026-04', '2026-05'];
const last: Record<string, string> = { '01': '31', '02': '28', '04': '30', '05': '31' };
const series = (source: string, shares: number[]): ShareSeries => ({
	source,
	name: source,
	points: months.map((month, i) => {
		const share = shares[i] ?? 0;
		const [from, to] = [`${month}-01`, `${month}-${last[month.slice(5)] ?? ''}`];
		return { from, to, value: share * 1000, share, low: share * 0.9, high: share * 1.1 };
	})
});
const all = [
	series('lantern', [0.2, 0.22, 0.3, 0.35]),
	series('plumb', [0.6, 0.58, 0.5, 0.45]),
	series(UNATTRIBUTED, [0.2, 0.2, 0.2, 0.2])
];
const props = {
	series: all,
	subject: 'lantern',
	colour: colourOf(['lantern', 'plumb'], 'lantern'),
	words,
	title: 'Shares',
	summary: 'Lantern rises'
};
/** The drawing without the marks that Svelte leaves for hydration. */
const html = (body: string) => body.replaceAll(/<!--.*?-->/g, '').replaceAll(/></g, '>\n<');

test('stacked shares are drawn whole on the server: subject, ranges, a hatched rest, a gap with its word, labels with values', () => {
	const { body } = render(StackedShares, { props: { ...props, pinned: '2026-02-01' } });
	expect(body).toContain('no data');
	expect(body).toContain('Pinned: 2026-02-01');
	expect(html(body)).toMatchSnapshot();
});
test('share lines are broken at a gap', () => {
	const { body } = render(ShareLines, { props });
	expect(html(body)).toMatchSnapshot();
});
test('a timeline has a lane a verdict, and its marks are links', () => {
	const version = (id: string, day: string, verdict: Version['verdict']): Version => ({
		id,
		at: Date.parse(day),
		verdict,
		label: id,
		title: `${id}, ${day}`,
		href: `?after=${id}`
	});
	const versions = [
		version('v1', '2026-01-10', 'confirmed'),
		version('v2', '2026-03-10', 'pending'),
		version('v3', '2026-02-01', 'flap')
	];
	const names = {
		confirmed: 'Confirmed',
		pending: 'Pending',
		flap: 'Flaps',
		broken: 'Broken',
		technical: 'Technical'
	};
	const { body } = render(Timeline, {
		props: {
			versions,
			span: { from: '2026-01-01', to: '2026-04-01' },
			selected: ['v1', 'v2'],
			names,
			words,
			title: 'Versions'
		}
	});
	expect(html(body)).toMatchSnapshot();
});
