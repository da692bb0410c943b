/** One file's way into the log: items, checks, chunks, and the record that lets a killed import go on. */
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { doorChecks, keyOf, type FieldError, type InputTopic } from '#lib/domain/events.ts';
import { ga4Converter, ga4Period, GA4_COMMENT, type Ga4Options } from '#lib/domain/referrals/ga4.ts';
import { asIs, converter, type Converter, type Mapping } from '#lib/domain/referrals/import-formats.ts';
import type { Desk, ImportProgress } from '../desk/desk.ts';
import { checkEvent } from './door.ts';
import { openSource, Prefix, prefixOf, type Source } from './import-file.ts';
import { formatOf, readItems, type CsvDialect, type Item, type ItemFormat } from './import.ts';
import { newsConverter, newsFileOf, type NewsFile } from './news-files.ts';
import { isProblem, Problem } from '../errors.ts';
import type { Entry, EventLog } from '../log/log.ts';
import { patiently } from './patiently.ts';

/** How the rows of a file are read. */
export interface Reading {
	/** Without it: by the name's ending, else by the first bytes. */
	format?: ItemFormat | undefined;
	/** A foreign file. */
	foreign?: { ga4: Ga4Options } | { mapping: Mapping } | { news: NewsFile } | undefined;
}

export interface Run {
	topic: InputTopic;
	path: string;
	reading: Reading;
	log: Pick<EventLog, 'append'>;
	desk: Pick<Desk, 'imports'>;
	stdin: AsyncIterable<Buffer>;
	now: () => number;
	onRejected(rejected: RejectedItem): void;
	/** After each chunk, and when it waits (`waiting`: for what). */
	onProgress(progress: { events: number; taken: number; size: number | null; waiting: string | null }): void;
	/** Pause between attempts, ms. */
	pause?: (ms: number) => Promise<unknown>;
}
export interface RejectedItem {
	/** Null for what is only known at the end of the file. */
	index: number | null;
	line: number | null;
	errors: FieldError[];
}
type Place = Pick<RejectedItem, 'index' | 'line'>;
export interface Outcome {
	accepted: number;
	/** Events that were in already, by the record of an earlier run. */
	skipped: number;
	rejected: number;
	/** Why the file could not be read to its end; null when it was. */
	failure: string | null;
}

/** A chunk is sent when it has so many events, or when so many bytes were read for it. */
const CHUNK_EVENTS = 5_000;
const CHUNK_BYTES = 8 * 1024 * 1024;

/** Imports one file (or `-`). Only a file that cannot be read fails; a log or desk that is away is waited for. */
export async function importFile(run: Run): Promise<Outcome> {
	const outcome: Outcome = { accepted: 0, skipped: 0, rejected: 0, failure: null };
	try {
		await read(run, outcome);
	} catch (error) {
		if (!isUnreadable(error)) throw error;
		outcome.failure = error.message;
	}
	return outcome;
}

/** A file that is broken, or that the system or the unpacker (`Z_…`) cannot read. */
function isUnreadable(error: unknown): error is Error {
	if (isProblem(error)) return error.code === 'invalid';
	return error instanceof Error && 'code' in error && /^(E[A-Z0-9]+|Z_[A-Z_]+)$/.test(String(error.code));
}

async function read(run: Run, outcome: Outcome): Promise<void> {
	const source = await openSource(run.path, run.stdin);
	const reading = recognised(run, source.head);
	const { convert, dialect } = conversion(reading, source.head);
	const before = convert.whole ? null : await known(run);
	outcome.skipped = before?.events ?? 0;

	const prefix = new Prefix();
	const chunk = new Chunk(run, source, prefix, before, outcome);
	const check = checker(run.topic, run.now);
	const reject = (item: Place, errors: FieldError[]) => {
		outcome.rejected++;
		run.onRejected({ index: item.index, line: item.line, errors });
	};
	const take = (item: Place, values: unknown[]) => {
		for (const value of values) {
			const entry = check(value);
			if ('errors' in entry) reject(item, entry.errors);
			else chunk.entries.push(entry);
		}
	};

	let last: Item | null = null;
	try {
		for await (const item of readItems(prefix.tap(source.chunks), reading.format, dialect)) {
			const start: number = last?.offset ?? 0;
			last = item;
			if (before && isIn(start, item.offset, before.offset)) {
				prefix.forget(item.offset);
				continue;
			}
			const parsed = item.read();
			const converted = 'error' in parsed ? { errors: [parsed.error] } : convert.take(parsed.value);
			if ('fatal' in converted) throw new Problem('invalid', converted.fatal);
			if ('errors' in converted) reject(item, converted.errors);
			else take(item, converted.values);
			if (chunk.entries.length >= CHUNK_EVENTS || item.offset - chunk.offset >= CHUNK_BYTES)
				await chunk.send(item.offset, convert.whole);
		}
	} catch (error) {
		// What was read before the file broke off is good.
		if (last && isUnreadable(error)) await chunk.send(last.offset, convert.whole);
		throw error;
	}
	const rest = convert.end();
	const end = { index: null, line: null };
	take(end, rest.values);
	for (const error of rest.errors) reject(end, [error]);
	if (last) await chunk.send(last.offset, convert.whole);
}

