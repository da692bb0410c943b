/** What commands open: each part when it is first needed, all closed at the end. */
import { mkdirSync } from 'node:fs';
import { readConfig, type Config } from '#lib/server/config.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { createLogger, type Logger } from '#lib/server/logger.ts';
import type { Store } from '#lib/server/store/store.ts';
import { openDeskOf, openLog, openStoreOf } from '../product.ts';

export interface CommandParts {
	config: Config;
	logger: Logger;
	log(): Promise<EventLog>;
	desk(): Promise<Desk>;
	/** The engine of a product that runs on the data folder or, where none does, one for as long as the command takes. */
	store(): Promise<Store>;
}

/** Runs `work` and closes what it opened. Commands say what they have to say themselves: the log only has warnings. */
export async function withParts<T>(
	env: NodeJS.ProcessEnv,
	work: (parts: CommandParts) => Promise<T>
): Promise<T> {
	const config = readConfig({ ...env, LOG_LEVEL: env['LOG_LEVEL'] ?? 'warn' });
	const logger = createLogger(config.logLevel);
	const opened: { close(): Promise<void> }[] = [];
	const once = <P extends { close(): Promise<void> }>(open: () => Promise<P>) => {
		let part: Promise<P> | undefined;
		return () =>
			(part ??= open().then((ready) => {
				opened.push(ready);
				return ready;
			}));
	};
	if (!config.kafka || !config.clickhouse || !config.database)
		mkdirSync(config.data, { recursive: true, mode: 0o700 });
	try {
		return await work({
			config,
			logger,
			log: once(() => openLog(config, logger)),
			desk: once(() => openDeskOf(config, logger)),
			store: once(() => storeBeside(config, logger))
		});
	} finally {
		for (const part of opened.reverse()) await part.close();
	}
}

async function storeBeside(config: Config, logger: Logger): Promise<Store> {
	if (config.clickhouse) return openStoreOf(config, logger);
	try {
		const store = await openStoreOf(config, logger, true);
		await store.ping();
		return store;
	} catch (error) {
		if (!isProblem(error, 'store-unavailable')) throw error;
		return openStoreOf(config, logger);
	}
}
