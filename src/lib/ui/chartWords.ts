import { m } from '#lib/paraglide/messages.js';
import { bare, day, days, month, percent } from './format.ts';
import type { Locale } from './locale.ts';

/** The words that charts are given, in the page's language. */
export const chartWords = (locale: Locale) => ({
	percent: (share: number) => percent(share, locale, 1),
	bare: (share: number) => bare(share, locale),
	period: (from: string, to: string) => days(from, to, locale),
	tick: (at: string, unit: 'day' | 'month' | 'year', year: boolean) =>
		unit === 'day'
			? day(at, locale, { year })
			: unit === 'month'
				? month(at, locale, { year })
				: at.slice(0, 4),
	gap: (from: string, to: string) => m.no_data_between({ days: days(from, to, locale, { year: false }) }),
	gapShort: m.no_data(),
	smaller: (n: number) => m.smaller_ones({ n }),
	reading: m.period(),
	pinned: (from: string, to: string) => m.pinned({ days: days(from, to, locale) }),
	table: m.table_behind()
});

export const verdictNames = () => ({
	confirmed: m.verdict_confirmed(),
	pending: m.verdict_pending(),
	flap: m.verdict_flap(),
	broken: m.verdict_broken(),
	technical: m.verdict_technical()
});
