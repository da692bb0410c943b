/** Waiting that can be cut short, and trying again. */
import { Problem } from '../errors.ts';
import type { Batch, ConsumeOptions } from './log.ts';

/** Wakes whoever waits. */
export interface Bell {
	ring(): void;
	/** Resolves at the next ring, or after `ms`. */
	wait(ms: number): Promise<void>;
}

export function createBell(): Bell {
	const waiting = new Set<() => void>();
	return {
		ring() {
			for (const wake of [...waiting]) wake();
		},
		wait: (ms) =>
			new Promise((resolve) => {
				const wake = () => {
					clearTimeout(timer);
					waiting.delete(wake);
					resolve();
				};
				const timer = setTimeout(wake, ms);
				waiting.add(wake);
			})
	};
}

/** Milliseconds to wait after the n-th failure in a row (from 1): 0.1 s doubling to 10 s, of which between half and all. */
export const backoff = (failures: number, random: () => number = Math.random): number =>
	Math.min(10_000, 100 * 2 ** (failures - 1)) * (0.5 + random() / 2);

/** Settles as `promise` does, or after `ms` rejects with `log-unavailable`. */
export async function within<T>(ms: number, promise: Promise<T>, otherwise: string): Promise<T> {
	const { promise: late, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new Problem('log-unavailable', otherwise)), ms);
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Tells `onError` of every failure, and once, with null, that it works again. */
export interface Report {
	failed(error: unknown): void;
	works(): void;
}

export function createReport(onError: ConsumeOptions['onError']): Report {
	let failing = false;
	return {
		failed(error) {
			failing = true;
			onError?.(error);
		},
		works() {
			if (failing) onError?.(null);
			failing = false;
		}
	};
}

/**
 * Calls the handler with the same batch until it succeeds, backing off in between. False when `over` put an end to it first: then
 * nothing may be committed.
 */
export async function untilHandled(
	batch: Batch,
	handler: ConsumeOptions['handler'],
	{ report, over, bell }: { report: Report; over(): boolean; bell: Bell }
): Promise<boolean> {
	for (let failures = 1; ; failures++) {
		try {
			await handler(batch);
			report.works();
			return true;
		} catch (error) {
			// What a handler says because its partition was taken away is no failure of it.
			if (!batch.stale()) report.failed(error);
		}
		if (!over()) await bell.wait(backoff(failures));
		if (over()) return false;
	}
}
