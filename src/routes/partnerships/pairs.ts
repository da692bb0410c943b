/** Pairs by the evidence so far, as the page and the API read them. */
import { gather, partiesOf, type PairEvidence } from '#lib/domain/partnerships/pairs.ts';
import { clauseEvidence } from '#lib/server/pairs.ts';
import type { Services } from '#lib/server/services.ts';
import { coMentions, type CoMentioned } from '#lib/server/store/pairs.ts';
import type { Shown } from '../view.ts';
import { referralEvidence } from './referrals.ts';

/** As known on the shown day. Rejects with `store-unavailable` or `desk-unavailable`. */
export async function readPairs(
	{ store, reading: watched }: Pick<Services, 'store' | 'reading'>,
	shown: Shown
): Promise<PairEvidence<CoMentioned>[]> {
	const reading = await watched();
	const parties = partiesOf(reading.organisations);
	const { day, known } = shown;
	const now = known.asOf === undefined ? shown.now : Date.parse(known.asOf);
	return gather(
		...(await Promise.all([
			coMentions(store, { parties, day, ...known }),
			clauseEvidence(store, { parties, reading, now, ...known }),
			referralEvidence(store, reading.organisations, parties, shown)
		]))
	);
}
