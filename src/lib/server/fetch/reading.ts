/** Reads hostile bytes in a thread of its own: what was made to be slow holds up neither consumers nor doors nor pages, and is given up. */
import { parentPort, Worker } from 'node:worker_threads';
import { FetchProblem, isFetchProblem, type FetchKind } from './problem.ts';

const LONGEST_MS = 30_000;
const MEMORY_MB = 512;

interface Question<Q> {
	id: number;
	asked: Q;
}
/** Errors lose their kind between threads, so they are told as data. */
type Reply<R> = { id: number } & (
	{ reading: R } | { kind: FetchKind; message: string } | { mistake: string }
);

interface ReadingOptions {
	/** The thread's module, which calls {@link answer}. */
	module: URL;
	/** How long one question may take, ms. */
	longest?: number | undefined;
	/** What it may hold, MiB. */
	memory?: number;
	/** What it reads, for the reasons: `a page`. */
	what: string;
}

/** `Q` and `R` pass between threads by structured clone. */
export class ReadingThread<Q, R> {
	readonly #options: ReadingOptions;
	#worker: Worker | undefined;
	#last: Promise<unknown> = Promise.resolve();
	#count = 0;

	constructor(options: ReadingOptions) {
		this.#options = options;
	}

	/** One question at a time. Rejects as the module does, and with `too-large` for what takes too long or too much memory. */
	ask(asked: Q): Promise<R> {
		const mine = this.#last.then(() => this.#ask({ id: this.#count++, asked }));
		this.#last = mine.catch(() => undefined);
		return mine;
	}

	async close(): Promise<void> {
		await this.#stop();
		await this.#last;
		// Those who waited in the queue may have started another.
		await this.#stop();
	}

	async #ask(question: Question<Q>): Promise<R> {
		const worker = (this.#worker ??= this.#start());
		const { promise, resolve, reject } = Promise.withResolvers<Reply<R>>();
		const given = (why: string, cause?: unknown) => reject(new FetchProblem('too-large', why, { cause }));
		const timer = setTimeout(() => given('takes too long to read'), this.#options.longest ?? LONGEST_MS);
		const failed = (cause: Error) =>
			given(`cannot be read with the memory that ${this.#options.what} may take`, cause);
		const ended = () => given('could not be read to its end');
		worker.on('message', resolve).on('error', failed).on('exit', ended);
		worker.postMessage(question);
		try {
			const reply = await promise;
			if ('reading' in reply) return reply.reading;
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
		const worker = new Worker(this.#options.module, {
			resourceLimits: { maxOldGenerationSizeMb: this.#options.memory ?? MEMORY_MB }
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

/** In the thread: answers each question with what `read` makes of it. */
export function answer<Q, R>(read: (asked: Q) => Promise<R> | R): void {
	parentPort?.on('message', ({ id, asked }: Question<Q>) => {
		const reply = (answered: Reply<R>) => parentPort?.postMessage(answered);
		Promise.try(read, asked).then(
			(reading) => reply({ id, reading }),
			(error: unknown) => {
				if (isFetchProblem(error)) reply({ id, kind: error.kind, message: error.message });
				else reply({ id, mistake: error instanceof Error ? (error.stack ?? error.message) : String(error) });
			}
		);
	});
}
