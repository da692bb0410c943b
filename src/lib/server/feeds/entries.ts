/** What feedsmith makes of a feed, its four formats as one. */
import { parseFeed } from 'feedsmith';
import { z } from 'zod';

/** An entry as it is written: markup and all. */
export interface Entry {
	title?: string | undefined;
	/** Best first; as written. */
	links: string[];
	/** Addresses that links stand against, outermost first. */
	bases: string[];
	text?: string | undefined;
	author?: string | undefined;
	/** Best first; as written. */
	dates: string[];
}

type Feed = ReturnType<typeof parseFeed<string>>;
type FeedOf<F extends Feed['format']> = Extract<Feed, { format: F }>['feed'];

/** The entries of a feed in their order, or null for what feedsmith cannot read. */
export function entriesOf(source: string): Entry[] | null {
	let parsed: Feed;
	try {
		parsed = parseFeed<string>(jsonFeed(source) ?? source);
	} catch {
		return null; // its errors have no policy: whatever it was, the scanner has a try
	}
	switch (parsed.format) {
		case 'rss':
			return rss(parsed.feed);
		case 'atom':
			return atom(parsed.feed);
		case 'rdf':
			return rdf(parsed.feed);
		case 'json':
			return json(parsed.feed);
	}
}

const record = z.looseObject({ items: z.array(z.unknown()) });
const VERSION = 'https://jsonfeed.org/version/1.1';

/** A JSON Feed under a version that feedsmith knows, for writers that name another or none; null for what is no object with items. */
function jsonFeed(source: string): object | null {
	if (!/^\s*\{/.test(source)) return null;
	const parsed = record.safeParse(JSON.parse(source));
	if (!parsed.success || !(parsed.data['version'] ?? parsed.data['title'])) return null;
	return { ...parsed.data, version: VERSION };
}

const given = (...values: (string | undefined)[]): string[] =>
	values.filter((value): value is string => typeof value === 'string' && value.trim() !== '');
const first = (...values: (string | undefined)[]): string | undefined => given(...values)[0];

const rss = (feed: FeedOf<'rss'>): Entry[] =>
	(feed.items ?? []).map((item) => ({
		title: first(item.title, item.dc?.titles?.[0], item.media?.title?.value),
		links: given(item.link, ...alternates(item.atom?.links), permalink(item.guid)),
		bases: given(feed.xml?.base, item.xml?.base),
		text: first(item.content?.encoded, item.description, item.dc?.descriptions?.[0]),
		author: first(item.authors?.[0]?.name, item.dc?.creators?.[0], item.itunes?.author),
		dates: given(item.pubDate, item.dc?.dates?.[0], item.dcterms?.created?.[0], item.atom?.published, item.atom?.updated)
	})); // prettier-ignore

/** A guid is an address unless it says otherwise or looks otherwise. */
const permalink = (guid: { value?: string; isPermaLink?: boolean } | undefined): string | undefined =>
	guid?.isPermaLink !== false && /^https?:/i.test(guid?.value ?? '') ? guid?.value : undefined;

const atom = (feed: FeedOf<'atom'>): Entry[] =>
	(feed.entries ?? []).map((entry) => ({
		title: first(written(entry.title), entry.dc?.titles?.[0], entry.media?.title?.value),
		links: alternates(entry.links),
		bases: given(feed.xml?.base, entry.xml?.base),
		text: first(written(entry.content), written(entry.summary)),
		author: first(entry.authors?.[0]?.name, entry.dc?.creators?.[0], feed.authors?.[0]?.name),
		dates: given(entry.published, entry.updated, entry.dc?.dates?.[0])
	}));

/** Content of a binary type is written in Base64 (RFC 4287, 4.1.3.3). */
const written = (content: { value?: string; type?: string } | undefined): string | undefined =>
	content?.value && content.type === 'application/octet-stream'
		? Buffer.from(content.value, 'base64').toString('utf8')
		: content?.value;

const alternates = (links: readonly { href?: string; rel?: string }[] | undefined): string[] =>
	(links ?? []).filter(({ rel }) => !rel || rel === 'alternate').flatMap(({ href }) => given(href));

const rdf = (feed: FeedOf<'rdf'>): Entry[] =>
	(feed.items ?? []).map((item) => ({
		title: first(item.title, item.dc?.titles?.[0]),
		links: given(item.link, item.rdf?.about),
		bases: given(feed.xml?.base, item.xml?.base),
		text: first(item.content?.encoded, item.description, item.dc?.descriptions?.[0]),
		author: item.dc?.creators?.[0],
		dates: given(item.dc?.dates?.[0], item.dcterms?.created?.[0])
	}));

const json = (feed: FeedOf<'json'>): Entry[] =>
	(feed.items ?? []).map((item) => ({
		title: item.title,
		links: given(item.url, item.external_url),
		bases: given(feed.feed_url ?? feed.home_page_url),
		text: first(item.content_text, item.content_html, item.summary),
		author: first(item.authors?.[0]?.name, feed.authors?.[0]?.name),
		dates: given(item.date_published, item.date_modified)
	}));
