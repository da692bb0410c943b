/**
 * Keeps the desk's progress true: written after each store, and several times a second from what the log says, so that pages, which see
 * no log, know what waits.
 *
 * What events go through one after the other is measured in that order and written at once: there is no moment at which the desk has an
 * event in neither stage before it can be read.
 */
import { TOPICS } from '#lib/domain/events.ts';
import type { Desk, Progress } from '#lib/server/desk/desk.ts';
import { isProblem } from '#lib/server/errors.ts';
import { STAGES, type EventLog, type Topic } from '#lib/server/log/log.ts';
import type { Logger } from '#lib/server/logger.ts';

const EVERY_MS = 400;
/** Progress that did not change is written again so often, for whoever reads it trusts nothing older than 1.5 s. */
const AGAIN_MS = 800;

const WAYS = TOPICS.map((topic) => STAGES[topic]);

interface MeterOptions {
	log: EventLog;
	desk: Desk;
	logger: Logger;
	group: string;
	now: () => number;
	/** Called on every round, after progress was written. */
	round?: () => Promise<void>;
	onError: (error: unknown) => void;
}

export class Meter {
	readonly #options: MeterOptions;
	readonly #known = new Map<string, Progress>();
	readonly #written = new Map<string, Progress>();
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> = Promise.resolve();
	#closed = false;

	constructor(options: MeterOptions) {
		this.#options = options;
	}

	/** Measures once, then goes on by itself. */
	async start(): Promise<void> {
		await this.#measure();
		this.#schedule();
	}

	async close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#timer);
		await this.#running;
	}

	/** A consumer has stored everything before `next`. */
	async stored(topic: Topic, partition: number, next: number): Promise<void> {
		const at = this.#options.now();
		const before = this.#known.get(`${topic}/${partition}`);
		const end = Math.max(next, before?.end ?? 0);
		const row: Progress = {
			topic,
			partition,
			end,
			stored: Math.max(next, before?.stored ?? 0),
			waiting: end <= next ? 0 : (before?.waiting ?? null),
			oldest: end <= next ? null : (before?.oldest ?? null),
			at
		};
		this.#known.set(`${topic}/${partition}`, row);
		const stages = WAYS.find((way) => way.includes(topic)) ?? [topic];
		try {
			await this.#write(stages.length === 1 ? [row] : await this.#read(stages));
		} catch (error) {
			// It is stored all the same; the next round tells.
			if (!isProblem(error, 'log-unavailable')) throw error;
			this.#options.onError(error);
		}
	}

	#schedule(): void {
		if (this.#closed) return;
		this.#timer = setTimeout(() => {
			this.#running = this.#measure().finally(() => this.#schedule());
		}, EVERY_MS);
	}

	/** Never rejects: what cannot be measured is not written, and so cannot be told. */
	async #measure(): Promise<void> {
		const { onError, round, logger } = this.#options;
		try {
			const ways = [];
			for (const stages of WAYS) ways.push(await this.#read(stages));
			await this.#write(ways.filter((rows) => rows.some((row) => this.#isDue(row))).flat());
			await round?.();
		} catch (error) {
			if (!isProblem(error)) logger.error({ err: error }, 'progress could not be measured');
			onError(error);
		}
	}

	/** What the log says of topics, in order. */
	async #read(topics: readonly Topic[]): Promise<Progress[]> {
		const { log, group, now } = this.#options;
		const rows: Progress[] = [];
		for (const topic of topics)
			for (const { partition, committed, end, events, oldest } of await log.lag(group, topic)) {
				const before = this.#known.get(`${topic}/${partition}`);
				// A commit follows its store: between the two the consumer knows better than the log.
				const stored = Math.max(committed, before?.stored ?? 0);
				const done = stored >= end;
				const row = {
					topic,
					partition,
					end,
					stored,
					waiting: done ? 0 : events,
					oldest: done ? null : oldest,
					at: now()
				};
				this.#known.set(`${topic}/${partition}`, row);
				rows.push(row);
			}
		return rows;
	}

	async #write(rows: readonly Progress[]): Promise<void> {
		if (rows.length) await this.#options.desk.progress.report([...rows]);
		for (const row of rows) this.#written.set(`${row.topic}/${row.partition}`, row);
	}

	#isDue(row: Progress): boolean {
		const last = this.#written.get(`${row.topic}/${row.partition}`);
		return (
			!last ||
			row.at - last.at >= AGAIN_MS ||
			last.end !== row.end ||
			last.stored !== row.stored ||
			last.waiting !== row.waiting
		);
	}
}
