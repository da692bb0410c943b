/** Stores what articles say: of those that were never read before all of it, of the others what has changed. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NewsReading } from '#lib/server/news-reading.ts';
import { differences } from '#lib/server/store/derived.ts';
import { insertMentions, mentionRowsOf, type MentionRow } from '#lib/server/store/mentions.ts';
import { newsAfter, type NewsRow } from '#lib/server/store/news.ts';
import { insertSignals, signalsOfArticles, type SignalRow } from '#lib/server/store/signals.ts';
import type { Store } from '#lib/server/store/store.ts';
import { readArticle, saidBy, signalsOver, type ReadArticle } from './derive-news.ts';

/** Rows of one insert, about: a long article may name somebody a hundred thousand times. */
const ROWS = 20_000;
/** UTF-16 units of the articles that are read at once, about. */
const LENGTH = 4_000_000;
/** So long reading has the event loop for itself, ms. */
const BREATH_MS = 15;

/** Reads articles that nothing is derived of. `rows`: all that was said at their addresses. */
export const storeFirst = (store: Store, rows: readonly NewsRow[], reading: NewsReading): Promise<void> =>
	readInParts(rows, reading, async ({ mentions, signals }) => {
		await insertMentions(store, mentions);
		await insertSignals(store, signals);
	});

/** Hands over what articles say, in parts that can be stored at once. `rows`: all that was said at their addresses. */
export async function readInParts(
	rows: readonly NewsRow[],
	reading: NewsReading,
	insert: (part: { mentions: MentionRow[]; signals: SignalRow[] }) => Promise<void>
): Promise<void> {
	let part: { mentions: MentionRow[]; signals: SignalRow[] } = { mentions: [], signals: [] };
	for await (const versions of readEach(rows, reading)) {
		// Not spread: a list of arguments holds no million mentions.
		for (const { mentions } of versions) for (const mention of mentions) part.mentions.push(mention);
		part.signals.push(...signalsOver(versions));
		if (part.mentions.length + part.signals.length < ROWS) continue;
		await insert(part);
		part = { mentions: [], signals: [] };
	}
	await insert(part);
}

/**
 * Reads articles once more: writes what is new or other, and as dead what is no longer found. `rows`: all that was said at their addresses.
 * What is written carries the time of acceptance or, where that is later, `at` (ms), and is later than what it takes the place of.
 */
export async function storeAgain(
	store: Store,
	rows: readonly NewsRow[],
	reading: NewsReading,
	at: number
): Promise<void> {
	const articles = [...new Set(rows.map(({ id }) => id))];
	const [mentionsBefore, signalsBefore] = await Promise.all([
		mentionRowsOf(store, articles),
		signalsOfArticles(store, articles)
	]);
	const mentions: MentionRow[] = [];
	const signals = new Map<string, SignalRow>();
	for await (const versions of readEach(rows, reading)) {
		for (const version of versions) for (const mention of version.mentions) mentions.push(mention);
		for (const signal of signalsOver(versions)) signals.set(signal.id, signal);
	}
	const recorded = (row: { recorded: string }, was?: { recorded: string }) =>
		Math.max(Date.parse(row.recorded), at, was ? Date.parse(was.recorded) + 1 : 0);
	const placeOf = ({ id, content, organisation, field, start, end }: MentionRow) =>
		`${id} ${content} ${organisation} ${field} ${start} ${end}`;
	await insertMentions(store, differences(mentions, mentionsBefore, { key: placeOf, said: ({ live }) => live, recorded })); // prettier-ignore
	await insertSignals(store, differences([...signals.values()], signalsBefore, { key: ({ id }) => id, said: saidBy, recorded })); // prettier-ignore
}

/** Article by article what was said there, each text once, and in between others have their turn. */
async function* readEach(rows: readonly NewsRow[], reading: NewsReading): AsyncGenerator<ReadArticle[]> {
	const articles = new Map<string, Map<string, NewsRow>>();
	for (const row of rows.toSorted((a, b) => a.accepted - b.accepted || a.position - b.position)) {
		const { id, content } = row;
		const texts = articles.get(id) ?? new Map<string, NewsRow>();
		articles.set(id, texts);
		if (!texts.has(content)) texts.set(content, row);
	}
	let since = performance.now();
	for (const texts of articles.values()) {
		yield [...texts.values()].map((row) => readArticle(row, reading));
		if (performance.now() - since < BREATH_MS) continue;
		await nextTurn();
		since = performance.now();
	}
}

/** The next articles behind the id `after`: some `limit` texts, fewer where they are long, with all that was said at their addresses. */
export async function articlesAfter(
	store: Store,
	asked: Parameters<typeof newsAfter>[1]
): Promise<{ rows: NewsRow[]; last: string | null }> {
	const rows: NewsRow[] = [];
	let length = 0;
	let last: string | null = null;
	for await (const row of newsAfter(store, asked)) {
		const { id } = row;
		if (id !== last && length > LENGTH) break;
		rows.push(row);
		length += row.event.title.length + (row.event.text?.length ?? 0);
		last = id;
	}
	return { rows, last };
}
