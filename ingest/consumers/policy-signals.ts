/**
 * Derives the signals of policy documents when something of them was stored and when a hold ends: timers on the desk say what is due, a
 * lease lets one process derive, and a timer stays until its signals are in the store.
 */
import { z } from 'zod';
import type { Timer } from '#lib/server/desk/desk.ts';
import { Lease } from '#lib/server/desk/lease.ts';
import { isProblem } from '#lib/server/errors.ts';
import { deriveChanges } from '#lib/server/policy-changes.ts';
import { derivePolicySignals, TIMERS, whenHeld } from '#lib/server/policy-signals.ts';
import { readings } from '#lib/server/watchlist.ts';
import { BackgroundWorker, type BackgroundOptions } from '../background-worker.ts';
import type { ConsumerDeps } from './consumer.ts';

type PolicySignalsOptions = ConsumerDeps & BackgroundOptions;

/** A document that an error of ours keeps from being read waits so long. */
const LATER_MS = 60_000;
const AT_ONCE = 100;

const payload = z.object({ service: z.string(), document: z.string() });

export class PolicySignals extends BackgroundWorker<PolicySignalsOptions> {
	readonly #current: ReturnType<typeof readings>;

	constructor(options: PolicySignalsOptions) {
		super(options, { name: 'signals of policies', every: 1_000 });
		this.#current = readings(options.desk);
	}

	/** Derives what is due, one document after the other; what a stop leaves stays due. */
	protected async turn(signal: AbortSignal): Promise<void> {
		const { desk, now } = this.options;
		// Not what fell due this very millisecond: a timer that is set again in it would be taken for the one that is done.
		for (const timer of await desk.timers.due(now() - 1, AT_ONCE, TIMERS)) {
			if (signal.aborted) return;
			const { service, document } = payload.parse(timer.payload);
			const lease = new Lease(this.options, `${TIMERS}${JSON.stringify([service, document])}`);
			await lease.once((lost) => this.#derive(timer, { service, document }, lost));
		}
	}

	async #derive(found: Timer, of: z.output<typeof payload>, lost: AbortSignal): Promise<void> {
		const { desk, now, logger } = this.options;
		const { name, due } = found;
		try {
			// Another process may have been here since it was found due.
			const timer = await desk.timers.get(name);
			if (timer?.due === due) await this.#derived(timer, of, lost);
		} catch (error) {
			if (isProblem(error) && error.retryable) throw error;
			logger.error({ err: error, ...of }, 'signals of a policy could not be derived');
			await desk.timers.set({ name, due: now() + LATER_MS, payload: of });
		}
	}

	/** The next timer is set before this one is done: killed in between, the document is derived once more, to the same rows. */
	async #derived({ name, due }: Timer, of: z.output<typeof payload>, lost: AbortSignal): Promise<void> {
		const { store, desk, now } = this.options;
		const reading = await this.#current();
		// Of a changed watchlist the comparisons are not stored yet; pages then need not make them at every request.
		await deriveChanges(store, of, { reading });
		const wake = await derivePolicySignals(store, of, { now: now(), reading });
		if (lost.aborted) return;
		if (wake !== null) await desk.timers.set(whenHeld(of, wake));
		await desk.timers.done(name, due);
	}
}
