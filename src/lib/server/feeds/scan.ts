/** The tolerant reader: titles, links and dates of what looks like a feed but is not well formed. One pass, linear in the input. */
import type { Entry } from './entries.ts';

const ENTRIES = new Set(['item', 'entry']);
const ROOTS = new Set(['rss', 'feed', 'rdf', 'channel']);
const DATES = new Set(['pubdate', 'published', 'updated', 'date', 'issued', 'modified', 'created']);
const FIELDS = new Set([...DATES, 'title', 'link', 'guid']);
/** Parts of an entry that have titles and links of their own. */
const OTHERS = new Set(['source', 'image', 'author', 'contributor', 'textinput', 'group']);

interface Tag {
	/** Lower case, without prefix. */
	name: string;
	closes: boolean;
	attributes: string;
	start: number;
	end: number;
}
/** Where the reader is: in an entry, in one of its fields, in a part that is not its own. */
interface Place {
	entry: Entry | null;
	field: { tag: Tag } | null;
	other: string | null;
}

/** The entries of `source`, or null where it has neither entries nor the root of a feed. */
export function scan(source: string): Entry[] | null {
	const entries: Entry[] = [];
	const place: Place = { entry: null, field: null, other: null };
	let root = false;
	for (const tag of tags(source)) {
		root ||= ROOTS.has(tag.name);
		if (ENTRIES.has(tag.name)) {
			leave(place, source, tag.start);
			place.entry = tag.closes ? null : { links: links(tag), bases: [], dates: [] };
			place.other = null;
			if (place.entry) entries.push(place.entry);
		} else if (place.entry) step(place, place.entry, tag, source);
	}
	leave(place, source, source.length);
	return entries.length || root ? entries : null;
}

function step(place: Place, entry: Entry, tag: Tag, source: string): void {
	const { name, closes, attributes, start } = tag;
	if (place.other !== null) {
		if (closes && name === place.other) place.other = null;
	} else if (closes) {
		if (place.field?.tag.name === name) leave(place, source, start);
	} else if (OTHERS.has(name)) {
		leave(place, source, start);
		if (!attributes.endsWith('/')) place.other = name;
	} else if (name === 'link' && links(tag).length) entry.links.push(...links(tag));
	else if (FIELDS.has(name) && (!place.field || name === 'link')) {
		leave(place, source, start);
		if (!attributes.endsWith('/')) place.field = { tag };
	}
}

/** Ends the field that is open, at `to`. */
function leave(place: Place, source: string, to: number): void {
	const { entry, field } = place;
	place.field = null;
	if (!entry || !field) return;
	const text = source.slice(field.tag.end, to).replaceAll('<![CDATA[', '').replaceAll(']]>', '').trim();
	const { name, attributes } = field.tag;
	if (!text) return;
	if (name === 'title') entry.title ??= text;
	else if (name === 'link') entry.links.push(unescaped(text));
	else if (DATES.has(name)) entry.dates.push(text);
	else if (/^https?:/i.test(text) && !/ispermalink\s*=\s*["']?false/i.test(attributes))
		entry.links.push(unescaped(text));
}

/** What the tag's `href` leads to, where that is the entry's page. */
function links({ attributes }: Tag): string[] {
	const rel = attribute(attributes, 'rel');
	const href = attribute(attributes, 'href');
	return href && (!rel || rel === 'alternate') ? [href] : [];
}

const unescaped = (text: string): string => text.replace(/&(?:amp|#38|#x26);/gi, '&');

function attribute(attributes: string, name: string): string | undefined {
	const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
	const value = found?.[1] ?? found?.[2] ?? found?.[3];
	return value === undefined ? undefined : unescaped(value);
}

/** Tags outside comments and CDATA sections. */
function* tags(source: string): Generator<Tag> {
	let at: number;
	for (let open = source.indexOf('<'); open >= 0; open = source.indexOf('<', at)) {
		if (source.startsWith('<!--', open) || source.startsWith('<![CDATA[', open)) {
			const end = source.indexOf(source[open + 2] === '-' ? '-->' : ']]>', open + 4);
			at = end < 0 ? open + 9 : end + 3;
			if (end < 0 && source[open + 2] === '-') return;
			continue;
		}
		const name = NAME.exec(source.slice(open, open + 80));
		const end = name ? source.indexOf('>', open) : -1;
		if (name && end < 0) return;
		at = name ? end + 1 : open + 1;
		if (name)
			yield {
				name: name[2]?.toLowerCase() ?? '',
				closes: name[1] === '/',
				attributes: source.slice(open + name[0].length, Math.min(end, open + 20_000)),
				start: open,
				end: at
			};
	}
}
const NAME = /^<(\/?)(?:[\w.-]+:)?([\w.-]+)/;
