/** One visit to a page: fetch, extract, emit. What happened goes into the cursor and tells when to come again. */
import { doorChecks, keyOf, type PolicyEvent } from '#lib/domain/events.ts';
import { languageOf } from '#lib/domain/news/language.ts';
import { formatInstant } from '#lib/domain/time.ts';
import { checkEvent } from '#lib/server/doors/door.ts';
import { extractorOf, type Extracted, type Rules } from '#lib/server/fetch/extract.ts';
import type { Fetched } from '#lib/server/fetch/document.ts';
import type { Fetcher } from '#lib/server/fetch/fetcher.ts';
import { FetchProblem } from '#lib/server/fetch/problem.ts';
import type { WatchedPage } from '#lib/server/fetch/watched-page.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { pack, unpack, type Cursor } from './cursor.ts';

export interface VisitDeps {
	fetcher: Fetcher;
	/** Fetches a page and runs its scripts. */
	render: (url: string, signal: AbortSignal) => Promise<Fetched>;
	/** Takes the text out of what was fetched. */
	extract: (fetched: Fetched, rules: Rules) => Promise<Extracted>;
	log: Pick<EventLog, 'append'>;
	now: () => number;
	signal: AbortSignal;
}

/** Reads the page and appends one event, also when nothing changed: a sighting. Gives the cursor after it. Rejects with a {@link FetchProblem}. */
export async function visit(
	page: WatchedPage,
	version: number,
	cursor: Cursor,
	deps: VisitDeps
): Promise<Cursor> {
	const { now, log } = deps;
	const extractor = extractorOf(page);
	const known = cursor.text !== null && cursor.extractor === extractor && cursor.version === version;
	const fetched = await read(page, known ? cursor : null, deps);
	const fetchedAt = now();
	const { text, language } = fetched.notModified && cursor.text !== null
		? { text: unpack(cursor.text), language: cursor.language }
		: textOf(await deps.extract(fetched, page), page); // prettier-ignore
	const event: PolicyEvent = {
		service: page.service,
		document: page.document,
		url: page.url,
		...(language && { language }),
		fetchedAt: formatInstant(fetchedAt),
		text,
		collector: 'telltale',
		extractor
	};
	const entry = checkEvent(event, doorChecks(now).policies, keyOf.policies);
	if ('errors' in entry)
		throw new FetchProblem(
			'too-large',
			entry.errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')
		);
	await log.append('policies', [entry], { origin: 'collector' });
	return {
		version, extractor, language, text: pack(text), etag: fetched.etag, lastModified: fetched.lastModified,
		failures: 0, since: cursor.since, lastSuccess: fetchedAt
	}; // prettier-ignore
}

async function read(
	page: WatchedPage,
	known: Cursor | null,
	{ fetcher, render, signal }: VisitDeps
): Promise<Fetched> {
	if (page.render) return render(page.url, signal);
	return fetcher.fetch(page.url, {
			etag: known?.etag, lastModified: known?.lastModified, language: page.language, signal
		}); // prettier-ignore
}

function textOf({ text, language }: Extracted, page: WatchedPage): { text: string; language: string | null } {
	const guess = language ?? languageOf(text);
	return { text, language: page.language ?? (guess === 'und' ? null : guess) };
}
