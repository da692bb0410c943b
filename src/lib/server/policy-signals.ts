/** Signals from policy documents: derived of a document as a whole, by the loop that waits for holds to end and by the rebuild alike. */
import { partiesOf } from '#lib/domain/partnerships/pairs.ts';
import { policySignals, type PolicySignal } from '#lib/domain/partnerships/policy-signals.ts';
import { HOLD, HOLD_DOUBTED } from '#lib/domain/policies/verdicts.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { Timer } from './desk/desk.ts';
import { DIFFER, readChanges, type DocumentChange, type DocumentKey } from './policy-changes.ts';
import { signalId } from './signal-id.ts';
import { differences, type Into } from './store/derived.ts';
import { sightings, type Sighting } from './store/policies.ts';
import { insertSignals, signalsOfDocument, type SignalRow } from './store/signals.ts';
import type { Store } from './store/store.ts';
import type { Reading } from './watchlist.ts';

/** Timers of documents whose signals are to be derived; the payload names the document. */
export const TIMERS = 'signals/policy/';
const timer =
	(why: 'read' | 'hold') =>
	({ service, document }: DocumentKey, due: number): Timer => ({
		name: `${TIMERS}${why} ${JSON.stringify([service, document])}`,
		due,
		payload: { service, document }
	});
/** Something of the document was stored; and a hold may end. They are two, so that neither moves the other. */
export const whenRead = timer('read');
export const whenHeld = timer('hold');

interface DeriveOptions extends Into {
	/** The clock by which verdicts are given, ms. */
	now: number;
	reading: Reading;
	/** Every signal, into another table, whatever is stored. */
	all?: boolean;
}

/**
 * Stores the signals of a document that are new, those that are not what they were, and as dead those that fell away. What is new is
 * recorded when it was decided or when what decided it was accepted, so that a late or a repeated call gives the same rows; what is
 * written again, at `now`. Resolves to when the clock may decide more, ms; null where it waits for nothing. A document whose service is
 * nobody on the watchlist gives none.
 */
export async function derivePolicySignals(
	store: Store,
	of: DocumentKey,
	{ now, reading, all = false, ...into }: DeriveOptions
): Promise<number | null> {
	const seen = await sightings(store, of);
	const changes = (await readChanges(store, of, { now, reading })) ?? [];
	const [own] = reading.matcher.mentions(of.service);
	const found = own ? policySignals(own.organisation, changes, partiesOf(reading.organisations)) : [];
	const rows = found.map((signal) => rowOf(of, signal, acceptedBy(signal.at, seen), reading.watchlist));
	await insertSignals(store, all ? rows : changed(rows, await signalsOfDocument(store, of), now), into);
	return wakeOf(seen, changes, now);
}

function rowOf(
	{ service, document }: DocumentKey,
	{ organisations: [a, b = ''], at, happenedAt, after, place, quote, probability }: PolicySignal,
	accepted: number,
	watchlist: string
): SignalRow {
	const type = 'policy_clause';
	const evidence = { kind: 'policy', id: `${service}/${document}/${after}` };
	return {
		a, b, id: signalId(evidence, type, a, b, place), recorded: formatInstant(Math.max(at, accepted)), at: formatInstant(at),
		happened: formatInstant(happenedAt), type, probability, quote, source: service, reliability: 'A', copyOf: '0', evidence,
		detector: `policy-differ ${DIFFER} ${watchlist}`, live: true, position: accepted,
		field: '', start: 0, end: 0, agent: '', person: ''
	}; // prettier-ignore
}

/** When the newest of the sightings until `at` was accepted, ms: later than `at` where a past came in as history. */
const acceptedBy = (at: number, seen: readonly Sighting[]): number =>
	seen.reduce(
		(latest, { fetched, accepted }) =>
			Date.parse(fetched) <= at ? Math.max(latest, Date.parse(accepted)) : latest,
		0
	);

/** What is new keeps the time at which it was decided; what is written again has that of the moment. */
const changed = (rows: readonly SignalRow[], stored: readonly SignalRow[], now: number): SignalRow[] =>
	differences(rows, stored, {
		key: ({ id }) => id,
		said: (row) => ({ ...row, recorded: '', position: 0 }),
		recorded: (row, was) => (was ? Math.max(now, Date.parse(was.recorded) + 1) : Date.parse(row.recorded))
	});

/** The end of any hold under way, short or long, and the first sighting that is dated later than the clock. */
function wakeOf(seen: readonly Sighting[], changes: readonly DocumentChange[], now: number): number | null {
	const times = [
		...seen.map(({ fetched }) => Date.parse(fetched)),
		...changes.flatMap(({ version: { at, decidedAt } }) =>
			decidedAt === null ? [at + HOLD, at + HOLD_DOUBTED] : []
		)
	];
	const wake = times.reduce((least, time) => (time > now ? Math.min(least, time) : least), Infinity);
	return wake === Infinity ? null : wake;
}
