/** How a file is to be read, as the address says it. */
import { guessRoles, isRole, mappingOf, type Missing, type Role } from '#lib/domain/referrals/columns.ts';
import { isDay } from '#lib/domain/time.ts';
import type { Reading } from '#lib/server/doors/import-run.ts';
import type { ItemFormat } from '#lib/server/doors/import.ts';
import type { Recognised } from '#lib/server/recognise.ts';

export interface Asked {
	destination: string;
	provider: string;
	metric: string;
	from: string;
	to: string;
	/** What each column becomes, in the order of the file; only of a table. */
	roles: Role[];
}
export type Way =
	| { reading: Reading & { format: ItemFormat }; missing: [] }
	| { reading: null; missing: (Missing | 'days')[] };

/** What the address says; what it does not say of a table's columns, and who measured it, is guessed from the file called `name`. */
export function askedOf(params: URLSearchParams, recognised: Recognised, name: string): Asked {
	const said = (name: string) => params.get(name)?.trim().slice(0, 300) ?? '';
	const columns = recognised.kind === 'columns' ? recognised.columns : [];
	const guessed = guessRoles(columns);
	const roles = columns.map((_, i): Role => {
		const role = params.get(`c${i}`);
		return isRole(role) ? role : (guessed[i] ?? 'out');
	});
	const day = (name: string) => (isDay(said(name)) ? said(name) : '');
	return {
		destination: said('destination'),
		provider: said('provider') || (recognised.kind === 'columns' ? stemOf(name) : ''),
		metric: said('metric'),
		from: day('from'),
		to: day('to'),
		roles
	};
}

/** `wellcount_2026-11-20.csv` is of `wellcount`. */
const stemOf = (name: string): string =>
	name.replace(/\.[^./\\]*(\.gz)?$/i, '').replace(/[\s_.()-]*\d[\d\s_.()-]*$/, '').trim() || name; // prettier-ignore

/** Files whose rows become events. */
export type Rows = Exclude<Recognised, { kind: 'unknown' | 'watchlist' | 'feeds' }>;
export const hasRows = (recognised: Recognised): recognised is Rows =>
	!['unknown', 'watchlist', 'feeds'].includes(recognised.kind);

/** The reading of the import that follows, or what is still missing for one. */
export function wayOf(recognised: Rows, asked: Asked): Way {
	if (recognised.kind === 'news') {
		const { file } = recognised;
		return { reading: { format: file.format, foreign: { news: file } }, missing: [] };
	}
	const { format } = recognised;
	if (recognised.kind === 'events') return { reading: { format }, missing: [] };
	if (recognised.kind === 'columns') {
		const found = mappingOf(recognised.columns, asked.roles, asked);
		if ('missing' in found) return { reading: null, missing: found.missing };
		return { reading: { format, foreign: { mapping: found.mapping } }, missing: [] };
	}
	const { destination, provider, from, to } = asked;
	const missing = recognised.needs.filter((need) =>
		need === 'destination' ? destination === '' : from === '' || to === ''
	);
	if (missing.length) return { reading: null, missing };
	const ga4 = {
		...(destination && { destination }),
		...(provider && { provider }),
		...(from && to && { from, to })
	};
	return { reading: { format, foreign: { ga4 } }, missing: [] };
}
