/**
 * News in the files of others, one event an item: GDELT's Global Knowledge Graph 2.1 (tab-separated, 27 columns, no header; codebook
 * V2.1), the article lists of its DOC 2.0 API as JSON or CSV, and news sitemaps (sitemaps.org with Google's news extension).
 */
import { decodeXML } from 'entities';
import type { FieldError } from '#lib/domain/events.ts';
import type { Converter } from '#lib/domain/referrals/import-formats.ts';
import { formatInstant } from '#lib/domain/time.ts';
import { instantOf } from '../feeds/instants.ts';
import { plainText } from '../feeds/plain.ts';

export type NewsFile =
	| { kind: 'gkg'; format: 'lines' }
	| { kind: 'artlist'; format: 'list' | 'csv' }
	| { kind: 'sitemap'; format: 'sitemap' };

/** What a file that begins with `head` is; null for none of these. */
export function newsFileOf(head: Buffer): NewsFile | null {
	const start = head.toString('utf8').replace(/^\uFEFF/, '').trimStart(); // prettier-ignore
	if (/^\d{14}-T?\d+\t\d{14}\t\d*\t[^\t\n]*\t[^\t\n]*\t/.test(start)) return { kind: 'gkg', format: 'lines' };
	if (/^\{\s*"articles"\s*:\s*\[/.test(start)) return { kind: 'artlist', format: 'list' };
	const header = (start.split('\n', 1)[0] ?? '').toLowerCase().replace(/["\r]/g, '').split(',');
	if (HEADERS.some((names) => names.every((name) => header.includes(name))))
		return { kind: 'artlist', format: 'csv' };
	if (start.startsWith('<') && /<urlset\b/.test(start) && start.includes('sitemap-news'))
		return { kind: 'sitemap', format: 'sitemap' };
	return null;
}

/** As the API writes it, and as its JSON has it. */
const HEADERS = [
	['url', 'mobileurl', 'date', 'title'],
	['url', 'title', 'seendate', 'domain']
];

/** A news event as far as the file has it: what is missing the door's check names. */
interface Draft {
	url?: string | undefined;
	title?: string | undefined;
	publisher?: string | undefined;
	language?: string | undefined;
	publishedAt?: string | undefined;
	observedAt?: string | undefined;
}

export function newsConverter({ kind }: NewsFile): Converter {
	const draft = { gkg, artlist, sitemap }[kind];
	return {
		take(item) {
			const made = draft(item);
			const errors = NEEDED.flatMap((path): FieldError[] => (made[path] ? [] : [{ path, message: 'is missing' }])); // prettier-ignore
			return errors.length ? { errors } : { values: [Object.fromEntries(Object.entries(made).filter(([, value]) => value))] }; // prettier-ignore
		},
		end: () => ({ values: [], errors: [] }),
		whole: false
	};
}
const NEEDED = ['url', 'title', 'publisher', 'publishedAt'] as const;

const TITLE = 10_000;
const title = (written: string | undefined): string => plainText(written ?? '', TITLE).replace(/\s+/g, ' ');

/** Columns: 2 date, 4 source, 5 address, 26 translation (`srclc:deu;…`), 27 extras as XML. */
function gkg(item: unknown): Draft {
	const columns = String(item).replace(/\r$/, '').split('\t');
	const seen = stamp(columns[1]);
	const extras = columns[26] ?? '';
	const said = stamp(/<PAGE_PRECISEPUBTIMESTAMP>(\d{14})</.exec(extras)?.[1]);
	const language = /(?:^|;)srclc:([a-z]{3})/.exec(columns[25] ?? '')?.[1];
	return {
		url: columns[4],
		title: title(/<PAGE_TITLE>(.*?)<\/PAGE_TITLE>/s.exec(extras)?.[1]),
		publisher: columns[3],
		// Three letters become the two that we use where there are such.
		language: language && new Intl.Locale(language).language,
		// A page that says it will be published later was published when it was seen.
		publishedAt: said && seen && said < seen ? said : seen,
		observedAt: seen
	};
}

function artlist(item: unknown): Draft {
	const row = new Map(
		Object.entries(item ?? {}).map(([name, value]) => [name.toLowerCase(), String(value ?? '')])
	);
	const seen = stamp(row.get('seendate') || row.get('date'));
	const url = row.get('url') ?? '';
	return {
		url,
		title: title(row.get('title')),
		publisher: row.get('domain') || URL.parse(url)?.hostname.replace(/^www\./, ''),
		publishedAt: seen,
		observedAt: seen
	};
}

function sitemap(item: unknown): Draft {
	// Pictures have titles of their own.
	const xml = String(item).split(/<(?:image|video):/, 1)[0] ?? '';
	return {
		url: elementOf(xml, 'loc'),
		title: title(elementOf(xml, 'title')),
		publisher: elementOf(xml, 'name'),
		language: elementOf(xml, 'language'),
		publishedAt: instantOf(elementOf(xml, 'publication_date') ?? '') ?? undefined
	};
}

/** The text of the first element `name`, under whatever prefix. One pass: entries may be hostile. */
function elementOf(xml: string, name: string): string | undefined {
	const open = new RegExp(`<(?:[\\w-]{1,20}:)?${name}(?:\\s[^<>]*)?>`).exec(xml);
	if (!open) return undefined;
	const from = open.index + open[0].length;
	const close = new RegExp(`</(?:[\\w-]{1,20}:)?${name}\\s*>`, 'g');
	close.lastIndex = from;
	const text = xml.slice(from, close.exec(xml)?.index ?? from).trim();
	const parts = text.slice(0, 10 * TITLE).split(/<!\[CDATA\[([^]*?)\]\]>/); // outside, inside, outside, …
	return parts.map((part, i) => (i % 2 ? part : decodeXML(part))).join('').trim() || undefined; // prettier-ignore
}

/** `20231118T031500Z`, `20231118031500`, `2023-11-18 03:15:00` as RFC 3339; undefined for anything else. */
function stamp(written: string | undefined): string | undefined {
	const digits = (written ?? '').replace(/\D/g, '');
	if (digits.length !== 14) return undefined;
	const at = Date.parse(digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));
	return Number.isNaN(at) ? undefined : formatInstant(at);
}
