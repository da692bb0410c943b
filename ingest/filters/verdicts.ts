/** `telltale verdicts`: policy events in time order in; a line when a change is seen, and one when it is decided. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DocumentVerdicts, namesBetween, type Version } from '#lib/domain/policies/verdicts.ts';
import { formatInstant, parseInstant } from '#lib/domain/time.ts';
import { compile, type NameReader, type VersionMatcher } from '#lib/domain/watchlist/matcher.ts';
import { reporter } from './filter.ts';
import type { Filter } from './filter.ts';
import { records } from './lines.ts';
import type { Unreadable } from './lines.ts';
import { watchlistOf, watchlistOption } from './watchlist-option.ts';

/** A policy event, laxer than at a door. */
const policyLine = z.object({
	service: z.string(),
	document: z.string(),
	collector: z.string().default(''),
	extractor: z.string().default(''),
	text: z.string(),
	fetchedAt: z.string().transform((text, context) => {
		const at = parseInstant(text);
		if (at !== null) return at;
		context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time, like 2026-11-20T08:00:00Z' });
		return z.NEVER;
	})
});
type PolicyLine = z.output<typeof policyLine>;

/** What is kept of a document: no text, but the hash and the names of the one that stands. */
interface Document {
	key: Pick<PolicyLine, 'service' | 'document' | 'collector'>;
	verdicts: DocumentVerdicts;
	read: number;
	hash: string;
	names: ReadonlySet<string>;
}

/** The lines of `telltale verdicts`, as JSON. Memory grows with the documents, not with their versions. */
export async function* verdictsFilter(
	lines: AsyncIterable<string>,
	matcher: Pick<VersionMatcher, 'reader'>,
	unreadable: Unreadable
): AsyncGenerator<string> {
	const namesIn = matcher.reader();
	const documents = new Map<string, Document>();
	const undecided = new Set<Document>();
	let clock = -Infinity;
	let due = Infinity; // the earliest time at which the clock decides something
	const lateOrNot = policyLine.refine(
		(event) => event.fetchedAt >= (documents.get(keyOf(event))?.read ?? -Infinity),
		{
			message: 'must not be before what was read of this document',
			path: ['fetchedAt']
		}
	);
	for await (const event of records(lines, lateOrNot, unreadable)) {
		clock = Math.max(clock, event.fetchedAt);
		if (clock >= due) {
			due = Infinity;
			for (const one of undecided) {
				for (const version of one.verdicts.advance(clock)) yield lineOf(one, version);
				if (one.verdicts.due === Infinity) undecided.delete(one);
				due = Math.min(due, one.verdicts.due);
			}
		}
		const one = documents.get(keyOf(event)) ?? begun(event);
		documents.set(keyOf(event), one);
		for (const version of read(one, event, namesIn)) yield lineOf(one, version);
		if (one.verdicts.due < Infinity) undecided.add(one);
		due = Math.min(due, one.verdicts.due);
	}
}

const keyOf = ({ service, document, collector }: PolicyLine) =>
	JSON.stringify([service, document, collector]);

const begun = ({ service, document, collector }: PolicyLine): Document => ({
	key: { service, document, collector },
	verdicts: new DocumentVerdicts({ recorded: true }),
	read: -Infinity,
	hash: '',
	names: new Set()
});

/** The document is read once more: the versions that this begins or decides. */
function read(one: Document, event: PolicyLine, namesIn: NameReader): Version[] {
	const { fetchedAt: at, text, extractor } = event;
	const hash = createHash('sha256').update(text).digest('base64');
	const names = hash === one.hash ? one.names : namesIn(text);
	const changed = namesBetween(one.names, names);
	Object.assign(one, { read: at, hash, names });
	return one.verdicts.observe({ at, hash, bytes: text.length, extractor }, changed);
}

const lineOf = ({ key }: Document, { at, decidedAt, verdict, mentions }: Version): string =>
	JSON.stringify({
		...key,
		at: formatInstant(at),
		decidedAt: decidedAt === null ? null : formatInstant(decidedAt),
		verdict,
		mentions
	});

export const verdicts: Filter = {
	describe: 'policy events to changes with a verdict: confirmed, flap, broken or technical',
	options: [watchlistOption],
	async run(context) {
		const watchlist = await watchlistOf(context);
		if (!watchlist) return 2;
		const report = reporter(context);
		for await (const line of verdictsFilter(context.input, compile(watchlist), report.unreadable))
			await context.write(line);
		return report.status();
	}
};
