/** The event log in one SQLite file inside the process (design.md, "Delivery"). One partition a topic. */
import { basename } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../errors.ts';
import { blocks, encodeHeader, refuseTooLarge } from './block.ts';
import { startConsumer, type Consumer } from './embedded-consumer.ts';
import { openLogFile, type LogFile } from './embedded-file.ts';
import { createLeaseKeeper } from './embedded-lease.ts';
import { asProblem, isBusy } from './embedded-problem.ts';
import {
	isDerived,
	LOG_TOPICS,
	type Entry,
	type EventLog,
	type LogOptions,
	type Origin,
	type Topic
} from './log.ts';

export interface Retention {
	/** Committed records go when the log keeps more; appending is refused (`log-full`) while so much is not committed. */
	maxBytes: number;
	/** Committed records older than this go. */
	maxAgeMs: number;
}
export interface EmbeddedOptions extends LogOptions {
	/** Default 2 GB and 7 days. */
	retention?: Partial<Retention>;
	/** How long a process that hangs keeps others from consuming; one that died keeps nobody. Default 5 s. */
	leaseMs?: number;
	/** Wall clock, ms. */
	now?: () => number;
}
export interface EmbeddedLog extends EventLog {
	/** Deletes what retention lets go; runs by itself every ten seconds. */
	retain(): Promise<void>;
}

/** Appends of other processes are noticed within this; half of it would cost twice the 0.2% of a core. */
const WATCH_MS = 200;
const RETAIN_MS = 10_000;

interface Append {
	topic: Topic;
	origin: Origin;
	entries: readonly Entry[];
	resolve(): void;
	reject(error: Problem): void;
}

/**
 * Opens (or makes) the log. Rejects with `log-unavailable` where the file cannot be used, with `log-mismatch` where a newer version
 * made it.
 */
export async function openEmbeddedLog(path: string, options: EmbeddedOptions): Promise<EmbeddedLog> {
	const { logger, writer, leaseMs = 5_000, now = Date.now } = options;
	const retention = { maxBytes: 2 * 1024 ** 3, maxAgeMs: 7 * 86_400_000, ...options.retention };
	const name = basename(path);
	const file = await open(path, name);
	const leases = createLeaseKeeper(file, { leaseMs, logger });
	const consumers = new Set<Consumer>();
	let pending: Append[] = [];
	let closed: Promise<void> | null = null;

	/** Everything that was appended in the same turn goes in with one transaction and one fsync. */
	const flush = () => {
		let batch = pending;
		pending = [];
		if (batch.length === 0) return;
		try {
			const uncommitted = file.uncommittedBytes();
			if (uncommitted >= retention.maxBytes) {
				const full = new Problem(
					'log-full',
					`the event log holds ${uncommitted} bytes that are not stored yet`
				);
				for (const { topic, reject } of batch) if (!isDerived(topic)) reject(full);
				batch = batch.filter(({ topic }) => isDerived(topic));
				if (batch.length === 0) return;
			}
			file.transaction(() => {
				for (const { topic, origin, entries } of joined(batch)) {
					const records = blocks(entries, () => 0).map(({ key, events, value }) => {
						return { key, events, value, header: encodeHeader(writer, origin, events) };
					});
					file.append(topic, records, now());
				}
			});
		} catch (error) {
			const problem = asProblem(error, name);
			for (const { reject } of batch) reject(problem);
			return;
		}
		for (const { resolve } of batch) resolve();
		for (const consumer of consumers) consumer.wake();
	};

	/** Wakes the consumers when another process has written. */
	let seen: number | null = null;
	const watch = () => {
		try {
			const version = file.dataVersion();
			if (version !== seen) for (const consumer of consumers) consumer.wake();
			seen = version;
		} catch (error) {
			logger.warn({ err: error }, 'cannot look for appends of other processes');
		}
	};
	let watching: NodeJS.Timeout | undefined;

	const retain = async () => {
		for (const topic of LOG_TOPICS) {
			const step = () =>
				file.transaction(() => file.trim(topic, now() - retention.maxAgeMs, retention.maxBytes));
			while (!closed && step()) await nextTurn();
		}
	};
	let retaining = Promise.resolve();
	const retainer = setInterval(() => {
		retaining = retaining
			.then(retain)
			.catch((error: unknown) => logger.warn({ err: error }, 'retention of the event log failed'));
	}, RETAIN_MS).unref();

	const openOr = <T>(work: () => T): T => {
		if (closed) throw new Problem('log-unavailable', 'the event log is closed');
		try {
			return work();
		} catch (error) {
			throw asProblem(error, name);
		}
	};
	const close = async () => {
		clearInterval(retainer);
		await Promise.all([...consumers].map((consumer) => consumer.close()));
		await retaining;
		flush();
		clearInterval(watching);
		leases.close();
		file.close();
	};

	return {
		async append(topic, entries, { origin }) {
			openOr(() => refuseTooLarge(entries));
			if (entries.length === 0) return;
			await new Promise<void>((resolve, reject) => {
				if (pending.length === 0) setImmediate(flush);
				pending.push({ topic, origin, entries, resolve, reject });
			});
		},
		async consume(consume) {
			openOr(() => file.join(consume.group, consume.topic));
			const consumer = startConsumer({ file, leases, logger, name }, consume);
			consumers.add(consumer);
			watching ??= setInterval(watch, WATCH_MS);
			return {
				active: consumer.active,
				close: () => consumer.close().finally(() => consumers.delete(consumer))
			};
		},
		lag: async (group, topic) => openOr(() => [file.lag(group, topic)]),
		retain,
		close: () => (closed ??= close())
	};
}

/** Neighbours of one topic and one origin share blocks: a thousand small pushes in a turn are one record. */
function joined(batch: readonly Append[]): { topic: Topic; origin: Origin; entries: Entry[] }[] {
	const runs: { topic: Topic; origin: Origin; entries: Entry[] }[] = [];
	for (const { topic, origin, entries } of batch) {
		const last = runs.findLast((run) => run.topic === topic);
		if (last?.origin === origin) for (const entry of entries) last.entries.push(entry);
		else runs.push({ topic, origin, entries: [...entries] });
	}
	return runs;
}

/** Two processes that make the file at once may find it busy without SQLite waiting for the other. */
async function open(path: string, name: string): Promise<LogFile> {
	for (let attempt = 1; ; attempt++) {
		try {
			return openLogFile(path, name);
		} catch (error) {
			if (!isBusy(error) || attempt === 20) throw asProblem(error, name);
			await sleep(50);
		}
	}
}
