/** What changed in all policy documents: each change once, whoever saw it, with what it means but without its words. */
import type { CapabilityChange } from '#lib/domain/policies/capabilities.ts';
import type { PolicyDiff } from '#lib/domain/policies/diff.ts';
import { foldCollectors, type Folded } from '#lib/domain/policies/fold.ts';
import type { Direction } from '#lib/domain/policies/meaning.ts';
import type { Verdict, Version } from '#lib/domain/policies/timeline.ts';
import type { Topic } from '#lib/domain/policies/topics.ts';
import { formatInstant } from '#lib/domain/time.ts';
import { readAllChanges, type DocumentChange, type DocumentKey, type Reading } from './policy-changes.ts';
import type { Store } from './store/store.ts';

export interface RecordedChange extends DocumentKey {
	/** When its text was first read, and by whom; the first one first. */
	at: string;
	collectors: string[];
	verdict: Verdict;
	decidedAt: string | null;
	topics: Topic[];
	/** Each once; what one clause opens counts before what another closes. */
	capabilities: CapabilityChange[];
	/** Each once, with what is said plainest of it. */
	organisations: { organisation: string; direction: Direction }[];
	stats: PolicyDiff['stats'];
}

const PLAINEST: readonly Direction[] = ['opens', 'closes', 'mentions'];

/** The changes of `documents` known by `asOf`, newest first, judged by the clock `now` (ms). */
export async function policyRecord(
	store: Store,
	documents: readonly DocumentKey[],
	{ now, asOf, reading }: { now: number; asOf?: string | undefined; reading: Reading }
): Promise<RecordedChange[]> {
	const changes = await readAllChanges(store, documents, { now, asOf, reading });
	const found = documents.flatMap((of, i) => recorded(of, changes[i] ?? []));
	return found.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

/** One document's changes, those of several collectors folded. */
export const foldChanges = (
	changes: readonly DocumentChange[]
): Folded<Version & Pick<DocumentChange, 'diff'>>[] =>
	foldCollectors(changes.map(({ version, diff }) => ({ ...version, diff })));

const recorded = ({ service, document }: DocumentKey, changes: readonly DocumentChange[]): RecordedChange[] =>
	foldChanges(changes).map(({ change, seen, verdict, decidedAt }) => ({
		service,
		document,
		at: formatInstant(change.at),
		collectors: seen.map(({ collector }) => collector),
		verdict,
		decidedAt: decidedAt === null ? null : formatInstant(decidedAt),
		topics: [...new Set(change.diff.changes.flatMap(({ topics }) => topics))],
		capabilities: capabilitiesIn(change.diff),
		organisations: named(change.diff),
		stats: change.diff.stats
	}));

function capabilitiesIn({ changes }: PolicyDiff): CapabilityChange[] {
	const all = Map.groupBy(
		changes.flatMap(({ capabilities }) => capabilities),
		({ capability }) => capability
	);
	return [...all].map(([capability, said]) => ({
		capability,
		direction: said.some(({ direction }) => direction === 'opened') ? 'opened' : 'closed'
	}));
}

function named({ changes }: PolicyDiff): RecordedChange['organisations'] {
	const all = Map.groupBy(
		changes.flatMap(({ organisations }) => organisations),
		({ organisation }) => organisation
	);
	return [...all].map(([organisation, said]) => ({
		organisation,
		direction: PLAINEST.find((one) => said.some(({ direction }) => direction === one)) ?? 'mentions'
	}));
}
