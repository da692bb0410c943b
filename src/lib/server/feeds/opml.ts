/** Lists of feeds as OPML, in and out. */
import { generateOpml, parseOpml, type Opml } from 'feedsmith';
import { Problem } from '../errors.ts';
import { decodeFeed } from './encoding.ts';
import { plainText } from './plain.ts';
import { feedId, watchedFeedSchema, type WatchedFeed } from './watched-feed.ts';

export interface FeedList {
	/** In their order, each once, by whatever folders they lie in. */
	feeds: WatchedFeed[];
	/** What is in the list and cannot be followed. */
	refused: { name: string; why: 'twice' | 'address' }[];
}

/** Some ten thousand feeds. */
const BYTES = 2 * 1024 * 1024;
const DEPTH = 64;
const MOST = 5_000;
const NAME = 300;

/** Whether a file that begins with `head` is a list of feeds. */
export const isOpml = (head: Buffer): boolean =>
	/^<opml\b/i.test(
		decodeFeed(head, null)
			.slice(0, 4096)
			.replace(/<!--[^]*?-->|<\?[^]*?\?>|<![^>]*>/g, '')
			.trimStart()
	);

/** Throws `too-large` and `invalid` with the reason: hostile lists are refused before anything is made of them. */
export function readOpml(bytes: Buffer): FeedList {
	if (bytes.length > BYTES)
		throw new Problem('too-large', `the list has ${bytes.length} bytes; one may have ${BYTES}`);
	const source = decodeFeed(bytes, null);
	if (/<!ENTITY/i.test(source))
		throw new Problem('invalid', 'declares entities, which no list of feeds needs');
	if (depthOf(source) > DEPTH) throw new Problem('invalid', `is nested more than ${DEPTH} folders deep`);
	let document: Opml.Document<string>;
	try {
		document = parseOpml<string>(source);
	} catch (cause) {
		throw new Problem('invalid', 'is no OPML', { cause });
	}
	const list: FeedList = { feeds: [], refused: [] };
	const known = new Set<string>();
	for (const outline of flat(document.body?.outlines ?? [])) take(outline, list, known);
	if (list.feeds.length > MOST)
		throw new Problem('too-large', `the list has ${list.feeds.length} feeds; one may have ${MOST}`);
	return list;
}

type Outline = Opml.Outline<string>;
const flat = (outlines: readonly Outline[]): Outline[] =>
	outlines.flatMap((outline) => [outline, ...flat(outline.outlines ?? [])]);

function take(
	{ text, title, type, xmlUrl }: Outline,
	{ feeds, refused }: FeedList,
	known: Set<string>
): void {
	const address = xmlUrl?.trim() ?? '';
	if (!address && type?.toLowerCase() !== 'rss') return; // a folder, or a link to something else
	const name = plainText(text || title || '', NAME).replaceAll('\n', ' ');
	const url = URL.parse(address);
	const read = watchedFeedSchema.safeParse({
		kind: 'feeds',
		url: url?.href,
		publisher: name || url?.hostname
	});
	if (!read.success) refused.push({ name: name || address, why: 'address' });
	else if (known.has(feedId(read.data))) refused.push({ name: name || address, why: 'twice' });
	else {
		known.add(feedId(read.data));
		feeds.push(read.data);
	}
}

/** How deep outlines lie in each other at most; one pass. */
function depthOf(source: string): number {
	let depth = 0;
	let deepest = 0;
	for (const [, closes, opens] of source.matchAll(/<(\/)?outline\b(?:"[^"]*"|'[^']*'|[^>"'])*?(\/)?>/gi)) {
		if (closes) depth--;
		else if (!opens) deepest = Math.max(deepest, ++depth);
	}
	return deepest;
}

/** `feeds` as one list without folders. Throws `not-found` where there is none: a list without feeds is no OPML. */
export function writeOpml(feeds: readonly WatchedFeed[]): string {
	if (feeds.length === 0) throw new Problem('not-found', 'no feed is read');
	return generateOpml({
		head: { title: 'Telltale' },
		body: {
			outlines: feeds.map(({ url, publisher }) => ({
				type: 'rss',
				text: publisher,
				title: publisher,
				xmlUrl: url
			}))
		}
	});
}
