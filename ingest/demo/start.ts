/** The demo on an empty start. */
import { setTimeout as wait } from 'node:timers/promises';
import { dayOf } from '#lib/domain/time.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { demoState } from '#lib/server/demo/state.ts';
import { isProblem } from '#lib/server/errors.ts';
import { LOG_TOPICS, type EventLog } from '#lib/server/log/log.ts';
import type { Logger } from '#lib/server/logger.ts';
import { overview } from '#lib/server/store/overview.ts';
import type { Store } from '#lib/server/store/store.ts';
import { loadDemo } from './load.ts';
import { scenario } from './scenario.ts';

/** So long the start waits for the demo to be readable; after that it comes in while pages are read. */
const READABLE_MS = 4_000;

interface Options {
	log: EventLog;
	store: Store;
	desk: Desk;
	logger: Logger;
	now: () => number;
	/** Of the consumers that store it. */
	group: string;
}

/**
 * Loads the demo where the store is empty or an earlier start was killed while loading it. Resolves once it can be read or after a few
 * seconds, to a function that waits until it is loaded. A demo that cannot be loaded is said in the log and ends no start.
 */
export async function startDemo(options: Options): Promise<() => Promise<void>> {
	const { log, store, desk, logger, now } = options;
	const { body } = await demoState(desk);
	const wanted = body === null ? await isEmpty(store) : !body.loaded && !body.cleared;
	if (!wanted) return () => Promise.resolve();
	const loading = loadDemo({ log, desk, scenario: scenario({ today: dayOf(now()) }), now }).then(
		() => undefined,
		(error: unknown) => {
			if (!isProblem(error)) throw error;
			logger.warn({ err: error }, 'the demo could not be loaded');
		}
	);
	const end = now() + READABLE_MS;
	await Promise.race([loading, wait(READABLE_MS)]);
	while (now() < end && !(await isReadable(options))) await wait(25);
	return () => loading;
}

const isEmpty = async (store: Store): Promise<boolean> =>
	(await overview(store)).every(({ rows }) => rows === 0);

/** Whether consumers have stored all of it. */
async function isReadable({ desk, log, group }: Options): Promise<boolean> {
	if ((await demoState(desk)).body?.loaded !== true) return false;
	const lags = await Promise.all(LOG_TOPICS.map((topic) => log.lag(group, topic)));
	return lags.flat().every(({ committed, end }) => committed >= end);
}
