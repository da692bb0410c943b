/**
 * Google Analytics 4's exports of traffic acquisition: the CSV that its reports download, or rows with the Data API's names. Which
 * columns are there is up to whoever exported, so the mapping is made from the first row.
 */
import { converter, periodOf, type Converter, type Mapping } from './import-formats.ts';

export interface Ga4Options {
	/** Whose traffic it is; without it a host name column says so. */
	destination?: string | undefined;
	provider?: string | undefined;
	/** The period, where no column has the date and no comment the start and end. `YYYY-MM-DD`, both included. */
	from?: string | undefined;
	to?: string | undefined;
}

/** Lines above the header begin with this. */
export const GA4_COMMENT = '#';

/** Column names without spaces and case, best first. */
const SOURCE = ['sessionsource', 'sessionmanualsource', 'firstusersource', 'source', 'sessionsourcemedium', 'firstusersourcemedium', 'sourcemedium']; // prettier-ignore
const DATE = ['date', 'yearmonth'];
const HOST = ['hostname'];
const METRICS: Readonly<Record<string, string>> = {
	sessions: 'sessions',
	engagedsessions: 'engaged_sessions',
	totalusers: 'users',
	activeusers: 'active_users',
	newusers: 'new_users',
	views: 'pageviews',
	screenpageviews: 'pageviews',
	transactions: 'orders',
	ecommercepurchases: 'orders',
	totalrevenue: 'revenue'
};
const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The period that the comments above the header give, `# Start date: 20240101`; nulls where they give none. */
export function ga4Period(head: string): { from: string | undefined; to: string | undefined } {
	const day = (name: string) =>
		periodOf(new RegExp(`^#\\s*${name} date:\\s*(\\d{8})`, 'im').exec(head)?.[1] ?? '')?.from;
	return { from: day('start'), to: day('end') };
}

/** The mapping for a file with these columns, or why there is none. */
export function ga4Mapping(columns: string[], options: Ga4Options): { mapping: Mapping } | { error: string } {
	const byName = new Map(columns.map((column) => [plain(column), column]));
	const find = (names: string[]) =>
		names.map((name) => byName.get(name)).find((column) => column !== undefined);

	const source = find(SOURCE);
	if (source === undefined) return { error: 'has no column Session source (or Source)' };
	const host = find(HOST);
	const destination = options.destination === undefined ? host : { constant: options.destination };
	if (destination === undefined)
		return { error: 'needs --destination: no column Hostname says whose traffic it is' };
	const date = find(DATE);
	const { from, to } = options;
	if (date === undefined && (from === undefined || to === undefined))
		return { error: 'needs --from and --to: neither a column Date nor a comment says which days it covers' };

	const metrics: Record<string, string> = {};
	for (const [name, column] of byName) {
		const metric = METRICS[name];
		if (metric !== undefined && !(metric in metrics)) metrics[metric] = column;
	}
	if (Object.keys(metrics).length === 0)
		return { error: 'has no column that is a metric, like Sessions or New users' };
	const fields: Mapping['fields'] = {
		provider: { constant: options.provider ?? 'ga4' },
		destination,
		source,
		from: date ?? { constant: from ?? '' }
	};
	if (date === undefined) fields.to = { constant: to ?? '' };
	return { mapping: { fields, metrics, sum: true } };
}

/** Reads a GA4 export row by row; further dimensions (medium, campaign, landing page) are added up. */
export function ga4Converter(options: Ga4Options): Converter {
	let made: { inner: Converter; source: string } | { error: string } | null = null;
	return {
		take(item) {
			if (typeof item !== 'object' || item === null)
				return { errors: [{ path: '', message: 'is not a row' }] };
			const row = Object.fromEntries(Object.entries(item));
			if (made === null) {
				const found = ga4Mapping(Object.keys(row), options);
				made =
					'error' in found
						? found
						: { inner: converter(found.mapping), source: String(found.mapping.fields.source) };
			}
			if ('error' in made) return { fatal: made.error };
			// `google / organic`: the medium is another dimension. Only the row of totals has no source: GA4 writes (not set).
			const [source] = String(row[made.source] ?? '').split(' / ');
			if (source === '' || Object.values(row).includes('Grand total')) return { values: [] };
			return made.inner.take({ ...row, [made.source]: source });
		},
		end: () => (made && 'inner' in made ? made.inner.end() : { values: [], errors: [] }),
		whole: true
	};
}
