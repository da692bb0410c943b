/** A name on the desk that one process has at a time: renewed while it works, and free half a minute after it died. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Desk } from './desk.ts';

/** Between the death of a holder and whoever follows it, ms. */
const LEASE_MS = 30_000;
/** A renewal that fails is tried again twice before another can take over. */
const RENEW_MS = LEASE_MS / 3;

export interface LeaseOptions {
	desk: { leases: Desk['leases'] };
	/** Names the process; see {@link newHolder}. */
	holder: string;
	/** Milliseconds. */
	now: () => number;
}

/** A name for this process that no other has. */
export const newHolder = (): string => `${hostname()} ${randomUUID()}`;

export class Lease {
	readonly #options: LeaseOptions;
	readonly #name: string;
	/** When it was last claimed, ms; null while it is not ours. */
	#claimed: number | null = null;

	constructor(options: LeaseOptions, name: string) {
		this.#options = options;
		this.#name = name;
	}

	/**
	 * Does `work` and keeps the lease after it, for the next work or until it runs out. Resolves to false, and nothing was done, where another
	 * process has it. `lost` is aborted once another may have it: this one was held up for too long, or the desk cannot be reached.
	 */
	async during(work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
		if (!this.#isOurs(RENEW_MS) && !(await this.#claim())) return false;
		const lost = new AbortController();
		let renewal = Promise.resolve();
		const renewing = setInterval(() => {
			if (!lost.signal.aborted) renewal = this.#renew(lost);
		}, RENEW_MS).unref();
		try {
			await work(lost.signal);
		} finally {
			clearInterval(renewing);
			await renewal;
		}
		return true;
	}

	/** As {@link during}, and gives the lease back. */
	async once(work: (lost: AbortSignal) => Promise<void>): Promise<boolean> {
		try {
			return await this.during(work);
		} finally {
			await this.release();
		}
	}

	async release(): Promise<void> {
		if (this.#claimed === null) return;
		this.#claimed = null;
		await this.#options.desk.leases.release(this.#name, this.#options.holder);
	}

	/** Whether it was claimed less than `within` ago. */
	#isOurs(within: number): boolean {
		return this.#claimed !== null && this.#options.now() < this.#claimed + within;
	}

	async #claim(): Promise<boolean> {
		const { desk, holder, now } = this.#options;
		const at = now();
		const claimed = await desk.leases.claim(this.#name, holder, LEASE_MS, at);
		this.#claimed = claimed ? at : null;
		return claimed;
	}

	async #renew(lost: AbortController): Promise<void> {
		const ours = await this.#claim().catch(() => this.#isOurs(LEASE_MS));
		if (!ours) lost.abort(new Error(`another process may be at ${this.#name}`));
	}
}
