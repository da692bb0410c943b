/** How a story's page says when something was, and whose it is. */
import { m } from '#lib/paraglide/messages.js';
import { clock, day } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import type { ReportShown } from './told.ts';

export const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
/** `16 Nov 06:12`; with the year where it is not that of `now`. */
export const moment = (at: number, now: number, locale: Locale): string =>
	`${day(dayOf(at), locale, { year: dayOf(at).slice(0, 4) !== dayOf(now).slice(0, 4) })} ${clock(at)}`;

/** Who published a report: its name, else its host. */
export const outlet = ({ publisher, url }: Pick<ReportShown, 'publisher' | 'url'>): string =>
	publisher.trim() || new URL(url).host || m.report_unsigned();
