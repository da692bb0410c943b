/** What policy documents say of pairs: changes of one's document that touch words which name another. */
import { pairOf, type ClauseEvidence } from '#lib/domain/partnerships/pairs.ts';
import { formatInstant } from '#lib/domain/time.ts';
import { readAllChanges, type DocumentChange, type Reading } from './policy-changes.ts';
import { documents } from './store/policies.ts';
import type { Store } from './store/store.ts';

interface ClauseOptions {
	/** The party of each organisation that is watched. */
	parties: ReadonlyMap<string, string>;
	reading: Reading;
	/** Clock by which verdicts are given, ms. */
	now: number;
	asOf?: string | undefined;
}

/**
 * Changes that are confirmed or may still be; flaps, broken captures and technical ones are none. A document whose service is nobody on
 * the watchlist is left out. What several collectors saw is told once, as the first one saw it.
 */
export async function clauseEvidence(
	store: Store,
	{ parties, reading, now, asOf }: ClauseOptions
): Promise<ClauseEvidence[]> {
	const known = asOf === undefined ? {} : { asOf };
	const watched = (await documents(store, known)).flatMap(({ service, document }) => {
		const [own] = reading.matcher.mentions(service);
		const party = own && parties.get(own.organisation);
		return party === undefined ? [] : [{ service, document, party }];
	});
	const changes = await readAllChanges(store, watched, { now, reading, ...known });
	const found = watched.flatMap((of, i) =>
		(changes[i] ?? []).flatMap((change) => naming(of, change, parties))
	);
	const told = new Map<string, ClauseEvidence>();
	for (const one of found.sort((a, b) => (a.at < b.at ? -1 : 1))) {
		const key = JSON.stringify([one.service, one.document, one.names, one.kind, one.text]);
		if (!told.has(key)) told.set(key, one);
	}
	return [...told.values()];
}

function naming(
	{ service, document, party }: { service: string; document: string; party: string },
	{ version, diff }: DocumentChange,
	parties: ReadonlyMap<string, string>
): ClauseEvidence[] {
	return diff.changes.flatMap(({ before, after, organisations }) =>
		organisations.flatMap(({ organisation, direction }): ClauseEvidence[] => {
			const names = parties.get(organisation);
			const own = version.mentions.find((mention) => mention.organisation === organisation);
			const { verdict } = own ?? version;
			const clause = after ?? before;
			if (names === undefined || names === party || !clause) return [];
			if (verdict !== 'confirmed' && verdict !== 'pending') return [];
			return [
				{
					pair: pairOf(party, names),
					at: formatInstant(version.at),
					verdict,
					service,
					document,
					names,
					kind: after ? 'in' : 'out',
					direction,
					heading: clause.heading,
					text: clause.text
				}
			];
		})
	);
}
