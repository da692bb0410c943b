/** The first sentences of the page, made from its data. */
import type { Movement } from '#lib/domain/referrals/movement.ts';
import { daysBetween } from '#lib/domain/time.ts';
import { m } from '#lib/paraglide/messages.js';
import { bare, day, days, percent, range, unbroken } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import { sentence, type Part } from '#lib/ui/sentence.ts';

export interface About {
	destination: string;
	/** In words. */
	metric: string;
	locale: Locale;
	name: (source: string) => string;
}

/** Shares under a tenth are told to a tenth of a per cent; what rounds to a tenth is one. */
const digits = (share: number) => (share < 0.0995 ? 1 : 0);

/** `href`: what the numbers open. */
export function sentenceOf(
	{ source, first, last, change, moved }: Movement,
	about: About,
	href = '#table'
): Part[] {
	const { locale } = about;
	const places = digits(last.share);
	const { low, high } = last;
	const values = {
		source: { text: about.name(source), tone: 'subject' as const },
		share: { text: percent(last.share, locale, places), tone: 'subject' as const, href },
		destination: about.destination,
		metric: about.metric,
		since: unbroken(day(first.from, locale)),
		range:
			low === null || high === null
				? ''
				: { text: m.range_words({ range: range(low, high, locale, places) }), tone: 'range' as const }
	};
	if (first.from === last.from) return sentence(m.referrals_once, values);
	if (!moved) return sentence(m.referrals_steady, values);
	const points = {
		text: unbroken(m.points({ text: bare(Math.abs(change), locale, digits(Math.abs(change))) })),
		href
	};
	return sentence(change > 0 ? m.referrals_rose : m.referrals_fell, { ...values, points });
}

export interface Doubt {
	/** Share of the unattributed slice in the last period; null where there is none. */
	unattributed: number | null;
	gaps: number;
	/** Days of the last period that are reported, and how many it has. */
	reported: number;
	whole: number;
	/** Last day of the last period told, and the last day that anything is reported of. */
	to: string;
	last: string;
	today: string;
	provider: string;
}

/** More days than this after its last one a series is stale. */
const STALE = 14;

/** What is to be known before the number is believed: who measured, what cannot be told, what is missing, how old it is. */
export function ledeOf(
	{ unattributed, gaps, reported, whole, to, last, today, provider }: Doubt,
	{ locale }: About
): Part[] {
	const late = daysBetween(last, today) - 1;
	const said: Part[][] = [sentence(m.referrals_measured, { provider, day: day(to, locale) })];
	if (unattributed)
		said.push(
			sentence(m.referrals_unattributed, {
				share: { text: percent(unattributed, locale, digits(unattributed)), href: '#table' }
			})
		);
	if (reported < whole)
		said.push(sentence(m.referrals_part, { reported: String(reported), whole: String(whole) }));
	if (gaps) said.push(sentence(m.referrals_gaps, { n: gaps }));
	if (late > STALE)
		said.push([{ text: m.referrals_stale({ days: days(last, last, locale), n: late }), tone: 'stale' }]);
	const space = locale === 'zh' ? '' : ' ';
	return said.flatMap((parts, i): Part[] => (i === 0 ? parts : [{ text: space }, ...parts]));
}
