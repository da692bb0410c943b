/** A long table shows its newest rows and, of the older ones, those that say something; the others are folded to one line a run. */

export interface Fold<Row> {
	folded: Row[];
}
export type Line<Row> = { row: Row } | Fold<Row>;

/** Rows that are shown before any is folded, and the least that make a fold. */
const FIRST = 12;
const LEAST = 2;

/** `rows` in order; `stays`: which of the older ones are not folded. */
export function folded<Row>(rows: readonly Row[], stays: (row: Row) => boolean): Line<Row>[] {
	const lines: Line<Row>[] = [];
	let run: Row[] = [];
	const close = () => {
		if (run.length >= LEAST) lines.push({ folded: run });
		else lines.push(...run.map((row) => ({ row })));
		run = [];
	};
	rows.forEach((row, i) => {
		if (i >= FIRST && !stays(row)) run.push(row);
		else {
			close();
			lines.push({ row });
		}
	});
	close();
	return lines;
}
