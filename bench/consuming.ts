/** The product's own consumers over a log, as `ingest` runs them, with an eye on when they begin and how far they are. */
import { join } from 'node:path';
import { openDesk } from '#lib/server/desk/open.ts';
import { HealthBoard } from '#lib/server/health.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import type { Store } from '#lib/server/store/store.ts';
import { startConsumers } from '../ingest/consumers/start.ts';
import { Meter } from '../ingest/meter.ts';
import { createMetrics } from '../ingest/metrics.ts';

export const quiet = createLogger('silent');

export interface Consuming {
	/** When the first batch was handed over, by `performance.now()`; undefined before. */
	began(): number | undefined;
	/** Resolves once so many events of traffic are stored. */
	stored(events: number): Promise<void>;
	close(): Promise<void>;
}

/** Starts them; the desk is a new one in `folder`. */
export async function consume(
	log: EventLog,
	store: Store,
	folder: string,
	group: string
): Promise<Consuming> {
	const now = Date.now;
	const desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: quiet });
	const health = new HealthBoard(desk.health, now);
	const meter = new Meter({ log, desk, logger: quiet, group, now, onError: () => undefined });
	const metrics = createMetrics({ desk, store, now });
	let began: number | undefined;
	let events = 0;
	let bell = Promise.withResolvers<undefined>();
	const watched: EventLog = {
		...log,
		consume: (options) =>
			log.consume({
				...options,
				async handler(batch) {
					began ??= performance.now();
					await options.handler(batch);
					for (const { header } of batch.records) events += header?.events ?? 1;
					bell.resolve(undefined);
					bell = Promise.withResolvers();
				}
			})
	};
	await meter.start();
	const consumers = await startConsumers({
		log: watched,
		store,
		desk,
		logger: quiet,
		now,
		health,
		metrics,
		meter,
		group
	});
	return {
		began: () => began,
		async stored(wanted) {
			while (events < wanted) await bell.promise;
		},
		async close() {
			await consumers.close();
			await meter.close();
			await desk.close();
		}
	};
}
