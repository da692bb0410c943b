/**
 * Reads everything stored again when the watchlist or the detector changed: articles here, chunk after chunk beside what comes in; policy
 * documents by their timers (policy-signals.ts). Of all processes one reads, by lease, for as long as it lives: two versions at once, in a
 * rolling upgrade, do not take turns.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Timer } from '#lib/server/desk/desk.ts';
import { Lease } from '#lib/server/desk/lease.ts';
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
import { BackgroundWorker, type BackgroundOptions } from '../background-worker.ts';
import type { ConsumerDeps } from './consumer.ts';
import { articlesAfter, storeAgain } from './store-read.ts'; // prettier-ignore

type ReReadingOptions = ConsumerDeps &
	BackgroundOptions & {
		/** Articles that are read at a time. */
		chunk?: number;
	};

const LOOK_MS = 1_000;
const ARTICLES = 2_000;
const AT_ONCE = 100;

export class ReReading extends BackgroundWorker<ReReadingOptions> {
	readonly #current: ReturnType<typeof newsReadings>;

	constructor(options: ReReadingOptions) {
		super(options, { name: 'reading again', every: LOOK_MS, lease: 'news/reader' });
		this.#current = newsReadings(options.desk);
	}

	/**
	 * Reads what is to be read, to its end unless the watchlist changes meanwhile. A stop finishes the chunk in hand; another process, or the
	 * next start, goes on behind it.
	 */
	protected async turn(signal: AbortSignal): Promise<void> {
		const { desk, now } = this.options;
		const [state, version] = [await readingState(desk), await newsVersion(desk)];
		const due = await desk.timers.due(now(), AT_ONCE, BEHIND);
		if (state?.version === version && state.after === null && due.length === 0) return;
		const reading = await this.#current();
		const begun = state?.version === reading.version ? state : await this.#begin(reading);
		await this.#readAll(begun, reading, signal);
		for (const timer of due) await this.#readBehind(timer, reading, signal);
	}

	/** Policy documents are due before the state says so: killed in between they are due once more. */
	async #begin({ version }: NewsReading): Promise<ReadingState> {
		const { store, desk, now } = this.options;
		for (const of of await documents(store)) await desk.timers.set(whenRead(of, now()));
		const state = { version, after: '0', read: 0, of: await countNews(store), since: now() };
		await saveReadingState(desk, state);
		return state;
	}

	async #readAll(begun: ReadingState, reading: NewsReading, signal: AbortSignal): Promise<void> {
		let state = begun;
		while (state.after !== null && (await this.#goesOn(reading, signal))) {
			const { after, read } = await this.#readChunk(state.after, reading, signal);
			state = { ...state, after, read: Math.min(state.of, state.read + read) };
			await saveReadingState(this.options.desk, state);
		}
	}

	/** What was stored with another version after everything had been read; it stays due unless all of it was read. */
	async #readBehind({ name, due, payload }: Timer, reading: NewsReading, signal: AbortSignal): Promise<void> {
		let after: string | null = '0';
		while (after !== null) {
			if (!(await this.#goesOn(reading, signal))) return;
			({ after } = await this.#readChunk(after, reading, signal, behind.parse(payload)));
		}
		await this.options.desk.timers.done(name, due);
	}

	/** Not when this process stops or another one reads, nor with a watchlist that has been replaced. */
	async #goesOn({ version }: NewsReading, { aborted }: AbortSignal): Promise<boolean> {
		return !aborted && (await newsVersion(this.options.desk)) === version;
	}

	/** Reads the next articles, and then lets others have as much time. Resolves to the last article, null where there is none left. */
	async #readChunk(
		after: string,
		reading: NewsReading,
		signal: AbortSignal,
		accepted?: { from: number; to: number }
	): Promise<{ after: string | null; read: number }> {
		const { store, now, chunk = ARTICLES } = this.options;
		const lease = new Lease(this.options, CHUNK);
		let done: { after: string | null; read: number } = { after, read: 0 };
		let took = LOOK_MS;
		const read = async () => {
			const begun = performance.now();
			const { rows, last } = await articlesAfter(store, { after, limit: chunk, accepted });
			await storeAgain(store, rows, reading, now());
			done = { after: last, read: rows.length };
			took = performance.now() - begun;
		};
		await lease.once(read);
		await wait(took, undefined, { signal }).catch(() => undefined);
		return done;
	}
}
