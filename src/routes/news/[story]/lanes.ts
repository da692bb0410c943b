/** A story as the drawing of its spread takes it. */
import type { SpreadLane } from '#lib/charts/spread.ts';
import { m } from '#lib/paraglide/messages.js';
import { count } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import { moment, outlet } from './said.ts';
import type { RootShown } from './told.ts';

/** Lanes with a name of their own. */
const MOST = 10;

/** The first report, those that most rests on, and one lane for all others. */
export function lanesOf(roots: readonly RootShown[], now: number, locale: Locale): SpreadLane[] {
	const kept = new Set(
		roots.length <= MOST
			? roots
			: [
					...roots.slice(0, 1),
					...roots
						.slice(1)
						.sort((a, b) => b.marks.length - a.marks.length)
						.slice(0, MOST - 2)
				]
	);
	const lanes = roots
		.filter((root) => kept.has(root))
		.map((root): SpreadLane => {
			const named = root.names === null ? undefined : roots[root.names];
			return {
				id: root.report.id,
				name: outlet(root.report),
				note: noteOf(root, locale),
				report: { at: root.report.at, kind: root.report.kind },
				marks: root.marks.map(({ at, kind, from, says }) => ({
					at,
					kind,
					from,
					...(says !== undefined && {
						backDated: m.spread_back({ says: moment(says, now, locale), seen: moment(at, now, locale) })
					})
				})),
				...(named && kept.has(named) && { names: { lane: named.report.id, words: m.spread_named() } })
			};
		});
	const others = roots.filter((root) => !kept.has(root));
	if (others.length === 0) return lanes;
	const marks = others
		.flatMap(({ report, marks }) => [
			{ at: report.at, kind: report.kind, from: null },
			...marks.map(({ at, kind }) => ({ at, kind, from: null }))
		])
		.sort((a, b) => a.at - b.at);
	const name = m.spread_more({ n: others.length, text: count(others.length, locale) });
	return [...lanes, { id: 'others', name, note: '', report: null, marks }];
}

function noteOf({ report, marks, copies }: RootShown, locale: Locale): string {
	// The axis under it has the year.
	const at = moment(report.at, report.at, locale);
	if (marks.length === 0) return at;
	if (copies === marks.length) return m.spread_copies({ n: copies, at, text: count(copies, locale) });
	return m.spread_rest({ at, text: count(marks.length, locale) });
}
