import type { Snippet } from 'svelte';
import type { Sheet } from './csv.ts';

/** One column of a table. */
export interface Column<Row> {
	id: string;
	label: string;
	/** What the cell says, and what the CSV holds unless `value` says it more exactly. */
	text: (row: Row) => string;
	value?: (row: Row) => string | number | null;
	/** A cell that is more than its text. */
	cell?: Snippet<[Row]>;
	href?: (row: Row) => string | undefined;
	/** Numbers stand right. */
	number?: boolean;
	/** Left out on a phone. */
	wideOnly?: boolean;
}

/** The table as it is taken along. */
export const sheetOf = <Row>(name: string, columns: Column<Row>[], rows: Row[]): Sheet => ({
	name,
	head: columns.map(({ id }) => id),
	rows: rows.map((row) => columns.map(({ value, text }) => (value ?? text)(row)))
});
