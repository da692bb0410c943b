/** What is said of a pair's evidence, in words. */
import { m } from '#lib/paraglide/messages.js';
import { count, day, percent } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import { metricName } from '#lib/ui/names.ts';
import type { Part } from '#lib/ui/sentence.ts';
import type { PageData } from './$types';

export type PairShown = PageData['pairs'][number];
export type ClauseShown = PairShown['clauses'][number];

export const pairName = ({ organisations }: Pick<PairShown, 'organisations'>): string =>
	organisations.map(({ name }) => name).join(' × ');

/** A day without its year where that is the year of `now` (ms). */
export function shortDay(at: string, locale: Locale, now: number): string {
	const on = at.slice(0, 10);
	return day(on, locale, { year: on.slice(0, 4) !== new Date(now).toISOString().slice(0, 4) });
}

/** Clauses that came in: the confirmed ones, where there are none the pending ones. */
export function standing(clauses: readonly ClauseShown[]): { clauses: ClauseShown[]; pending: boolean } {
	const came = clauses.filter(({ kind }) => kind === 'in');
	const confirmed = came.filter(({ verdict }) => verdict === 'confirmed');
	return confirmed.length ? { clauses: confirmed, pending: false } : { clauses: came, pending: true };
}

/** The facts that the first sentence counts up, each kind of evidence once. */
export function factsOf({ articles, clauses, referrals }: PairShown, locale: Locale, now: number): Part[] {
	const facts: Part[] = [];
	if (articles)
		facts.push({ text: m.pairs_articles({ n: articles.count, text: count(articles.count, locale) }) });
	const { clauses: came, pending } = standing(clauses);
	const oldest = came.at(-1);
	if (oldest) {
		const said = pending ? m.pairs_clause_pending : m.pairs_clause;
		facts.push({ text: said({ day: shortDay(oldest.at, locale, now) }) });
	}
	const [largest] = referrals;
	if (largest)
		facts.push({
			text: m.pairs_share({
				share: percent(largest.share, locale),
				to: largest.ofName,
				metric: metricName(largest.metric)
			})
		});
	return facts;
}

export const joined = (parts: Part[]): Part[] =>
	parts.flatMap((part, i) => (i === 0 ? [part] : [{ text: m.comma() }, part]));
