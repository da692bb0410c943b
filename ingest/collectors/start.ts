/** Starts what goes out to read, one a kind of source. */
import type { Desk } from '#lib/server/desk/desk.ts';
import { newHolder } from '#lib/server/desk/lease.ts';
import { createFetcher, type Fetcher } from '#lib/server/fetch/fetcher.ts';
import type { HealthBoard } from '#lib/server/health.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import type { Logger } from '#lib/server/logger.ts';
import { FeedReader } from './feeds/reader.ts';
import { FeedCollector } from './feeds/schedule.ts';
import { PolicyCollector } from './policies/schedule.ts';
import { Reader } from './policies/reader.ts';
import { createRenderer } from './policies/render.ts';

interface CollectorOptions {
	log: Pick<EventLog, 'append'>;
	desk: Desk;
	health: HealthBoard;
	logger: Logger;
	/** Milliseconds. */
	now: () => number;
	/** Networks that may be reached although they are not public (TELLTALE_FETCH_ALLOW). */
	allow: readonly string[];
	fetcher?: Fetcher;
	random?: () => number;
}
export interface Collectors {
	/** Ends what is under way; what was due stays due. */
	close(): Promise<void>;
}

/** Throws `configuration` where `allow` names no network. */
export function startCollectors(options: CollectorOptions): Collectors {
	const { now, allow, random = Math.random } = options;
	const fetcher = options.fetcher ?? createFetcher({ allow, now, random });
	const renderer = createRenderer({ fetcher, allow, now });
	const reader = new Reader();
	const feedReader = new FeedReader();
	const shared = { ...options, fetcher, random, holder: newHolder() };
	const policies = new PolicyCollector({
		...shared, render: renderer.render, extract: (fetched, rules) => reader.read(fetched, rules)
	}); // prettier-ignore
	const feeds = new FeedCollector({
		...shared,
		read: (bytes, context) => feedReader.read(bytes, context),
		readPage: (page) => feedReader.readPage(page)
	});
	policies.start();
	feeds.start();
	return {
		close: async () => {
			const stopped = Promise.all([policies.close(), feeds.close()]);
			await Promise.all([reader.close(), feedReader.close()]);
			await stopped;
			await renderer.close();
		}
	};
}
