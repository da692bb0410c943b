/**
 * The watchlist as YAML, in and out, with the feeds and pages that are watched. What goes out comes in as the same, byte for byte. A
 * section that a file does not have is left as it is.
 */
import { parseDocument, stringify } from 'yaml';
import type { z } from 'zod';
import { faultOf, type Fault } from '#lib/domain/fault.ts';
import { changesBetween, layerOver, type Changes } from '#lib/domain/watchlist/layers.ts';
import { watchlistSchema, type Organisation, type Watchlist } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk, Document } from './desk/desk.ts';
import { feedId, watchedFeedSchema, type WatchedFeed } from './feeds/watched-feed.ts';
import { pageId, SOURCE, watchedPageSchema, type WatchedPage } from './fetch/watched-page.ts';
import { saveLayer } from './watchlist-edit.ts';
import { readLayers } from './watchlist.ts';

type Documents = { documents: Pick<Desk['documents'], 'list' | 'history' | 'save'> };

export interface WatchlistFile {
	/** Null where the file has no such section. */
	organisations: Organisation[] | null;
	feeds: WatchedFeed[] | null;
	policies: WatchedPage[] | null;
}
export interface FileError {
	/** As `organisations.3.aliases.0`; empty for the file itself. */
	path: string;
	message: string;
	fault: Fault;
}
export interface FileChanges {
	organisations: Changes<Organisation>;
	feeds: Changes<WatchedFeed>;
	policies: Changes<WatchedPage>;
}

/** A larger file is nobody's watchlist. */
export const WATCHLIST_BYTES = 16 * 1024 * 1024;
const MOST_ERRORS = 20;

/** What a file says, or what is wrong with it, the first mistakes by path. */
export function parseWatchlist(text: string): WatchlistFile | { errors: FileError[] } {
	const document = parseDocument(text);
	if (document.errors.length)
		return { errors: document.errors.slice(0, MOST_ERRORS).map(({ message, linePos }) => ({ path: '', message: message.split('\n')[0] ?? '', fault: { kind: 'yaml', limit: linePos?.[0].line ?? 1 } })) }; // prettier-ignore
	let value: unknown;
	try {
		value = document.toJS({ maxAliasCount: 100 });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return { errors: [{ path: '', message, fault: { kind: 'other' } }] };
	}
	const read = watchlistSchema.safeParse(value ?? {});
	if (!read.success) return { errors: errorsOf(read.error) };
	const has = (section: keyof WatchlistFile) =>
		typeof value === 'object' && value !== null && section in value;
	const errors: FileError[] = [];
	const feeds = read.data.feeds.flatMap((feed, i) =>
		taken(watchedFeedSchema, feedBody(feed), `feeds.${i}`, errors)
	);
	const policies = read.data.policies.flatMap((page, i) =>
		taken(watchedPageSchema, { kind: 'policies', ...page }, `policies.${i}`, errors)
	);
	errors.push(...twice(feeds.map(feedId), 'feeds'), ...twice(policies.map(pageId), 'policies'));
	if (errors.length) return { errors: errors.slice(0, MOST_ERRORS) };
	return {
		organisations: has('organisations') ? read.data.organisations : null,
		feeds: has('feeds') ? feeds : null,
		policies: has('policies') ? policies : null
	};
}

const errorsOf = ({ issues }: z.ZodError, under = ''): FileError[] =>
	issues.slice(0, MOST_ERRORS).map((issue) => ({
		path: [under, ...issue.path.map(String)].filter(Boolean).join('.'), message: issue.message, fault: faultOf(issue)
	})); // prettier-ignore

function taken<T>(schema: z.ZodType<T>, value: unknown, path: string, errors: FileError[]): T[] {
	const read = schema.safeParse(value);
	if (read.success) return [read.data];
	errors.push(...errorsOf(read.error, path));
	return [];
}

