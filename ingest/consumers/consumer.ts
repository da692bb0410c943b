/** A consumer of a topic: stores a batch, then returns; the log commits. */
import type { Desk } from '#lib/server/desk/desk.ts';
import type { Batch } from '#lib/server/log/log.ts';
import type { Logger } from '#lib/server/logger.ts';
import type { Store } from '#lib/server/store/store.ts';

export interface ConsumerDeps {
	store: Store;
	desk: Desk;
	logger: Logger;
	now: () => number;
}

export type Consumer = (batch: Batch) => Promise<void>;
