/** The first sentences of the page, from its counts. */
import { m } from '#lib/paraglide/messages.js';
import { count, unbroken } from '#lib/ui/format.ts';
import { signalName } from '#lib/ui/signalNames.ts';
import { sentence, type Part } from '#lib/ui/sentence.ts';
import type { PageData } from './$types';

type Data = Pick<PageData, 'counts' | 'filtered' | 'locale' | 'asked' | 'marks' | 'judged'>;
const allOf = ({ counts }: Data) => counts.find(({ by }) => by === 'all');
/** What most are about: two organisations before one, since a partnership takes two. */
export function topPair({ counts }: Pick<Data, 'counts'>): Data['counts'][number] | undefined {
	const some = counts.filter(({ by, counting }) => by === 'pair' && counting > 0);
	return some.find(({ key }) => key.includes(' ')) ?? some[0];
}

/** Which pair the signals that count are about, and how many are new. `view`: the address with other filters. */
export function said(data: Data, view: (query: Record<string, string | null>) => string): Part[] {
	const { filtered, locale } = data;
	const all = allOf(data);
	const top = topPair(data);
	if (!all) return [];
	if (!top) return [{ text: m.signals_none_count({ n: all.found, text: count(all.found, locale) }) }];
	const fresh: Part = {
		text: m.signals_fresh({ n: all.fresh, text: count(all.fresh, locale) }),
		tone: 'changed',
		href: '#table'
	};
	const text = (n: number) => unbroken(m.signals_n({ n, text: count(n, locale) }));
	const whole = top.counting === all.counting;
	if (filtered && !whole) {
		const part = { text: text(all.counting), tone: 'subject' as const, href: '#table' };
		return all.fresh
			? sentence(m.signals_match_fresh, { n: all.counting, part, fresh })
			: sentence(m.signals_match, { n: all.counting, part });
	}
	const part: Part = {
		text: whole
			? text(all.counting)
			: unbroken(m.signals_part({ text: count(top.counting, locale), all: count(all.counting, locale) })),
		tone: 'subject',
		href: whole ? '#table' : view({ pair: top.key })
	};
	return all.fresh
		? sentence(m.signals_about_fresh, {
				n: top.counting,
				part,
				pair: top.name.replaceAll(' × ', '\u00a0× '),
				fresh
			})
		: sentence(m.signals_about, { n: top.counting, part, pair: top.name.replaceAll(' × ', '\u00a0× ') });
}

/** What kinds they are of, and how many were judged. */
export function ledeOf(data: Data): Part[] {
	const { counts, judged, locale } = data;
	const kinds = counts
		.filter(({ by, counting }) => by === 'type' && counting > 0)
		.map(
			({ key, counting }) =>
				`${signalName(key as Parameters<typeof signalName>[0])} ${count(counting, locale)}`
		);
	const parts: Part[] = kinds.length ? [{ text: m.signals_kinds({ kinds: kinds.join(m.comma()) }) }] : [];
	if (judged.right + judged.wrong)
		parts.push(
			{ text: locale === 'zh' ? '' : ' ' },
			{ text: m.signals_judged({ right: count(judged.right, locale), wrong: count(judged.wrong, locale) }) }
		);
	return parts;
}
