/** The sentence on a document's newest change: whom it opens a door to, and whether it is confirmed. */
import { m } from '#lib/paraglide/messages.js';
import { day, unbroken } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import { sentence, type Part } from '#lib/ui/sentence.ts';
import type { NamedChange } from './named.ts';

export type Said = NamedChange;

/** Names that a sentence says. */
const MOST = 3;

export function newestChange(
	{ confirmed, pending }: { confirmed: Said | null; pending: Said | null },
	path: (change: Said) => string,
	locale: Locale
): Part[] {
	const change = confirmed ?? pending;
	if (!change) return [];
	const on = (time: string) => unbroken(day(time.slice(0, 10), locale));
	const href = path(change);
	const to = change.organisations.filter(({ direction }) => direction === 'opens');
	const names = new Intl.ListFormat(locale).format(to.slice(0, MOST).map(({ name }) => name));
	const values = {
		name: { text: m.document_of(change), tone: 'subject' as const, href },
		day: { text: on(change.at), href }
	};
	const who = { text: names, tone: 'subject' as const };
	if (change.decidedAt === null || change.verdict !== 'confirmed')
		return to.length
			? sentence(m.policies_door_pending, { ...values, who })
			: sentence(m.policies_pending, values);
	const decided = { text: on(change.decidedAt), tone: 'changed' as const };
	return to.length
		? sentence(m.policies_door, { ...values, who, decided })
		: sentence(m.policies_confirmed, { ...values, decided });
}
