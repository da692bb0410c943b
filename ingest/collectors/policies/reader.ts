/** Reads pages in a thread of its own: a page made to be slow holds up neither consumers nor doors, and is given up. */
import { Worker } from 'node:worker_threads';
import type { Fetched } from '#lib/server/fetch/document.ts';
import type { Extracted, Rules } from '#lib/server/fetch/extract.ts';
import { FetchProblem } from '#lib/server/fetch/problem.ts';
import type { Question, Reply } from './reader-thread.ts';

const LONGEST_MS = 30_000;
const MEMORY_MB = 512;

export class Reader {
	readonly #longest: number;
	#worker: Worker | undefined;
	#last: Promise<unknown> = Promise.resolve();
	#count = 0;

	/** `longest`: how long one page may take, ms. */
	constructor(longest = LONGEST_MS) {
		this.#longest = longest;
	}

	/** As {@link extract}, one page at a time; besides, `too-large` for a page that takes too long or too much memory. */
	read(fetched: Fetched, rules: Rules): Promise<Extracted> {
		const mine = this.#last.then(() => this.#ask({ id: this.#count++, fetched, rules: { ...rules } }));
		this.#last = mine.catch(() => undefined);
		return mine;
	}

	async close(): Promise<void> {
		await this.#stop();
		await this.#last;
		// Those who waited in the queue may have started another.
		await this.#stop();
	}

	async #ask(question: Question): Promise<Extracted> {
		const worker = (this.#worker ??= this.#start());
		const { promise, resolve, reject } = Promise.withResolvers<Reply>();
		const given = (why: string, cause?: unknown) => reject(new FetchProblem('too-large', why, { cause }));
		const timer = setTimeout(() => given('takes too long to read'), this.#longest);
		const failed = (cause: Error) => given('cannot be read with the memory that a page may take', cause);
		const ended = () => given('could not be read to its end');
		worker.on('message', resolve).on('error', failed).on('exit', ended);
		worker.postMessage(question);
		try {
			const reply = await promise;
			if ('extracted' in reply) return reply.extracted;
			if ('kind' in reply) throw new FetchProblem(reply.kind, reply.message);
			throw new Error(reply.mistake);
		} catch (error) {
			// Whatever holds the thread up goes with it.
			if (error instanceof FetchProblem && error.kind === 'too-large') await this.#stop();
			throw error;
		} finally {
			clearTimeout(timer);
			worker.off('message', resolve).off('error', failed).off('exit', ended);
		}
	}

	#start(): Worker {
		const worker = new Worker(new URL('./reader-thread.ts', import.meta.url), {
			resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB }
		});
		worker.on('error', () => undefined); // told to whoever waits, and there may be nobody
		worker.unref();
		return worker;
	}

	async #stop(): Promise<void> {
		const worker = this.#worker;
		this.#worker = undefined;
		await worker?.terminate();
	}
}
