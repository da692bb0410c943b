/** What a file is, by its name and its first rows. */
import type { InputTopic } from '#lib/domain/events.ts';
import type { Column } from '#lib/domain/referrals/columns.ts';
import { ga4Mapping, ga4Period, GA4_COMMENT } from '#lib/domain/referrals/ga4.ts';
import { openSource } from './doors/import-file.ts';
import { formatOf, readItems, type ImportFormat } from './doors/import.ts';
import { newsFileOf, type NewsFile } from './doors/news-files.ts';
import { isProblem } from './errors.ts';
import { isOpml } from './feeds/opml.ts';

export type Recognised =
	/** Our own events. */
	| { kind: 'events'; topic: InputTopic; format: ImportFormat }
	/** News as another tool writes it. */
	| { kind: 'news'; file: NewsFile }
	/** Whom and what to watch: the watchlist as YAML, feeds as OPML. */
	| { kind: 'watchlist' | 'feeds' }
	/** Google Analytics 4, and what it does not say by itself. */
	| { kind: 'ga4'; format: ImportFormat; needs: ('destination' | 'days')[] }
	/** Rows whose columns somebody has to name. */
	| { kind: 'columns'; format: ImportFormat; columns: Column[] }
	| { kind: 'unknown'; why: 'empty' | 'markup' | 'binary' | 'rows' };

/** Rows looked at, and different values kept of each column. */
const ROWS = 50;
const SAMPLES = 12;

/** Fields by which our own events are known. */
const OWN: [InputTopic, string[]][] = [
	['traffic', ['provider', 'destination', 'source', 'metric', 'value']],
	['policies', ['service', 'document', 'text']],
	['news', ['url', 'title', 'publisher']]
];

/** Reads no more than the beginning of the file at `path`, which was called `name`. Rejects with the system's error. */
export async function recognise(path: string, name: string): Promise<Recognised> {
	const { chunks, head } = await openSource(path, nothing());
	const start = head.toString('utf8').replace(/^\uFEFF/, '').trimStart(); // prettier-ignore
	const news = newsFileOf(head);
	const list = isOpml(head) ? 'feeds' : isWatchlist(name, start) ? 'watchlist' : null;
	if (news || list) await leave(chunks);
	if (news) return { kind: 'news', file: news };
	if (list) return { kind: list };
	const why = start === '' ? 'empty' : start.startsWith('<') ? 'markup' : head.includes(0) ? 'binary' : null;
	if (why !== null) {
		await leave(chunks);
		return { kind: 'unknown', why };
	}
	const format = formatOf(name, head);
	const rows = await firstRows(chunks, format, start.startsWith(GA4_COMMENT));
	const [first] = rows;
	if (!first) return { kind: 'unknown', why: 'rows' };
	const names = Object.keys(first);
	const own = OWN.find(([, fields]) => fields.every((field) => names.includes(field)));
	if (own) return { kind: 'events', topic: own[0], format };
	const columns = names.map((column) => ({ name: column, samples: samplesOf(rows, column) }));
	return ga4(names, head, format) ?? { kind: 'columns', format, columns };
}

/** By its name or by one of its sections. */
const isWatchlist = (name: string, start: string): boolean =>
	/\.ya?ml$/i.test(name) || /^(organisations|feeds|policies):/m.test(start);

/** The columns of a file that is not to be taken for what it looks like. */
export async function columnsOf(path: string, name: string): Promise<Recognised> {
	const { chunks, head } = await openSource(path, nothing());
	const format = formatOf(name, head);
	const rows = await firstRows(chunks, format, head.toString('latin1').startsWith(GA4_COMMENT));
	const columns = Object.keys(rows[0] ?? {}).map((column) => ({
		name: column,
		samples: samplesOf(rows, column)
	}));
	return columns.length ? { kind: 'columns', format, columns } : { kind: 'unknown', why: 'rows' };
}

/** Null where it is none. */
function ga4(names: string[], head: Buffer, format: ImportFormat): Recognised | null {
	const period = ga4Period(head.toString('utf8'));
	const day = '2026-01-01';
	if ('error' in ga4Mapping(names, { destination: 'x', from: day, to: day })) return null;
	const says = (options: { destination?: string; from?: string; to?: string }) =>
		!('error' in ga4Mapping(names, options));
	return {
		kind: 'ga4',
		format,
		needs: [
			...(says({ from: day, to: day }) ? [] : ['destination' as const]),
			...(says({ destination: 'x', ...(period.from && period.to && { from: period.from, to: period.to }) })
				? []
				: ['days' as const])
		]
	};
}

async function firstRows(
	chunks: AsyncIterable<Buffer>,
	format: ImportFormat,
	commented: boolean
): Promise<Record<string, unknown>[]> {
	const rows: Record<string, unknown>[] = [];
	const dialect = commented ? { comment: GA4_COMMENT, comment_no_infix: true, relax_column_count: true } : {};
	try {
		for await (const item of readItems(chunks, format, dialect)) {
			const read = item.read();
			if (
				'value' in read &&
				typeof read.value === 'object' &&
				read.value !== null &&
				!Array.isArray(read.value)
			)
				rows.push(Object.fromEntries(Object.entries(read.value)));
			if (item.index + 1 >= ROWS) break;
		}
	} catch (error) {
		// A file that breaks off later is known by what stands before.
		if (!isProblem(error, 'invalid')) throw error;
	}
	return rows;
}

const samplesOf = (rows: Record<string, unknown>[], column: string): string[] =>
	[...new Set(rows.map((row) => String(row[column] ?? '')).filter(Boolean))].slice(0, SAMPLES);

/** Closes what is not read on. */
async function leave(chunks: AsyncIterable<Buffer>): Promise<void> {
	for await (const _ of chunks) return;
}

async function* nothing(): AsyncGenerator<Buffer> {}
