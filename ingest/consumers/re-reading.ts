/**
 * Reads everything stored again when the watchlist or the detector changed: articles here, chunk after chunk beside what comes in; policy
 * documents by their timers (policy-signals.ts). Of all processes one reads, by lease, for as long as it lives: two versions at once, in a
 * rolling upgrade, do not take turns.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Timer } from '#lib/server/desk/desk.ts';
import { isProblem } from '#lib/server/errors.ts';
import { newsReadings, newsVersion, type NewsReading } from '#lib/server/news-reading.ts';
import { whenRead } from '#lib/server/policy-signals.ts';
import {
	BEHIND,
	behind,
	CHUNK,
	readingState,
	saveReadingState,
	type ReadingState
} from '#lib/server/re-reading.ts';
import { countNews } from '#lib/server/store/news.ts';
import { documents } from '#lib/server/store/policies.ts';
import type { ConsumerDeps } from './consumer.ts';
import { articlesAfter, storeAgain } from './store-read.ts'; // prettier-ignore

interface ReReadingOptions extends ConsumerDeps {
	/** Names this process in leases. */
	holder: string;
	/** How often the desk is asked whether something changed, ms. */
	every?: number;
	/** Articles that are read at a time. */
	chunk?: number;
}

const READER = 'news/reader';
const LOOK_MS = 1_000;
/** A process that died is followed by another after it. */
const READER_MS = 30_000;
/** Longer than a chunk can take. */
const CHUNK_MS = 60_000;
const ARTICLES = 2_000;
const AT_ONCE = 100;

export class ReReading {
	readonly #options: ReReadingOptions;
	readonly #current: ReturnType<typeof newsReadings>;
	readonly #stop = new AbortController();
	#looking: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ReReadingOptions) {
		this.#options = options;
		this.#current = newsReadings(options.desk);
	}

	start(): void {
		this.#looking = this.look().finally(() => {
			if (!this.#stop.signal.aborted)
				this.#timer = setTimeout(() => this.start(), this.#options.every ?? LOOK_MS);
		});
	}

	/** Finishes the chunk in hand; another process, or the next start, goes on behind it. */
	async close(): Promise<void> {
		this.#stop.abort();
		clearTimeout(this.#timer);
		await this.#looking;
		await this.#options.desk.leases.release(READER, this.#options.holder);
	}

	/** Reads what is to be read, to its end unless the watchlist changes meanwhile. Never rejects. */
	async look(): Promise<void> {
		const { desk, logger, now } = this.#options;
		try {
			if (!(await this.#leads())) return;
			const [state, version] = [await readingState(desk), await newsVersion(desk)];
			const due = await desk.timers.due(now(), AT_ONCE, BEHIND);
			if (state?.version === version && state.after === null && due.length === 0) return;
			const reading = await this.#current();
			await this.#readAll(state?.version === reading.version ? state : await this.#begin(reading), reading);
			for (const timer of due) await this.#readBehind(timer, reading);
		} catch (error) {
			if (isProblem(error)) logger.warn({ err: error }, 'reading again waits');
			else logger.error({ err: error }, 'what is stored could not be read again');
		}
	}

	#leads(): Promise<boolean> {
		const { desk, holder, now } = this.#options;
		return desk.leases.claim(READER, holder, READER_MS, now());
	}

	/** Policy documents are due before the state says so: killed in between they are due once more. */
	async #begin({ version }: NewsReading): Promise<ReadingState> {
		const { store, desk, now } = this.#options;
		for (const of of await documents(store)) await desk.timers.set(whenRead(of, now()));
		const state = { version, after: '0', read: 0, of: await countNews(store), since: now() };
		await saveReadingState(desk, state);
		return state;
	}

	async #readAll(begun: ReadingState, reading: NewsReading): Promise<void> {
		let state = begun;
		while (state.after !== null && (await this.#goesOn(reading))) {
			const { after, read } = await this.#readChunk(state.after, reading);
			state = { ...state, after, read: Math.min(state.of, state.read + read) };
			await saveReadingState(this.#options.desk, state);
		}
	}

	/** What was stored with another version after everything had been read; it stays due unless all of it was read. */
	async #readBehind({ name, due, payload }: Timer, reading: NewsReading): Promise<void> {
		let after: string | null = '0';
		while (after !== null) {
			if (!(await this.#goesOn(reading))) return;
			({ after } = await this.#readChunk(after, reading, behind.parse(payload)));
		}
		await this.#options.desk.timers.done(name, due);
	}

	/** Not when this process stops or another one reads, nor with a watchlist that has been replaced. */
	async #goesOn({ version }: NewsReading): Promise<boolean> {
		return (
			!this.#stop.signal.aborted &&
			(await this.#leads()) &&
			(await newsVersion(this.#options.desk)) === version
		);
	}

	/** Reads the next articles, and then lets others have as much time. Resolves to the last article, null where there is none left. */
	async #readChunk(
		after: string,
		reading: NewsReading,
		accepted?: { from: number; to: number }
	): Promise<{ after: string | null; read: number }> {
		const { store, desk, holder, now, chunk = ARTICLES } = this.#options;
		while (!(await desk.leases.claim(CHUNK, holder, CHUNK_MS, now()))) {
			await this.#pause(LOOK_MS);
			if (this.#stop.signal.aborted) return { after, read: 0 };
		}
		const begun = performance.now();
		try {
			const { rows, last } = await articlesAfter(store, { after, limit: chunk, accepted });
			await storeAgain(store, rows, reading, now());
			return { after: last, read: rows.length };
		} finally {
			await desk.leases.release(CHUNK, holder);
			await this.#pause(performance.now() - begun);
		}
	}

	async #pause(ms: number): Promise<void> {
		await wait(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
	}
}
