/** Once a second: asks a store that is not ours to supervise whether it answers, and writes down what was noted of health. */
import { setTimeout as pause } from 'node:timers/promises';
import { isProblem } from '#lib/server/errors.ts';
import type { HealthBoard } from '#lib/server/health.ts';
import type { Logger } from '#lib/server/logger.ts';
import type { Store } from '#lib/server/store/store.ts';

const EVERY_MS = 1_000;

interface PulseOptions {
	/** Null where its engine is supervised and says by itself when it is down. */
	store: Pick<Store, 'ping'> | null;
	health: Pick<HealthBoard, 'flush'>;
	logger: Logger;
}

/** Without it a process that nobody asks for data would go on saying what its last request met. */
export function startPulse({ store, health, logger }: PulseOptions): { close(): Promise<void> } {
	const stop = new AbortController();
	const beat = async (what: () => Promise<void> | undefined) => {
		try {
			await what();
		} catch (error) {
			// What cannot be reached shows where it is asked for: in the store's status, in the age of what the desk has.
			if (!isProblem(error)) logger.warn({ err: error }, 'a beat was missed');
		}
	};
	const run = async () => {
		while (!stop.signal.aborted) {
			await beat(() => store?.ping());
			await beat(() => health.flush());
			await pause(EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
		}
	};
	const running = run();
	return {
		close() {
			stop.abort();
			return running;
		}
	};
}
