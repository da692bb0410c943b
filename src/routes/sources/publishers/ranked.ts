/** Which publishers the address asks for, and in which order. */
import { RELIABILITIES, type Judgement } from '#lib/domain/news/reliability.ts';

export const ORDERS = ['record', 'letter', 'articles', 'last', 'name'] as const;
export interface Asked {
	/** Words of the name; empty for all. */
	query: string;
	/** Empty for any. */
	letter: (typeof RELIABILITIES)[number] | '';
	/** The longest record first where nothing else is asked for. */
	order: (typeof ORDERS)[number];
}

/** What cannot be read is as good as not said. */
export function askedFor(query: URLSearchParams): Asked {
	const among = <T extends string>(name: string, values: readonly T[]): T | undefined =>
		values.find((value) => value === query.get(name));
	return {
		query: query.get('q')?.trim().slice(0, 200) ?? '',
		letter: among('letter', RELIABILITIES) ?? '',
		order: among('order', ORDERS) ?? 'record'
	};
}

export interface Published extends Pick<Judgement, 'letter' | 'of'> {
	publisher: string;
	articles: number;
	/** When it published last, RFC 3339. */
	last: string;
}

const same = (text: string) => text.normalize('NFKC').toLowerCase();
const byName = new Intl.Collator('en', { numeric: true });
const orders: Record<Asked['order'], (a: Published, b: Published) => number> = {
	record: (a, b) => b.of - a.of,
	letter: (a, b) => RELIABILITIES.indexOf(a.letter) - RELIABILITIES.indexOf(b.letter) || b.of - a.of,
	articles: () => 0,
	last: (a, b) => Date.parse(b.last) - Date.parse(a.last),
	name: (a, b) => byName.compare(a.publisher, b.publisher)
};

/** Those that are asked for; of equals the one with more articles comes first. */
export function ranked<T extends Published>(publishers: readonly T[], { query, letter, order }: Asked): T[] {
	const words = same(query);
	return publishers
		.filter((one) => (letter === '' || one.letter === letter) && same(one.publisher).includes(words))
		.sort(
			(a, b) => orders[order](a, b) || b.articles - a.articles || byName.compare(a.publisher, b.publisher)
		);
}
