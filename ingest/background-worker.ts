/** Work in the background: turn after turn for as long as the process lives, whatever becomes of a turn. */
import { Lease, type LeaseOptions } from '#lib/server/desk/lease.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { Logger } from '#lib/server/logger.ts';

export interface BackgroundOptions extends LeaseOptions {
	logger: Logger;
	/** From the end of a turn to the next one, ms. */
	every?: number;
}

interface Work {
	/** What it does, for the log. */
	name: string;
	/** Unless the options say something else, ms. */
	every: number;
	/** Name of the lease by which one of all processes takes turns, for as long as it lives. */
	lease?: string;
}

/** Turns that fail come later and later, but not later than this, ms. */
const LATEST_MS = 15_000;

export abstract class BackgroundWorker<O extends BackgroundOptions = BackgroundOptions> {
	protected readonly options: O;
	readonly #work: Work;
	readonly #lease: Lease | null;
	readonly #stop = new AbortController();
	#looking: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | undefined;
	#failures = 0;

	constructor(options: O, work: Work) {
		this.options = options;
		this.#work = work;
		this.#lease = work.lease === undefined ? null : new Lease(options, work.lease);
	}

	/** Does what there is to do. `signal` is aborted when the process stops or another one has the lease. */
	protected abstract turn(signal: AbortSignal): Promise<void>;

	start(): void {
		this.#looking = this.look().finally(() => {
			if (!this.#stop.signal.aborted) this.#timer = setTimeout(() => this.start(), this.#pause());
		});
	}

	/** Waits for the end of the turn; another process can go on at once. */
	async close(): Promise<void> {
		this.#stop.abort(new Error('stopped'));
		clearTimeout(this.#timer);
		await this.#looking;
		await this.#lease?.release();
	}

	/** One turn. Never rejects. */
	async look(): Promise<void> {
		const stop = this.#stop.signal;
		try {
			if (this.#lease) await this.#lease.during((lost) => this.turn(AbortSignal.any([stop, lost])));
			else await this.turn(stop);
			this.#failures = 0;
		} catch (error) {
			this.#failures++;
			const about = { err: error, work: this.#work.name };
			if (isProblem(error)) this.options.logger.warn(about, 'work in the background waits');
			else this.options.logger.error(about, 'work in the background failed');
		}
	}

	#pause(): number {
		const every = this.options.every ?? this.#work.every;
		return Math.min(every * 2 ** this.#failures, Math.max(every, LATEST_MS));
	}
}
