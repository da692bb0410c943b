/**
 * policies: a text is stored once, and every time it was seen; then what lies between the texts of the documents touched is compared, and
 * their signals are due (policy-signals.ts).
 */
import { createHash } from 'node:crypto';
import { logChecks, type PolicyEvent } from '#lib/domain/events.ts';
import { deriveChanges } from '#lib/server/policy-changes.ts';
import { whenRead } from '#lib/server/policy-signals.ts';
import { insertPolicies, type PolicyRow } from '#lib/server/store/policies.ts';
import { readings } from '#lib/server/watchlist.ts';
import { letterOf, positionOf, readBatch, storeAll, tokenOf, type Placed } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';

export function policiesConsumer({ store, desk, now }: ConsumerDeps): Consumer {
	const current = readings(desk);
	return async (batch) => {
		const placed = await readBatch(batch, logChecks.policies, desk.deadLetters);
		await storeAll(
			placed,
			tokenOf(batch),
			(some, token) => insertPolicies(store, some.map(rowOf), token),
			({ event, record, row }, message) =>
				desk.deadLetters.put([
					letterOf('policies', record, row, Buffer.from(JSON.stringify(event)), [{ path: '', message }])
				])
		);
		const touched = new Map(
			placed.map(({ event: { service, document } }) => [
				JSON.stringify([service, document]),
				{ service, document }
			])
		);
		const reading = await current();
		for (const of of touched.values()) {
			await deriveChanges(store, of, { reading });
			await desk.timers.set(whenRead(of, now()));
		}
	};
}

const rowOf = ({ event, record, row }: Placed<PolicyEvent>): PolicyRow => ({
	event,
	hash: createHash('sha256').update(event.text).digest('hex'),
	accepted: record.accepted,
	position: positionOf(record, row),
	origin: record.header?.origin ?? 'door'
});
