/**
 * The one table of addresses: every link is made here, every parameter has its name here. A parameter that holds its default is not
 * written, so the shortest address of a view is its only one.
 */

/** The rail, one line a place. `group` is the reader it is for. */
export const PLACES = [
	{ id: 'overview', group: 'meeting', path: '/' },
	{ id: 'partnerships', group: 'evidence', path: '/partnerships' },
	{ id: 'referrals', group: 'evidence', path: '/referrals' },
	{ id: 'policies', group: 'evidence', path: '/policies' },
	{ id: 'news', group: 'evidence', path: '/news' },
	{ id: 'signals', group: 'evidence', path: '/signals' },
	{ id: 'sources', group: 'watch', path: '/sources' },
	{ id: 'watchlist', group: 'watch', path: '/watchlist' },
	{ id: 'scoreboard', group: 'watch', path: '/scoreboard' }
] as const;
export type Place = (typeof PLACES)[number];
export const GROUPS = ['meeting', 'evidence', 'watch'] as const;

/** Where words are looked for, and where own data is brought. Neither is a place of the rail. */
export const SEARCH = '/search';
export const START = '/start';
export const WATCHLIST = '/watchlist';
/** In the place of an organisation's id, of which none begins so. */
export const NEW = '~new';
/** Part of sources. */
export const PUBLISHERS = '/sources/publishers';
/** A dropped file, by its hash. */
export const filePath = (id: string, query: Query = {}): string => address(`${START}/${id}`, query);

/** The place whose pages `pathname` belongs to. */
export const placeOf = (pathname: string): Place | undefined =>
	PLACES.find(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)));

export type Query = Record<string, string | number | null | undefined>;

/** `path` with those parameters of `query` that say something. */
export function address(path: string, query: Query = {}): string {
	const said = Object.entries(query).flatMap(([name, value]) =>
		value === null || value === undefined || value === '' ? [] : [[name, String(value)]]
	);
	const search = new URLSearchParams(said).toString();
	return search ? `${path}?${search}` : path;
}

/** The view of `url` with some parameters changed; null or '' takes one out. */
export const change = (url: URL, query: Query): string =>
	address(url.pathname, { ...Object.fromEntries(url.searchParams), ...query });

const segment = encodeURIComponent;
/** A document's page; `before` and `after` are content hashes of the versions compared. */
export const policyPath = (service: string, document: string, query: Query = {}): string =>
	address(`/policies/${segment(service)}/${segment(document)}`, query);
/** Where an organisation of the watchlist is edited; {@link NEW}: where one is added. */
export const watchPath = (id: string, query: Query = {}): string =>
	address(`${WATCHLIST}/${segment(id)}`, query);
export const storyPath = (id: string, query: Query = {}): string => address(`/news/${segment(id)}`, query);

/** The day of `?asOf=`, null where the page shows today, undefined where it is no day or one to come. */
export function readAsOf(url: URL, today: string): string | null | undefined {
	const given = url.searchParams.get('asOf');
	if (!given || given === today) return null;
	const at = Date.parse(`${given}T00:00:00Z`);
	const exists = /^\d{4}-\d{2}-\d{2}$/.test(given) && new Date(at).toJSON()?.startsWith(given) === true;
	return exists && given < today ? given : undefined;
}

/** A path on this site to go back to, whatever a form said. */
export const ownPath = (value: unknown): string =>
	typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : '/';
