/** `telltale import news|policies|traffic FILE…`; for policies also the folder of an Open Terms Archive repository. */
import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { SingleBar } from 'cli-progress';
import { parse as parseYaml } from 'yaml';
import type { InputTopic } from '#lib/domain/events.ts';
import { mappingSchema, type Mapping } from '#lib/domain/referrals/import-formats.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { importFile, type Outcome, type Reading, type RejectedItem } from '#lib/server/doors/import-run.ts';
import { IMPORT_FORMATS, type ImportFormat } from '#lib/server/doors/import.ts';
import { Problem } from '#lib/server/errors.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { isRepository } from './git-history.ts';
import { importHistory } from './import-history.ts';

export interface ImportCommand {
	topic: InputTopic;
	/** Paths, `-` for standard input. */
	files: string[];
	options: ImportOptions;
	log: Pick<EventLog, 'append'>;
	desk: Pick<Desk, 'imports'>;
	now: () => number;
	stdin: AsyncIterable<Buffer>;
	out: Writable;
	err: Writable;
	/** Whether `err` is a terminal: then a bar shows how far it is. */
	tty: boolean;
	pause?: (ms: number) => Promise<unknown>;
}
/** As the command line has them. */
export interface ImportOptions {
	/** `ndjson`, `json`, `csv`, or `ga4`. */
	format?: string | undefined;
	/** A mapping for foreign rows: a file, or YAML or JSON itself. */
	map?: string | undefined;
	/** For `ga4`. */
	destination?: string | undefined;
	provider?: string | undefined;
	from?: string | undefined;
	to?: string | undefined;
}

/**
 * Imports files one after the other and prints a line each of what was accepted, skipped and rejected. Resolves to the exit status: 0
 * when all were read to their end (whatever was rejected), 1 when one could not be. Rejects with `configuration` for wrong options.
 */
export async function importFiles(command: ImportCommand): Promise<number> {
	const { topic, files, log, desk, now, stdin, out, err, tty, pause } = command;
	const reading = await readingOf(topic, command.options);
	let status = 0;
	for (const path of files) {
		const bar = progressBar(err, tty, path);
		const refused = new Refusals(path);
		const read = (await isRepository(path)) ? importHistory : importFile;
		const outcome = await read({
			topic, path, reading, log, desk, now, stdin,
			onRejected: (item) => refused.add(item),
			onProgress: bar.show,
			...(pause ? { pause } : {})
		}).finally(bar.stop); // prettier-ignore
		for (const line of refused.lines()) err.write(`${line}\n`);
		out.write(`${summary(path, outcome)}\n`);
		if (outcome.failure !== null) {
			err.write(`${path}: could not be read to its end: ${outcome.failure}\n`);
			status = 1;
		}
	}
	return status;
}

const summary = (path: string, { accepted, skipped, rejected }: Outcome) =>
	`${path}: ${accepted} accepted, ${skipped} skipped, ${rejected} rejected`;

const isImportFormat = (name: string): name is ImportFormat =>
	(IMPORT_FORMATS as readonly string[]).includes(name);

async function readingOf(topic: InputTopic, options: ImportOptions): Promise<Reading> {
	const { format, map, destination, provider, from, to } = options;
	if (format === 'ga4') {
		if (topic !== 'traffic')
			throw new Problem('configuration', '--format ga4 is for traffic', { path: 'format' });
		if (map !== undefined)
			throw new Problem('configuration', '--map and --format ga4 exclude each other', { path: 'map' });
		return { foreign: { ga4: { destination, provider, from, to } } };
	}
	if (format !== undefined && !isImportFormat(format))
		throw new Problem('configuration', `--format must be one of ${IMPORT_FORMATS.join(', ')}, ga4`, {
			path: 'format'
		});
	return {
		...(format === undefined ? {} : { format }),
		...(map === undefined ? {} : { foreign: { mapping: await readMapping(map) } })
	};
}

/** A mapping from a file, or from the text itself where it begins like one. */
async function readMapping(given: string): Promise<Mapping> {
	const wrong = (message: string, cause?: unknown) =>
		new Problem('configuration', `--map ${message}`, { path: 'map', cause });
	let value: unknown;
	try {
		const inline = /^\s*\{/.test(given) || given.includes('\n');
		value = parseYaml(inline ? given : await readFile(given, 'utf8'));
	} catch (error) {
		throw wrong(`cannot be read: ${error instanceof Error ? error.message : String(error)}`, error);
	}
	const result = mappingSchema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw wrong(`is wrong at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'not a mapping'}`);
}

const NAMED = 20;

/** The first few refusals in full, the rest as a number. */
class Refusals {
	readonly #path: string;
	readonly #named: string[] = [];
	#count = 0;
	constructor(path: string) {
		this.#path = path;
	}
	add({ index, line, errors }: RejectedItem): void {
		if (this.#count++ >= NAMED) return;
		const place = line !== null ? `line ${line}: ` : index !== null ? `event ${index}: ` : '';
		const reasons = errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; ');
		this.#named.push(`${this.#path}: ${place}${reasons}`);
	}
	lines(): string[] {
		const more = this.#count - this.#named.length;
		return more > 0 ? [...this.#named, `${this.#path}: and ${more} more rejected`] : this.#named;
	}
}

type Progress = { events: number; taken: number; size: number | null; waiting: string | null };

/** On a terminal a bar with rate and time left; elsewhere only a line when it begins to wait. */
function progressBar(
	err: Writable,
	tty: boolean,
	path: string
): { show(progress: Progress): void; stop(): void } {
	let waiting = false;
	const say = (reason: string | null) => {
		if (reason !== null && !waiting) err.write(`${path}: waiting: ${reason}\n`);
		waiting = reason !== null;
	};
	if (!tty) return { show: (progress) => say(progress.waiting), stop: () => undefined };

	const started = performance.now();
	const bar = new SingleBar({
		stream: err,
		format: '{path} {bar} {percentage}% | {events} events | {rate}/s | {eta_formatted} left',
		barsize: 24,
		hideCursor: false
	});
	const payload = (events: number) => {
		const seconds = (performance.now() - started) / 1000;
		return { path, events, rate: seconds > 0 ? Math.round(events / seconds) : 0 };
	};
	return {
		show({ events, taken, size, waiting: reason }) {
			say(reason);
			if (size === null) return;
			if (!bar.isActive) bar.start(size, 0, payload(0));
			bar.update(taken, payload(events));
		},
		stop: () => bar.stop()
	};
}
