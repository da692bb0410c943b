/** Policies that changed last, for the first page: each document's newest change that is confirmed or not decided. */
import type { Verdict } from '#lib/domain/policies/timeline.ts';
import type { Reading } from '#lib/server/policy-changes.ts';
import { policyRecord } from '#lib/server/policy-record.ts';
import type { PolicyDocument } from '#lib/server/store/policies.ts';
import type { Store } from '#lib/server/store/store.ts';
import type { Names } from './names.ts';
import { named, type NamedChange } from './policies/named.ts';
import { keyOf } from './policies/record.ts';

export interface ChangedPolicy extends NamedChange {
	/** Every change of the document in the days shown, noise too; ms. */
	marks: { at: number; verdict: Verdict }[];
}

/** Some of those that changed last turn out to be noise. */
const LOOKED_AT = 6;
const MOST = 3;
const DAYS = 183;
const DAY = 86_400_000;

export async function changedPolicies(
	store: Store,
	documents: readonly PolicyDocument[],
	{
		now,
		asOf,
		reading,
		names
	}: { now: number; asOf?: string; reading: Reading; names: Pick<Names, 'organisation'> }
): Promise<ChangedPolicy[]> {
	const looked = documents
		.filter(({ changed }) => changed !== null)
		.sort((a, b) => ((a.changed ?? '') > (b.changed ?? '') ? -1 : 1))
		.slice(0, LOOKED_AT);
	const record = await policyRecord(store, looked, { now, asOf, reading });
	return [...Map.groupBy(record, keyOf).values()]
		.flatMap((own): ChangedPolicy[] => {
			const newest = own.find(({ verdict }) => verdict === 'confirmed' || verdict === 'pending');
			const marks = own
				.map(({ at, verdict }) => ({ at: Date.parse(at), verdict }))
				.filter(({ at }) => at > now - DAYS * DAY);
			return newest && marks.length ? [{ ...named(newest, names), marks }] : [];
		})
		.slice(0, MOST);
}
