/** What is derived of an article, by consumer, re-reading and rebuild alike: the same article gives the same rows. */
import { isDeepStrictEqual } from 'node:util';
import type { Signal } from '#lib/domain/partnerships/signals/signal.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { NewsReading } from '#lib/server/news-reading.ts';
import { signalId } from '#lib/server/signal-id.ts';
import type { MentionRow } from '#lib/server/store/mentions.ts';
import type { NewsRow } from '#lib/server/store/news.ts';
import { knownOf } from '#lib/server/store/rows.ts';
import type { SignalRow } from '#lib/server/store/signals.ts';

const knownIn = (row: NewsRow): string => knownOf(row.event.observedAt, row.event.publishedAt, row).known;

/** What was said at an address at one time. */
export interface ReadArticle {
	known: string;
	recorded: string;
	/** Organisations that it names, word for word. */
	mentions: MentionRow[];
	/** As though nothing else had been said there. */
	signals: SignalRow[];
}

export function readArticle(row: NewsRow, reading: NewsReading): ReadArticle {
	const { title, text = '', publishedAt } = row.event;
	const { id, content } = row;
	const [known, recorded] = [knownIn(row), formatInstant(row.accepted)];
	const { mentions, signals } = reading.detect({ title, text, publishedAt });
	const named = { id, content, publishedAt, known, watchlist: reading.watchlist, recorded };
	const told = { evidence: { kind: 'news', id }, at: known, recorded, row, reading };
	return {
		known,
		recorded,
		mentions: mentions.map((mention) => ({ ...named, ...mention, live: true })),
		signals: onceEach(signals.map((signal) => signalRow(signal, told)))
	};
}

/**
 * Signals of an article from all that was said at its address, in order of acceptance: it tells what it says last. What stays is known
 * since it was first said; what is no longer said is dead from then on.
 */
export function signalsOver(versions: readonly ReadArticle[]): SignalRow[] {
	const last = new Map<string, SignalRow>();
	const rows: SignalRow[] = [];
	const write = (row: SignalRow, was?: SignalRow) => {
		// Two texts of one millisecond: the later one counts.
		const recorded = was && was.recorded >= row.recorded ? formatInstant(Date.parse(was.recorded) + 1) : row.recorded;
		const written = { ...row, recorded };
		last.set(row.id, written);
		rows.push(written);
	};
	for (const { signals, known, recorded } of versions) {
		const ids = new Set(signals.map(({ id }) => id));
		for (const was of [...last.values()])
			if (was.live && !ids.has(was.id)) write({ ...was, live: false, at: known, recorded, position: Date.parse(recorded) }, was);
		for (const signal of signals) {
			const was = last.get(signal.id);
			if (!was || !isDeepStrictEqual(saidBy(signal), saidBy(was))) write(signal, was);
		}
	}
	return rows;
} // prettier-ignore

/** What a signal says, whoever read it and whenever. */
export const saidBy = (row: SignalRow) => ({ ...row, at: '', recorded: '', position: 0, detector: '' });

interface Told {
	evidence: SignalRow['evidence'];
	at: string;
	recorded: string;
	row: NewsRow;
	reading: NewsReading;
}

function signalRow(
	{ type, organisations, probability, quote, field, start, end, agent = '', person = '', happenedAt }: Signal,
	{ evidence, at, recorded, row, reading }: Told
): SignalRow {
	const [a = '', b = ''] = organisations.toSorted();
	const happened = happenedAt === undefined ? null : formatInstant(Date.parse(happenedAt));
	const { publisher } = row.event;
	return {
		a, b, id: signalId(evidence, type, a, b, `${field}${start}`), recorded, at, happened, type, probability, quote, source: publisher,
		reliability: reading.letterOf(publisher), copyOf: '0', evidence, detector: `news-detector ${reading.version}`, live: true,
		position: row.accepted, field, start, end, agent, person
	}; // prettier-ignore
}

/** Of two of one place, type and pair the more probable one. */
function onceEach(rows: readonly SignalRow[]): SignalRow[] {
	const best = new Map<string, SignalRow>();
	for (const row of rows) if (row.probability > (best.get(row.id)?.probability ?? -1)) best.set(row.id, row);
	return [...best.values()];
}
