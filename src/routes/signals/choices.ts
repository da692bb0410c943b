/** The filters above the signals. */
import { m } from '#lib/paraglide/messages.js';
import type { Choice } from '#lib/ui/filters.ts';
import { count } from '#lib/ui/format.ts';
import { signalName } from '#lib/ui/signalNames.ts';
import type { PageData } from './$types';

export function choicesOf({
	counts,
	asked,
	pairs: named,
	locale
}: Pick<PageData, 'counts' | 'asked' | 'pairs' | 'locale'>): Choice[] {
	const any = (label = m.any()) => ({ value: '', label });
	const counted = (by: 'pair' | 'type' | 'source', name: (tally: (typeof counts)[number]) => string) =>
		counts
			.filter((tally) => tally.by === by)
			.map((tally) => ({ value: tally.key, label: `${name(tally)} · ${count(tally.all, locale)}` }));
	const pairs = counted('pair', ({ name }) => name);
	// Several pairs at once have no line of their own.
	if (asked.pair && !pairs.some(({ value }) => value === asked.pair))
		pairs.unshift({ value: asked.pair, label: named.join(m.comma()) });
	const verdicts = { right: m.signals_right(), wrong: m.signals_wrong(), open: m.signals_open() };
	return [
		{ name: 'pair', label: m.signals_pair(), value: asked.pair, options: [any(), ...pairs] },
		{
			name: 'type', label: m.signals_signal(), value: asked.type,
			options: [any(), ...counted('type', ({ key }) => signalName(key as Parameters<typeof signalName>[0]))]
		},
		{ name: 'source', label: m.signals_source(), value: asked.source, options: [any(), ...counted('source', ({ name }) => name)] },
		{
			name: 'reliability', label: m.publisher_letter(), value: asked.reliability,
			options: [any(), ...['A', 'B', 'C', 'D', 'E'].map((letter) => ({ value: letter, label: letter === 'A' ? 'A' : m.signals_or_better({ letter }) }))]
		},
		{
			name: 'certainty', label: m.signals_certainty(), value: asked.certainty,
			options: [any(m.signals_from({ least: '0.50' })), { value: '0.8', label: m.signals_from({ least: '0.80' }) }, { value: '0', label: m.any() }]
		},
		{
			name: 'verdict', label: m.verdict(), value: asked.verdict,
			options: [any(), ...Object.entries(verdicts).map(([value, label]) => ({ value, label }))]
		},
		{
			name: 'kind', label: m.signals_kind(), value: asked.kind,
			options: [any(), { value: 'news', label: m.place_news() }, { value: 'policy', label: m.place_policies() }]
		}
	]; // prettier-ignore
}