const twice = (ids: readonly string[], section: string): FileError[] =>
	ids.flatMap((id, i) =>
		ids.indexOf(id) < i
			? [{ path: `${section}.${i}`, message: 'is there twice', fault: { kind: 'twice', name: decodeURIComponent(id) } }]
			: []
	); // prettier-ignore

/** F is what nobody said. */
const feedBody = ({ reliability, ...feed }: Watchlist['feeds'][number]) => ({
	kind: 'feeds', ...feed, ...(reliability !== 'F' && { reliability })
}); // prettier-ignore

/** What is watched now. Rejects with `desk-unavailable`. */
async function standing(desk: Documents) {
	const [layered, sources] = await Promise.all([readLayers(desk), desk.documents.list(SOURCE)]);
	return { layered, feeds: parsed(sources, watchedFeedSchema), policies: parsed(sources, watchedPageSchema) };
}

const parsed = <T>(documents: readonly Document[], schema: z.ZodType<T>): T[] =>
	documents.flatMap(({ body }) => {
		const read = schema.safeParse(body);
		return read.success ? [read.data] : [];
	});

/** What taking in `file` would change. Rejects with `desk-unavailable`. */
export async function fileChanges(desk: Documents, file: WatchlistFile): Promise<FileChanges> {
	const { layered, feeds, policies } = await standing(desk);
	const { organisations } = layered;
	return {
		organisations: changesBetween(organisations, file.organisations ?? organisations, ({ id }) => id),
		feeds: changesBetween(feeds, file.feeds ?? feeds, feedId),
		policies: changesBetween(policies, file.policies ?? policies, pageId)
	};
}

/**
 * Takes in a file: its organisations take the place of all that are watched, its feeds and pages of those that are read. Gives what
 * changed. Rejects with `conflict` where somebody saved meanwhile; taken in again it goes on.
 */
export async function importWatchlist(
	desk: Documents,
	file: WatchlistFile,
	writing: { who: string; at: number }
): Promise<FileChanges> {
	const changes = await fileChanges(desk, file);
	const layered = await readLayers(desk);
	if (file.organisations)
		await saveLayer(desk, layered, layerOver(layered.beneath, file.organisations), writing);
	const versions = new Map((await desk.documents.list(SOURCE)).map(({ id, version }) => [id, version]));
	const save = async (id: string, body: WatchedFeed | WatchedPage | null) => {
		await desk.documents.save({ kind: SOURCE, id, version: versions.get(id) ?? 0, body, ...writing });
	};
	const { feeds, policies } = changes;
	for (const feed of [...feeds.added, ...feeds.changed]) await save(feedId(feed), feed);
	for (const page of [...policies.added, ...policies.changed]) await save(pageId(page), page);
	// A document cannot be taken away: one without a body is a source that nobody reads.
	for (const id of [...feeds.removed.map(feedId), ...policies.removed.map(pageId)]) await save(id, null);
	return changes;
}

/** Everything that is watched, as YAML. Rejects with `desk-unavailable`. */
export async function exportWatchlist(desk: Documents): Promise<string> {
	const { layered, feeds, policies } = await standing(desk);
	const by = <T>(list: readonly T[], key: (entry: T) => string) =>
		list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
	return stringify(
		{
			organisations: by(layered.organisations, ({ id }) => id).map(short),
			feeds: by(feeds, feedId).map(({ kind: _, ...feed }) => feed),
			policies: by(policies, pageId).map(({ kind: _, ...page }) => page)
		},
		{ lineWidth: 0 }
	);
}

/** Without what says nothing. */
const short = (organisation: Organisation) =>
	Object.fromEntries(
		Object.entries({ ...organisation, people: organisation.people.map(withoutEmpty) }).filter(
			([name, value]) =>
				!(Array.isArray(value) && value.length === 0) && !(name === 'stance' && value === 'other')
		)
	);
const withoutEmpty = ({ aliases, ...person }: Organisation['people'][number]) => ({
	...person, ...(aliases.length && { aliases })
}); // prettier-ignore
