/** A table as RFC 4180 text. */
export interface Sheet {
	/** File name without its ending. */
	name: string;
	head: string[];
	rows: (string | number | null)[][];
}

/** Spreadsheets read these as the beginning of a formula, and text from outside is in our tables. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
	if (value === null) return '';
	const text =
		typeof value === 'string' && FORMULA.test(value) && Number.isNaN(Number(value))
			? `'${value}`
			: String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csv = ({ head, rows }: Sheet): string =>
	[head, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('');
