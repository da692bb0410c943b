/**
 * Open Terms Archive histories: a repository in which each commit is a version of `Service/Document.md`. The author date is when the
 * page was fetched; the message says whether the page changed or the rules by which it was read.
 */
import { isUtf8 } from 'node:buffer';
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { doorChecks, EVENT_BYTES, keyOf, type PolicyEvent } from '#lib/domain/events.ts';
import type { ImportProgress } from '#lib/server/desk/desk.ts';
import { checkEvent } from '#lib/server/doors/door.ts';
import type { Outcome, Run } from '#lib/server/doors/import-run.ts';
import { patiently } from '#lib/server/doors/patiently.ts';
import { isProblem, Problem } from '#lib/server/errors.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { Blobs, commits, countCommits, isInHistory, type Commit } from './git-history.ts';

/** A chunk is sent when it has so many events or bytes. */
const CHUNK_EVENTS = 500;
const CHUNK_BYTES = 8 * 1024 * 1024;

/**
 * Messages by which an archive says that its rules or its files were changed and not the page: "Apply technical or declarative upgrade
 * on …", "Refilter …" in older ones, and maintenance by hand.
 */
const TECHNICAL = /^(apply technical or declarat|refilter|rename|move|truncate|reformat)/i;

/** Imports all commits that an earlier run has not recorded. Only a repository that cannot be read fails. */
export async function importHistory(run: Run): Promise<Outcome> {
	const outcome: Outcome = { accepted: 0, skipped: 0, rejected: 0, failure: null };
	try {
		if (run.topic !== 'policies')
			throw new Problem('invalid', 'is a repository; those of Open Terms Archive hold policies');
		await read(run, outcome);
	} catch (error) {
		if (!isProblem(error, 'invalid')) throw error;
		outcome.failure = error.message;
	}
	return outcome;
}

async function read(run: Run, outcome: Outcome): Promise<void> {
	const repository = await realpath(run.path);
	const collector = basename(repository).replace(/\.git$/, '');
	const total = await countCommits(repository);
	const before = await recorded(run, repository);
	outcome.skipped = before?.events ?? 0;
	const sending = new Sending(run, `policies ${repository}`, before, outcome, total);
	const check = doorChecks(run.now).policies;
	const rules = new Rules();
	const blobs = new Blobs(repository);
	let index = 0;
	let isOld = before !== null;
	try {
		for await (const commit of commits(repository)) {
			index++;
			const versions = documentsOf(commit).map((version) => ({
				...version,
				// Old commits are read too, but not their contents: which rules were in force follows from all of them.
				extractor: rules.after(version, commit)
			}));
			if (!isOld)
				for (const { service, document, blob, extractor } of versions) {
					const text = textOf(await blobs.read(blob, EVENT_BYTES));
					const event = { service, document, fetchedAt: commit.date, text, collector, extractor };
					const entry = text === null ? { errors: [UNREADABLE] } : checkEvent(event, check, keyOf.policies);
					if ('errors' in entry) {
						outcome.rejected++;
						run.onRejected({ index: index - 1, line: null, errors: entry.errors });
					} else sending.add(entry);
				}
			if (isOld && commit.hash === before?.prefix) isOld = false;
			else if (!isOld) await sending.reached(index, commit.hash, index === total);
		}
	} finally {
		await blobs.close();
	}
}

const UNREADABLE = { path: 'text', message: 'is missing, too large, or not UTF-8' };
const textOf = (bytes: Buffer | null): string | null =>
	bytes && isUtf8(bytes) ? bytes.toString('utf8') : null;

type Version = Pick<PolicyEvent, 'service' | 'document'> & { blob: string };

/** Files of the layout; others (a README, a licence, what lies deeper) are none of an archive's documents. */
const documentsOf = ({ files }: Commit): Version[] =>
	files.flatMap(({ path, blob }) => {
		const [, service, document] = /^([^/]+)\/([^/]+)\.md$/.exec(path) ?? [];
		return service !== undefined && document !== undefined ? [{ service, document, blob }] : [];
	});

/** The rules by which each document is read: new ones with every technical commit, named by it. */
class Rules {
	readonly #current = new Map<string, string>();

	after({ service, document }: Version, { hash, subject }: Commit): string {
		const key = `${service}/${document}`;
		const known = this.#current.get(key);
		if (known !== undefined && !TECHNICAL.test(subject)) return known;
		const next = `ota-${hash.slice(0, 12)}`;
		this.#current.set(key, next);
		return next;
	}
}

/** What an earlier run recorded, if the repository still goes back to it. */
async function recorded({ desk }: Run, repository: string): Promise<ImportProgress | null> {
	const record = await desk.imports.get(`policies ${repository}`);
	return record && (await isInHistory(repository, record.prefix)) ? record : null;
}

/** Events that wait for the log, and the record of the last commit whose events it has. */
class Sending {
	#entries: Entry[] = [];
	#bytes = 0;
	readonly #run: Run;
	readonly #file: string;
	readonly #before: ImportProgress | null;
	readonly #outcome: Outcome;
	readonly #total: number;
	constructor(run: Run, file: string, before: ImportProgress | null, outcome: Outcome, total: number) {
		this.#run = run;
		this.#file = file;
		this.#before = before;
		this.#outcome = outcome;
		this.#total = total;
	}

	add(entry: Entry): void {
		this.#entries.push(entry);
		this.#bytes += entry.json.length;
	}

	/** Commit number `index` is read; sends what there is when that is enough, or the last. */
	async reached(index: number, commit: string, last: boolean): Promise<void> {
		if (!last && this.#entries.length < CHUNK_EVENTS && this.#bytes < CHUNK_BYTES) return;
		const { log, desk, now, onProgress } = this.#run;
		const outcome = this.#outcome;
		const entries = this.#entries;
		if (entries.length > 0)
			await this.#patiently(index, () => log.append('policies', entries, { origin: 'import' }));
		outcome.accepted += entries.length;
		this.#entries = [];
		this.#bytes = 0;
		const events = outcome.skipped + outcome.accepted;
		const rejected = (this.#before?.rejected ?? 0) + outcome.rejected;
		const progress = { file: this.#file, offset: index, events, rejected, prefix: commit, at: now() };
		await this.#patiently(index, () => desk.imports.save(progress));
		onProgress({ events, taken: index, size: this.#total, waiting: null });
	}

	#patiently(index: number, work: () => Promise<void>): Promise<void> {
		const { pause = sleep, onProgress } = this.#run;
		const { accepted, skipped } = this.#outcome;
		return patiently(work, pause, (waiting) =>
			onProgress({ events: accepted + skipped, taken: index, size: this.#total, waiting })
		);
	}
}
