/** One request at a time to a host, and a pause between two. */

interface Turn {
	/** The last one in the queue; resolves when it is done. */
	last: Promise<unknown>;
	/** When the last request ended, ms. */
	ended: number;
	waiting: number;
}

export interface PacerOptions {
	now: () => number;
	/** Rejects with the signal's reason when that comes first. */
	sleep: (ms: number, signal?: AbortSignal) => Promise<unknown>;
	/** Pause between the end of a request and the start of the next to the same host, ms. */
	delay: number;
}

export class Pacer {
	readonly #hosts = new Map<string, Turn>();
	readonly #options: PacerOptions;

	constructor(options: PacerOptions) {
		this.#options = options;
	}

	/** Runs `work` when `host` has its turn. `delay`: what the host itself asks for (robots.txt), if longer than ours. */
	async run<T>(
		host: string,
		work: () => Promise<T>,
		{ delay = 0, signal }: { delay?: number; signal?: AbortSignal | undefined } = {}
	): Promise<T> {
		const turn = this.#hosts.get(host) ?? { last: Promise.resolve(), ended: -Infinity, waiting: 0 };
		this.#hosts.set(host, turn);
		turn.waiting++;
		const mine = turn.last.then(async () => {
			try {
				const pause = turn.ended + Math.max(delay, this.#options.delay) - this.#options.now();
				if (pause > 0) await this.#options.sleep(pause, signal);
				signal?.throwIfAborted();
				return await work();
			} finally {
				turn.ended = this.#options.now();
				turn.waiting--;
				this.#forget();
			}
		});
		turn.last = mine.catch(() => undefined);
		return mine;
	}

	/** Hosts that nobody waits for and whose pause is long over take no memory. */
	#forget(): void {
		if (this.#hosts.size < 1000) return;
		const long = this.#options.now() - 60_000;
		for (const [host, turn] of this.#hosts)
			if (turn.waiting === 0 && turn.ended < long) this.#hosts.delete(host);
	}
}
