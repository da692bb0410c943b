/** Consumers and the demo. */
import type { Documents } from '#lib/server/desk/desk.ts';
import { demoIsCleared } from '#lib/server/demo/state.ts';
import type { LogRecord } from '#lib/server/log/log.ts';
import type { Consumer } from '../consumers/consumer.ts';

/** A consumer that passes over the demo's records once it was cleared; they count as stored. */
export function withoutClearedDemo(
	consumer: Consumer,
	desk: { documents: Pick<Documents, 'get'> }
): Consumer {
	const cleared = demoIsCleared(desk);
	const isDemo = ({ header }: LogRecord) => header?.origin === 'demo';
	return async (batch) => {
		if (!batch.records.some(isDemo) || !(await cleared())) return consumer(batch);
		const records = batch.records.filter((record) => !isDemo(record));
		if (records.length > 0) await consumer({ ...batch, records, stale: () => batch.stale() });
	};
}
