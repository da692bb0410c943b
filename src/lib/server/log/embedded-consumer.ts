/** One subscription to a topic of the embedded log: stand by, read, linger, hand over, commit. */
import type { Logger } from '../logger.ts';
import type { Chunk, LogFile, Position } from './embedded-file.ts';
import type { Lease, LeaseKeeper } from './embedded-lease.ts';
import { asProblem } from './embedded-problem.ts';
import type { Batch, ConsumeOptions, Subscription } from './log.ts';
import { backoff, createBell, createReport, untilHandled } from './wait.ts';

/** How often a subscription that stands by looks whether the lease is free. */
const STANDBY_MS = 250;
/** A subscription that has read everything is woken by appends; this is only the longest it sleeps. */
const IDLE_MS = 60_000;

export interface Consumer extends Subscription {
	/** Something may have been appended. */
	wake(): void;
}

export function startConsumer(
	{ file, leases, logger, name }: { file: LogFile; leases: LeaseKeeper; logger: Logger; name: string },
	options: ConsumeOptions
): Consumer {
	const { group, topic, handler, lingerMs = 250, maxEvents = 100_000, maxBytes = 32 * 1024 * 1024 } = options;
	const bell = createBell();
	const report = createReport(options.onError);
	let lease: Lease | null = null;
	let closing = false;

	/** Waits for more than the end of the topic, until the batch is full or its time is up. */
	const linger = async (from: Position) => {
		const deadline = performance.now() + lingerMs;
		for (;;) {
			const { events, bytes } = file.end(topic);
			const left = deadline - performance.now();
			if (closing || left <= 0 || events - from.events >= maxEvents || bytes - from.bytes >= maxBytes) return;
			await bell.wait(left);
		}
	};

	const handOver = async ({ records, next, caughtUp }: Chunk, held: Lease) => {
		const stale = () => !held.held();
		const batch: Batch = { topic, partition: 0, records, caughtUp, stale, assignment: held };
		const handled = await untilHandled(batch, handler, { report, bell, over: () => closing || stale() });
		if (!handled || stale()) return false;
		const committed = file.commit(group, topic, next, held.holder);
		if (!committed) held.lost();
		return committed;
	};

	/** Consumes while the lease is held. */
	const follow = async (held: Lease) => {
		let position = file.committed(group, topic);
		while (!closing && held.held()) {
			const waiting = file.end(topic).offset > position.offset;
			if (!waiting) {
				await bell.wait(IDLE_MS);
				continue;
			}
			let chunk = file.read(topic, position, maxEvents, maxBytes);
			if (chunk.caughtUp && lingerMs > 0) {
				await linger(position);
				if (closing || !held.held()) return;
				chunk = file.read(topic, position, maxEvents, maxBytes);
			}
			if (await handOver(chunk, held)) position = chunk.next;
		}
	};

	const run = async () => {
		let failures = 0;
		while (!closing) {
			try {
				lease = leases.claim(group, topic);
				if (!lease) await bell.wait(STANDBY_MS);
				else {
					logger.debug({ group, topic }, 'consuming');
					await follow(lease);
					if (!closing) logger.warn({ group, topic }, 'lost the lease, standing by');
				}
				if (failures > 0) report.works();
				failures = 0;
			} catch (error) {
				report.failed(asProblem(error, name));
				logger.warn({ err: error, group, topic }, 'the event log cannot be read');
				await bell.wait(backoff(++failures));
			} finally {
				giveBack();
			}
		}
	};

	const giveBack = () => {
		try {
			lease?.release();
		} catch (error) {
			// It runs out by itself.
			logger.warn({ err: error, group, topic }, 'cannot give back a lease of the event log');
		}
		lease = null;
	};

	const running = run();
	return {
		active: () => lease?.held() ?? false,
		wake: bell.ring,
		close() {
			closing = true;
			bell.ring();
			return running;
		}
	};
}
