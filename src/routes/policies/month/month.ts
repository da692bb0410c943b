/** Months of the calendar, `YYYY-MM`. */
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The month asked for; that of the day shown where none is, undefined where it is none or one to come. */
export function monthOf(said: string | null, day: string): string | undefined {
	const current = day.slice(0, 7);
	if (!said) return current;
	return MONTH.test(said) && said <= current ? said : undefined;
}

/** `by` months later. */
export function shifted(month: string, by: number): string {
	const date = new Date(`${month}-01T00:00:00Z`);
	date.setUTCMonth(date.getUTCMonth() + by);
	return date.toISOString().slice(0, 7);
}
