/** Prometheus metrics of this process. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Desk } from '#lib/server/desk/desk.ts';
import { readSources } from '#lib/server/sources.ts';
import type { Store } from '#lib/server/store/store.ts';

export interface Metrics {
	/** Events that a consumer of this process has stored. */
	stored: Counter<'topic'>;
	/** Batches that a consumer of this process could not store at once. */
	failed: Counter<'topic'>;
	render(): Promise<string>;
}

export function createMetrics({
	desk,
	store,
	now
}: {
	desk: Desk;
	store: Pick<Store, 'status'>;
	now: () => number;
}): Metrics {
	const registry = new Registry();
	const registers = [registry];
	const stored = new Counter({
		name: 'telltale_events_stored_total',
		help: 'Events stored by this process',
		labelNames: ['topic'],
		registers
	});
	const failed = new Counter({
		name: 'telltale_batches_failed_total',
		help: 'Batches that had to be tried again',
		labelNames: ['topic'],
		registers
	});
	const lag = new Gauge({
		name: 'telltale_lag_events',
		help: 'Events accepted but not yet readable',
		labelNames: ['topic'],
		registers
	});
	const letters = new Gauge({
		name: 'telltale_dead_letters',
		help: 'Dead letters by state',
		labelNames: ['state'],
		registers
	});
	const up = new Gauge({ name: 'telltale_store_up', help: '1 while the store answers', registers });
	const restarts = new Gauge({
		name: 'telltale_store_restarts',
		help: 'How often the engine was started again',
		registers
	});
	let watched = false;
	return {
		stored,
		failed,
		async render() {
			// Watching the event loop wakes the process a hundred times a second: not before somebody scrapes.
			if (!watched) collectDefaultMetrics({ register: registry });
			watched = true;
			const [sources, counts] = await Promise.all([readSources({ desk }, now()), desk.deadLetters.count()]);
			lag.reset();
			for (const { id, lag: waiting } of sources)
				if (typeof waiting === 'number') lag.set({ topic: id }, waiting);
			for (const [state, count] of Object.entries(counts)) letters.set({ state }, count);
			const status = store.status();
			up.set(status.up ? 1 : 0);
			restarts.set(status.restarts);
			return registry.metrics();
		}
	};
}
