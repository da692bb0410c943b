/**
 * Derives the signals of policy documents when something of them was stored and when a hold ends: timers on the desk say what is due, a
 * lease lets one process derive, and a timer stays until its signals are in the store.
 */
import { z } from 'zod';
import type { Timer } from '#lib/server/desk/desk.ts';
import { isProblem } from '#lib/server/errors.ts';
import { deriveChanges } from '#lib/server/policy-changes.ts';
import { derivePolicySignals, TIMERS, whenHeld } from '#lib/server/policy-signals.ts';
import { readings } from '#lib/server/watchlist.ts';
import type { ConsumerDeps } from './consumer.ts';

interface PolicySignalsOptions extends ConsumerDeps {
	/** Names this process in leases. */
	holder: string;
	/** How often the desk is asked what is due, ms. */
	every?: number;
}

const LOOK_MS = 1_000;
/** Longer than a document can take; a process that died gives it back after it. */
const LEASE_MS = 5 * 60_000;
/** A document that an error of ours keeps from being read waits so long. */
const LATER_MS = 60_000;
const AT_ONCE = 100;

const payload = z.object({ service: z.string(), document: z.string() });

export class PolicySignals {
	readonly #options: PolicySignalsOptions;
	readonly #current: ReturnType<typeof readings>;
	#looking: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | undefined;
	#stopped = false;

	constructor(options: PolicySignalsOptions) {
		this.#options = options;
		this.#current = readings(options.desk);
	}

	start(): void {
		this.#looking = this.look().finally(() => {
			if (!this.#stopped) this.#timer = setTimeout(() => this.start(), this.#options.every ?? LOOK_MS);
		});
	}

	/** Finishes the document in hand; what is due stays due. */
	async close(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#looking;
	}

	/** Derives what is due, one document after the other. Never rejects. */
	async look(): Promise<void> {
		const { desk, logger, now } = this.#options;
		try {
			// Not what fell due this very millisecond: a timer that is set again in it would be taken for the one that is done.
			for (const timer of await desk.timers.due(now() - 1, AT_ONCE, TIMERS)) {
				if (this.#stopped) return;
				await this.#claimed(timer);
			}
		} catch (error) {
			if (isProblem(error)) logger.warn({ err: error }, 'signals of policies wait');
			else logger.error({ err: error }, 'signals of policies could not be derived');
		}
	}

	async #claimed({ name, ...found }: Timer): Promise<void> {
		const { desk, holder, now, logger } = this.#options;
		const of = payload.parse(found.payload);
		const lease = `${TIMERS}${JSON.stringify([of.service, of.document])}`;
		if (!(await desk.leases.claim(lease, holder, LEASE_MS, now()))) return;
		try {
			// Another process may have been here since it was found due.
			const timer = await desk.timers.get(name);
			if (!timer || timer.due !== found.due) return;
			await this.#derived(timer, of);
		} catch (error) {
			if (isProblem(error) && error.retryable) throw error;
			logger.error({ err: error, ...of }, 'signals of a policy could not be derived');
			await desk.timers.set({ name, due: now() + LATER_MS, payload: of });
		} finally {
			await desk.leases.release(lease, holder);
		}
	}

	/** The next timer is set before this one is done: killed in between, the document is derived once more, to the same rows. */
	async #derived({ name, due }: Timer, of: z.output<typeof payload>): Promise<void> {
		const { store, desk, now } = this.#options;
		const reading = await this.#current();
		// Of a changed watchlist the comparisons are not stored yet; pages then need not make them at every request.
		await deriveChanges(store, of, { reading });
		const wake = await derivePolicySignals(store, of, { now: now(), reading });
		if (wake !== null) await desk.timers.set(whenHeld(of, wake));
		await desk.timers.done(name, due);
	}
}
