/** Which signals the address asks for. */
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { addDays, formatInstant, isDay, parseInstant, startOf } from '#lib/domain/time.ts';
import type { Judged } from '#lib/server/signal-verdicts.ts';
import type { SignalFilter, SignalQuery } from '#lib/server/store/signals.ts';

export const LANES = ['pair', 'type', 'source'] as const;
/** What the lanes of the timeline are. */
export type Lanes = (typeof LANES)[number];
export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const VERDICTS = ['right', 'wrong', 'open'] as const;
/** Signals count from here, and are shown from here unless less is asked for. */
export const COUNTS_FROM = 0.5;

export interface Asked {
	by: Lanes;
	/** Watchlist ids with a space between them; several pairs with commas. */
	pair: string;
	organisation: string;
	type: SignalType | '';
	/** This letter or better. */
	reliability: (typeof LETTERS)[number] | '';
	/** Least certainty, `0` for any; '' for the usual. */
	certainty: '0' | '0.8' | '';
	verdict: (typeof VERDICTS)[number] | '';
	kind: 'news' | 'policy' | '';
	source: string;
	/** Days, both included. */
	from: string;
	to: string;
}

/** What cannot be read is as good as not said. */
export function askedFor(query: URLSearchParams): Asked {
	const said = (name: string) => query.get(name) ?? '';
	const among = <T extends string>(name: string, values: readonly T[]): T | '' =>
		values.find((value) => value === said(name)) ?? '';
	const day = (name: string) => (isDay(said(name)) ? said(name) : '');
	return {
		by: among('by', LANES) || 'pair',
		pair: said('pair'),
		organisation: said('organisation'),
		type: among('type', SIGNAL_TYPES),
		reliability: among('reliability', LETTERS),
		certainty: among('certainty', ['0', '0.8']),
		verdict: among('verdict', VERDICTS),
		kind: among('kind', ['news', 'policy']),
		source: said('source'),
		from: day('from'),
		to: day('to')
	};
}

/** Whether a part of the signals is asked for and not all. */
export const isFiltered = ({ by: _, ...filters }: Asked): boolean => Object.values(filters).some(Boolean);

const pairOfKey = (key: string): readonly [string, string] => {
	const [a = '', b = ''] = key.split(' ');
	return [a, b];
};

export function filterOf(asked: Asked, judged: Pick<Judged, 'right' | 'wrong'>): SignalFilter {
	const { pair, organisation, type, reliability, certainty, verdict, kind, source, from, to } = asked;
	return {
		...(pair && { pairs: pair.split(',').map(pairOfKey) }),
		...(organisation && { organisation }),
		...(type && { types: [type] }),
		...(reliability && { reliability: LETTERS.slice(0, LETTERS.indexOf(reliability) + 1) }),
		least: certainty ? Number(certainty) : COUNTS_FROM,
		...(verdict === 'right' && { among: judged.right }),
		...(verdict === 'wrong' && { among: judged.wrong }),
		...(verdict === 'open' && { without: [...judged.right, ...judged.wrong] }),
		...(kind && { kind }),
		...(source && { sources: [source] }),
		...(from && { from: formatInstant(startOf(from)) }),
		...(to && { to: formatInstant(startOf(addDays(to, 1)) - 1) })
	};
}

/** `time~id` of the last signal of the page before. */
export function cursor(said: string | null): SignalQuery['before'] {
	const [at = '', id = ''] = said?.split('~') ?? [];
	return parseInstant(at) !== null && /^\d{1,39}$/.test(id) ? { at, id } : undefined;
}
