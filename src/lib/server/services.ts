/**
 * What a process has opened and hands to the web handler. The handler is bundled apart from the ingest code, so the two share this
 * one object through the process and not through a module.
 */
import type { Config } from './config.ts';
import type { Desk } from './desk/desk.ts';
import type { EventLog } from './log/log.ts';
import type { Logger } from './logger.ts';
import type { Store } from './store/store.ts';
import type { Changes } from './changes.ts';
import type { Reading } from './watchlist.ts';
import type { Previews } from './fetch/previews.ts';
import type { Budget } from './doors/body.ts';
import type { HealthBoard } from './health.ts';

export interface Services {
	config: Config;
	logger: Logger;
	log: EventLog;
	store: Store;
	desk: Desk;
	/** Tells open pages what has become readable. */
	changes: Changes;
	health: HealthBoard;
	/** Whom the product watches at this moment. Rejects with `desk-unavailable`. */
	reading(): Promise<Reading>;
	/** Looks at what somebody would watch. */
	previews: Omit<Previews, 'close'>;
	/** What pushes may hold in memory. */
	pushes: Budget;
	/** Prometheus text. */
	metrics(): Promise<string>;
	/** Null when ready, else what is still missing, in words. */
	notReady(): string | null;
}

const slot = Symbol.for('telltale.services');
const shared = globalThis as { [slot]?: Services | undefined };

export function provide(services: Services): void {
	shared[slot] = services;
}

/** Throws where nothing was provided: the web handler runs only inside `ingest/main.ts`. */
export function services(): Services {
	const provided = shared[slot];
	if (!provided) throw new Error('the web handler was started without ingest/main.ts');
	return provided;
}
