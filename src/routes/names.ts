/** What organisations, sources and destinations are called on a page: by the watchlist, in the reader's language. */
import { sourceOf } from '#lib/domain/referrals/sources.ts';
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { once } from '#lib/server/once.ts';
import { readWatchlist } from '#lib/server/watchlist.ts';
import type { Locale } from '#lib/ui/locale.ts';

export interface Named {
	id: string;
	name: string;
}
export interface Names {
	/** Organisations that are watched, by name. */
	watched: Named[];
	/** An organisation that has left the watchlist keeps its id as its name. */
	organisation: (id: string) => string;
	organisations: (ids: readonly string[]) => Named[];
	/** A host, an app id or whatever a provider calls a source or a destination. */
	host: (source: string) => string;
	/** Several at once: where two share a name each says its host as well. */
	hosts: (sources: readonly string[]) => Record<string, string>;
	/** An organisation's name in both scripts, where the watchlist has both: for labels; not where two sources share it. */
	both: (sources: readonly string[]) => Record<string, string>;
}

const HAN = /\p{sc=Han}/u;

/** Rejects with `desk-unavailable`. */
export async function readNames(desk: Pick<Desk, 'documents'>, locale: Locale): Promise<Names> {
	return namesIn[locale]((await readWatchlist(desk)).organisations);
}

const namesIn: Record<Locale, (organisations: Organisation[]) => Names> = {
	en: once((organisations) => namesOf(organisations, 'en')),
	zh: once((organisations) => namesOf(organisations, 'zh'))
};

function namesOf(organisations: readonly Organisation[], locale: Locale): Names {
	const names = new Map<string, string>();
	const domains = new Map<string, string>();
	const twice = new Map<string, string>();
	for (const { id, name, aliases, domains: own } of organisations) {
		const han = [name, ...aliases].find((alias) => HAN.test(alias));
		const said = locale === 'zh' ? (han ?? name) : name;
		names.set(id, said);
		for (const key of [id, ...own]) {
			domains.set(key, said);
			if (locale !== 'zh' && han !== undefined && han !== said) twice.set(key, `${said} ${han}`);
		}
	}
	const host = (source: string) => domains.get(source) ?? sourceOf(source).name;
	const hosts = (sources: readonly string[]) => {
		const holders = Map.groupBy(new Set(sources), host);
		const name = (source: string) =>
			(holders.get(host(source))?.length ?? 0) > 1 ? `${host(source)} ${source}` : host(source);
		return Object.fromEntries(sources.map((source) => [source, name(source)]));
	};
	const organisation = (id: string) => names.get(id) ?? id;
	return {
		watched: [...names]
			.map(([id, name]) => ({ id, name }))
			.sort((a, b) => a.name.localeCompare(b.name, locale === 'zh' ? 'zh' : 'en')),
		organisation,
		organisations: (ids) => ids.map((id) => ({ id, name: organisation(id) })),
		host,
		hosts,
		both: (sources) => {
			const holders = Map.groupBy(new Set(sources), host);
			return Object.fromEntries(
				sources.flatMap((source) => {
					const label = twice.get(source);
					return label !== undefined && holders.get(host(source))?.length === 1 ? [[source, label]] : [];
				})
			);
		}
	};
}
