/** Signals as tables to be taken along. */
import type { Sheet } from '#lib/ui/csv.ts';
import type { PageData } from './$types';

export const marksSheet = ({ marks, asked }: Pick<PageData, 'marks' | 'asked'>): Sheet => ({
	name: `signals-by-${asked.by}`,
	head: [asked.by, 'id', 'known', 'type', 'probability', 'counts', 'judged_wrong'],
	rows: marks.map(({ lane, id, at, type, probability, counts, wrong }) => [
		lane, `${id}`, at, type, probability, counts ? 1 : 0, wrong ? 1 : 0
	])
}); // prettier-ignore

export const rowsSheet = ({ rows }: Pick<PageData, 'rows'>): Sheet => ({
	name: 'signals',
	head: [
		'id', 'known', 'happened', 'type', 'organisations', 'probability', 'quote', 'source', 'reliability', 'articles', 'evidence', 'verdict',
		'rather'
	],
	rows: rows.map((row) => [
		row.id, row.at, row.happened, row.type, row.pair, row.probability, row.quote, row.source, row.reliability, row.articles,
		`${row.evidence.kind}:${row.evidence.id}`, row.verdict?.verdict ?? null, row.verdict?.type ?? null
	])
}); // prettier-ignore
