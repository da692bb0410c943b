/** Starts one consumer a topic, and what derives when the clock decides; keeps what is known of each. */
import { newHolder } from '#lib/server/desk/lease.ts';
import type { HealthBoard } from '#lib/server/health.ts';
import {
	isDerived,
	LOG_TOPICS,
	type Batch,
	type EventLog,
	type Subscription,
	type Topic
} from '#lib/server/log/log.ts';
import type { Meter } from '../meter.ts';
import { withoutClearedDemo } from '../demo/skip.ts';
import type { Metrics } from '../metrics.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';
import { newsConsumer } from './news.ts';
import { policiesConsumer } from './policies.ts';
import { PolicySignals } from './policy-signals.ts';
import { ReReading } from './re-reading.ts';
import { storiesConsumer } from './stories.ts';
import { trafficConsumer } from './traffic.ts';
import { UnwatchedSearch } from './unwatched.ts';

interface StartOptions extends ConsumerDeps {
	log: EventLog;
	health: HealthBoard;
	metrics: Metrics;
	meter: Meter;
	group: string;
}
export interface Consumers {
	/** Lets every handler finish and commits. */
	close(): Promise<void>;
}

export async function startConsumers(options: StartOptions): Promise<Consumers> {
	const { log, desk, health, metrics, meter, group } = options;
	const consumers: Record<Topic, Consumer> = {
		news: newsConsumer(options),
		policies: policiesConsumer(options),
		traffic: trafficConsumer(options),
		articles: storiesConsumer(options)
	};
	const consume = (topic: Topic): Promise<Subscription> => {
		const store = withoutClearedDemo(consumers[topic], desk);
		return log.consume({
			group,
			topic,
			// What is derived has waited for company once already.
			...(isDerived(topic) && { lingerMs: 0 }),
			handler: async (batch) => {
				await store(batch);
				await meter.stored(topic, batch.partition, (batch.records.at(-1)?.offset ?? -1) + 1);
				metrics.stored.inc({ topic }, eventsIn(batch));
				health.note(topic, 'topic', null);
			},
			onError: (error) => {
				if (error !== null) metrics.failed.inc({ topic });
				health.note(
					topic,
					'topic',
					error === null ? null : error instanceof Error ? error.message : String(error)
				);
			}
		});
	};
	const subscriptions = await Promise.all(LOG_TOPICS.map(consume));
	const holder = newHolder();
	const background = [PolicySignals, ReReading, UnwatchedSearch].map(
		(Work) => new Work({ ...options, holder })
	);
	for (const work of background) work.start();
	return {
		close: async () => {
			await Promise.all(subscriptions.map((subscription) => subscription.close()));
			await Promise.all(background.map((work) => work.close()));
		}
	};
}

const eventsIn = ({ records }: Batch): number =>
	records.reduce((sum, { header }) => sum + (header?.events ?? 1), 0);
