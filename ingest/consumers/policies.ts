/** policies: a text is stored once, and every time it was seen. What lies between two texts is compared when it is read. */
import { createHash } from 'node:crypto';
import { logChecks } from '#lib/domain/events.ts';
import { insertPolicies } from '#lib/server/store/policies.ts';
import { letterOf, positionOf, readBatch, storeAll, tokenOf } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';

export function policiesConsumer({ store, desk }: ConsumerDeps): Consumer {
	return async (batch) =>
		storeAll(
			await readBatch(batch, logChecks.policies, desk.deadLetters),
			tokenOf(batch),
			(placed, token) =>
				insertPolicies(
					store,
					placed.map(({ event, record, row }) => ({
						event,
						hash: createHash('sha256').update(event.text).digest('hex'),
						accepted: record.accepted,
						position: positionOf(record, row),
						origin: record.header?.origin ?? 'door'
					})),
					token
				),
			({ event, record, row }, message) =>
				desk.deadLetters.put([
					letterOf('policies', record, row, Buffer.from(JSON.stringify(event)), [{ path: '', message }])
				])
		);
}
