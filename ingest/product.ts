/** Opens what a form of the product needs, starts its consumers, and closes all of it in order. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Changes } from '#lib/server/changes.ts';
import type { Config } from '#lib/server/config.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { Budget } from '#lib/server/doors/body.ts';
import { createFetcher } from '#lib/server/fetch/fetcher.ts';
import { createPreviews } from '#lib/server/fetch/previews.ts';
import { HealthBoard } from '#lib/server/health.ts';
import { openEmbeddedLog } from '#lib/server/log/embedded.ts';
import { openKafkaLog } from '#lib/server/log/kafka.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import type { Logger } from '#lib/server/logger.ts';
import type { Services } from '#lib/server/services.ts';
import { migrate } from '#lib/server/store/migrate.ts';
import { openStore } from '#lib/server/store/open.ts';
import type { Store } from '#lib/server/store/store.ts';
import { readings } from '#lib/server/watchlist.ts';
import { startCollectors } from './collectors/start.ts';
import { startConsumers, type Consumers } from './consumers/start.ts';
import { startDemo } from './demo/start.ts';
import { claimFolder } from './folder.ts';
import { Meter } from './meter.ts';
import { createMetrics } from './metrics.ts';
import { startPulse } from './pulse.ts';

export type Form = 'start' | 'ingest' | 'web';

/** The consumer group that fills the store. */
export const GROUP = 'telltale-store';
/** The log is taken for unreachable when it could not be measured for so long. */
const LOG_SILENT_MS = 5_000;

export interface Product {
	services: Services;
	/** Everything is wired: from now on `notReady` tells the truth. */
	ready(): void;
	close(): Promise<void>;
}

export const openLog = (config: Config, logger: Logger): Promise<EventLog> => {
	const options = { writer: `telltale@${hostname()}`, logger };
	return config.kafka
		? openKafkaLog(config.kafka, options)
		: openEmbeddedLog(join(config.data, 'log.sqlite'), options);
};
/** `attach`: to the engine that a running product has, instead of starting one. */
export const openStoreOf = (config: Config, logger: Logger, attach = false): Promise<Store> =>
	openStore({ at: config.clickhouse ?? { folder: join(config.data, 'engine'), attach }, logger });
export const openDeskOf = (config: Config, logger: Logger): Promise<Desk> =>
	openDesk(config.database ? { url: config.database } : { file: join(config.data, 'desk.sqlite') }, {
		logger
	});

/** Opens in parallel; whatever was opened is closed again when one of them fails. */
export async function open(form: Form, config: Config, logger: Logger): Promise<Product> {
	const now = Date.now;
	const closers: (() => Promise<void> | void)[] = [];
	const close = async () => {
		for (const step of closers.splice(0).reverse()) {
			try {
				await step();
			} catch (error) {
				logger.error({ err: error }, 'a part could not be closed');
			}
		}
	};
	const kept = async <T extends { close(): Promise<void> }>(opening: Promise<T>): Promise<T> => {
		const part = await opening;
		closers.push(() => part.close());
		return part;
	};
	try {
		const embedded = !config.kafka || !config.clickhouse || !config.database;
		if (form === 'start' && embedded) closers.push(claimFolder(config.data));
		const opening = [
			kept(openDeskOf(config, logger)),
			kept(openStoreOf(config, logger, form === 'web')),
			kept(openLog(config, logger))
		] as const;
		await Promise.allSettled(opening);
		const [desk, store, log] = await Promise.all(opening);
		if (form !== 'web') await migrate(store);

		const health = new HealthBoard(desk.health, now);
		await health.load();
		const supervised = !config.clickhouse && form !== 'web';
		const pulse = startPulse({ store: supervised ? null : store, health, logger });
		closers.push(() => pulse.close());
		const metrics = createMetrics({ desk, store, now });
		let measured = now();
		const meter = new Meter({
			log, desk, logger, group: GROUP, now,
			round: async () => {
				measured = now();
				health.note('log', 'log', null);
				const { up, error } = store.status();
				health.note('store', 'store', up ? null : (error ?? 'the store does not answer'));
			},
			onError: (error) => health.note('log', 'log', error instanceof Error ? error.message : String(error))
		}); // prettier-ignore
		const changes = new Changes(() => desk.progress.all(), (error) => logger.warn({ err: error }, 'progress cannot be read')); // prettier-ignore
		closers.push(() => changes.close());

		let consumers: Consumers | undefined;
		if (form !== 'web') {
			await meter.start();
			closers.push(() => meter.close());
			consumers = await startConsumers({
				log,
				store,
				desk,
				logger,
				now,
				health,
				metrics,
				meter,
				group: GROUP
			});
			closers.push(() => consumers?.close());
			const collectors = startCollectors({ log, desk, health, logger, now, allow: config.fetchAllow });
			closers.push(() => collectors.close());
		}
		if (form === 'start' && config.demo)
			closers.push(await startDemo({ log, store, desk, logger, now, group: GROUP }));

		const previews = createPreviews(createFetcher({ allow: config.fetchAllow, now, random: Math.random }));
		closers.push(() => previews.close());
		let ready = false;
		const notReady = (): string | null => {
			if (!ready) return 'still starting';
			if (!store.status().up) return 'the store does not answer';
			if (form !== 'web' && now() - measured > LOG_SILENT_MS) return 'the log does not answer';
			return null;
		};
		const services: Services = {
			config, logger, log, store, desk, changes, health, reading: readings(desk), previews, pushes: new Budget(), metrics: () => metrics.render(), notReady
		}; // prettier-ignore
		return {
			services,
			ready: () => {
				ready = true;
			},
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}
