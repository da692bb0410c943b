/** What referral traffic says of pairs: one's part in what another is given, destination by destination. */
import { movements } from '#lib/domain/referrals/movement.ts';
import { pairOf, type ReferralEvidence } from '#lib/domain/partnerships/pairs.ts';
import { addDays } from '#lib/domain/time.ts';
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';
import type { Store } from '#lib/server/store/store.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import { choose, type Choice } from '../referrals/choice.ts';
import { finishedShares } from '../shares.ts';
import type { Shown } from '../view.ts';

/** Half a year is what a movement is told of. */
const DAYS = 183;
/** Destinations looked at, the most observed first. */
const MOST = 24;

/** `parties`: the party of each organisation. Destinations and sources that are nobody's are left out. */
export async function referralEvidence(
	store: Store,
	organisations: readonly Organisation[],
	parties: ReadonlyMap<string, string>,
	shown: Pick<Shown, 'over' | 'known'>
): Promise<ReferralEvidence[]> {
	const partyOf = owners(organisations, parties);
	const charted = (await destinations(store, shown.known)).filter(
		(one) => partyOf(one.destination) !== undefined
	);
	const chosen = [...Map.groupBy(charted, ({ destination }) => destination).values()]
		.sort((a, b) => observed(b) - observed(a))
		.slice(0, MOST)
		.flatMap((own) => choose(own, new URLSearchParams())?.choice ?? []);
	return (await Promise.all(chosen.map((choice) => into(store, choice, partyOf, shown)))).flat();
}

const observed = (all: { observations: number }[]) =>
	all.reduce((sum, { observations }) => sum + observations, 0);

async function into(
	store: Store,
	{ destination, metric, provider, grain }: Choice,
	partyOf: (host: string) => string | undefined,
	{ over, known }: Pick<Shown, 'over' | 'known'>
): Promise<ReferralEvidence[]> {
	const query = {
		destination,
		metric,
		provider,
		grain,
		by: 'source' as const,
		from: addDays(over, -DAYS),
		...known
	};
	const { series } = await finishedShares(store, query, over);
	const of = partyOf(destination);
	return movements(series).flatMap(({ source, first, last, change }): ReferralEvidence[] => {
		const by = partyOf(source);
		if (by === undefined || of === undefined || by === of) return [];
		const { from, to, value, share, low, high } = last;
		const points = series.find((one) => one.source === source)?.points ?? [];
		return [
			{
				pair: pairOf(by, of), by, of, source, destination, metric, provider, from, to, value, share, low, high, change,
				since: first.from,
				rose: first.from !== from && first.share < (low ?? 0),
				points: points.map((point) => ({ from: point.from, share: point.share }))
			}
		]; // prettier-ignore
	});
}

/** Whose a source or destination is: by id, name, alias or domain, a domain's own hosts included. */
export function owners(
	organisations: readonly Organisation[],
	parties: ReadonlyMap<string, string>
): (host: string) => string | undefined {
	const names = new Map<string, string>();
	for (const { id, name, aliases, domains } of organisations)
		for (const one of [id, name, ...aliases, ...domains]) names.set(one.toLowerCase(), parties.get(id) ?? id);
	return (host) => {
		const labels = host.trim().toLowerCase().split('.');
		// A single label, such as `com`, is a name or nothing.
		for (let i = 0; i === 0 || i < labels.length - 1; i++) {
			const known = names.get(labels.slice(i).join('.'));
			if (known !== undefined) return known;
		}
		return undefined;
	};
}