/** Whether an item was among the first `recorded` bytes. A last line without its end may have got one since, of two bytes at most. */
const isIn = (start: number, end: number, recorded: number): boolean =>
	start < recorded && end <= recorded + 2;

/** Events that wait for the log. */
class Chunk {
	entries: Entry[] = [];
	/** Bytes of the file whose events the log has. */
	offset: number;
	readonly #run: Run;
	readonly #source: Source;
	readonly #prefix: Prefix;
	readonly #before: ImportProgress | null;
	readonly #outcome: Outcome;
	constructor(run: Run, source: Source, prefix: Prefix, before: ImportProgress | null, outcome: Outcome) {
		this.#run = run;
		this.#source = source;
		this.#prefix = prefix;
		this.#before = before;
		this.#outcome = outcome;
		this.offset = before?.offset ?? 0;
	}

	/** Appends what there is, then records that the log has all events before `offset` (unless `unrecorded`). */
	async send(offset: number, unrecorded: boolean): Promise<void> {
		const { log, desk, topic, now, path, onProgress } = this.#run;
		const outcome = this.#outcome;
		for (let start = 0; start < this.entries.length; start += CHUNK_EVENTS) {
			const entries = this.entries.slice(start, start + CHUNK_EVENTS);
			await this.#patiently(() => log.append(topic, entries, { origin: 'import' }));
			outcome.accepted += entries.length;
		}
		this.entries = [];
		this.offset = offset;
		const prefix = unrecorded || path === '-' ? null : this.#prefix.at(offset);
		if (prefix !== null) {
			const file = await recordName(this.#run);
			const events = outcome.skipped + outcome.accepted;
			const rejected = (this.#before?.rejected ?? 0) + outcome.rejected;
			await this.#patiently(() => desk.imports.save({ file, offset, events, rejected, prefix, at: now() }));
		}
		this.#prefix.forget(offset);
		onProgress(this.#progress(null));
	}

	#patiently(work: () => Promise<void>): Promise<void> {
		const { pause = sleep, onProgress } = this.#run;
		return patiently(work, pause, (reason) => onProgress(this.#progress(reason)));
	}

	#progress(waiting: string | null) {
		const { accepted, skipped } = this.#outcome;
		return { events: skipped + accepted, taken: this.#source.taken(), size: this.#source.size, waiting };
	}
}

/** The door's check of one value: an entry for the log, or what is wrong with it. */
export function checker<T extends InputTopic>(topic: T, now: () => number) {
	const check = doorChecks(now)[topic];
	return (value: unknown) => checkEvent(value, check, keyOf[topic]);
}

/** How to read a file that begins with `head`, where nobody says it: news of other tools are known by their content. */
function recognised({ topic, path, reading }: Run, head: Buffer): Reading & { format: ItemFormat } {
	const { format, foreign } = reading;
	const news = topic === 'news' && !format && !foreign ? newsFileOf(head) : null;
	return news
		? { format: news.format, foreign: { news } }
		: { foreign, format: format ?? formatOf(path, head) };
}

/** How the items of a file that begins with `head` become values for the door's checks. */
export function conversion({ foreign }: Reading, head: Buffer): { convert: Converter; dialect: CsvDialect } {
	if (!foreign) return { convert: asIs, dialect: {} };
	if ('news' in foreign) return { convert: newsConverter(foreign.news), dialect: {} };
	if ('mapping' in foreign) return { convert: converter(foreign.mapping), dialect: {} };
	const period = ga4Period(head.toString('utf8'));
	const { from = period.from, to = period.to } = foreign.ga4;
	return {
		convert: ga4Converter({ ...foreign.ga4, from, to }),
		dialect: { comment: GA4_COMMENT, comment_no_infix: true, relax_column_count: true }
	};
}

/** What an earlier run recorded of this very file: it may have grown since, but must begin the same. */
async function known(run: Run): Promise<ImportProgress | null> {
	if (run.path === '-') return null;
	const record = await run.desk.imports.get(await recordName(run));
	if (!record) return null;
	const { chunks } = await openSource(run.path, run.stdin);
	return (await prefixOf(chunks, record.offset)) === record.prefix ? record : null;
}

/** The same file read in another way gives other events, and has a record of its own. */
async function recordName({ topic, path, reading }: Run): Promise<string> {
	const file = await realpath(path).catch(() => resolve(path));
	const way = JSON.stringify(reading);
	const suffix = way === '{}' ? '' : ` ${createHash('sha256').update(way).digest('hex').slice(0, 12)}`;
	return `${topic} ${file}${suffix}`;
}
