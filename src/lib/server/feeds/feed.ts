/** One feed, from its bytes to its items: RSS, Atom, RDF and JSON Feed. What `feedsmith` cannot read degrades to titles and links. */
import { FetchProblem } from '../fetch/problem.ts';
import { decodeFeed } from './encoding.ts';
import { entriesOf, type Entry } from './entries.ts';
import { instantOf } from './instants.ts';
import { plainText } from './plain.ts';
import { scan } from './scan.ts';

/** What an entry says, as plain text; only what it has. An item has a title or an address. */
export interface FeedItem {
	title?: string;
	/** http(s), absolute. */
	url?: string;
	text?: string;
	author?: string;
	/** RFC 3339 UTC. */
	publishedAt?: string;
}
export interface FeedContext {
	/** Address of the feed, which relative links are resolved against. */
	base?: string | undefined;
	/** The charset that the server named. */
	charset?: string | null | undefined;
}

/** Items beyond these are left out, the newest come first in every feed. */
const MOST_ITEMS = 20_000;
const TITLE = 10_000;
const TEXT = 1_000_000;
const AUTHOR = 1_000;

/** Synchronous and, for hostile bytes, slow: see ingest/collectors/feeds/reader.ts. Throws a {@link FetchProblem}. */
export function readFeed(bytes: Buffer, { base, charset }: FeedContext = {}): FeedItem[] {
	const source = decodeFeed(bytes, charset ?? null);
	if (source.trim() === '') throw new FetchProblem('empty', 'the feed is empty');
	const read = entriesOf(source);
	const entries = read?.length ? read : (scan(source) ?? read);
	if (!entries) throw new FetchProblem('type', 'is no feed: RSS, Atom, RDF or JSON Feed was expected');
	return entries.slice(0, MOST_ITEMS).flatMap((entry) => itemOf(entry, base) ?? []);
}

function itemOf(entry: Entry, base: string | undefined): FeedItem | null {
	const title = plainText(entry.title ?? '', TITLE);
	const text = plainText(entry.text ?? '', TEXT);
	const author = plainText(entry.author ?? '', AUTHOR);
	const url = entry.links
		.map((link) => addressOf(link, [base, ...entry.bases]))
		.find((link) => link !== null);
	const publishedAt = entry.dates.map(instantOf).find((date) => date !== null);
	if (!title && !url) return null;
	return {
		...(title && { title }),
		...(url && { url }),
		...(text && { text }),
		...(author && { author }),
		...(publishedAt && { publishedAt })
	};
}

/** `link` as an http(s) address, against bases that each stand against the one before; null for any other. */
function addressOf(link: string, bases: readonly (string | undefined)[]): string | null {
	let base: URL | null = null;
	for (const next of bases) if (next) base = URL.parse(next.trim(), base ?? undefined) ?? base;
	const url = URL.parse(link.trim(), base ?? undefined);
	return url && /^https?:$/.test(url.protocol) ? url.href : null;
}
