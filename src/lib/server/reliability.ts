/** How reliable publishers are: their own record where pairs have resolved, else what the workspace or the starter list says. */
import { z } from 'zod';
import { publisherKey } from '#lib/domain/news/origin.ts';
import {
	HORIZON,
	judge,
	tracksOf,
	type Announcement,
	type Claim,
	type Judgement,
	type Reliability
} from '#lib/domain/news/reliability.ts';
import { pairOf, partiesOf } from '#lib/domain/partnerships/pairs.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk } from './desk/desk.ts';
import { watchedFeedSchema } from './feeds/watched-feed.ts';
import { SOURCE } from './fetch/watched-page.ts';
import { judgedSignals } from './signal-verdicts.ts';
import { reportsOfPairs, type Report } from './store/publishers.ts';
import type { Store } from './store/store.ts';
import { readWatchlist, WATCHLIST } from './watchlist.ts';

/** A partnership is announced when two publishers that rest on nobody else's word have said so. */
const WITNESSES = 2;

interface Asked {
	store: Store;
	desk: Pick<Desk, 'documents'>;
	/** Ms. */
	now: number;
	asOf?: string | undefined;
}

/** Judges any publisher by what was known at `asOf`; signals that were called wrong by then count nothing. Rejects with `desk-unavailable` and as the store does. */
export async function readReliability({
	store,
	desk,
	now,
	asOf
}: Asked): Promise<(publisher: string) => Judgement> {
	const [reports, { organisations }, own] = await Promise.all([
		judgedSignals(store, desk, asOf).then(({ wrong }) => reportsOfPairs(store, { asOf, wrong })),
		readWatchlist(desk),
		ownLetters(desk)
	]);
	const { claims, announcements } = resolved(reports, partiesOf(organisations));
	const tracks = tracksOf(claims, announcements, asOf === undefined ? now : Date.parse(asOf));
	return (publisher) => {
		const key = publisherKey(publisher);
		return judge(publisher, tracks.get(key), own.get(key));
	};
}

/** Claims of every publisher, and when each pair was announced: each time by the second publisher who said so within {@link HORIZON}. */
export function resolved(reports: readonly Report[], parties: ReadonlyMap<string, string>) {
	const claims: Claim[] = [];
	const announcements: Announcement[] = [];
	const witnesses = new Map<string, Map<string, number>>();
	for (const { publisher, a, b, announced, at: known } of reports) {
		const pair = pairOf(parties.get(a) ?? a, parties.get(b) ?? b);
		const at = Date.parse(known);
		if (pair[0] === pair[1]) continue;
		if (!announced) {
			claims.push({ publisher, pair, at });
			continue;
		}
		const key = pair.join('\n');
		const said = new Map([...(witnesses.get(key) ?? [])].filter(([, before]) => at - before <= HORIZON));
		const before = said.size;
		said.set(publisherKey(publisher), at);
		if (before < WITNESSES && said.size === WITNESSES) announcements.push({ pair, at });
		witnesses.set(key, said);
	}
	return { claims, announcements };
}

const feeds = z.object({ feeds: watchlistSchema.shape.feeds });

/**
 * Letters that whoever follows a feed has given its publisher: in a watchlist, or where the feed is followed, which counts before it. `F`
 * says nothing.
 */
export async function ownLetters(desk: Pick<Desk, 'documents'>): Promise<Map<string, Reliability>> {
	const [lists, sources] = await Promise.all([desk.documents.list(WATCHLIST), desk.documents.list(SOURCE)]);
	const listed = lists.flatMap(({ body }) => feeds.safeParse(body).data?.feeds ?? []);
	const followed = sources.flatMap(({ body }) => watchedFeedSchema.safeParse(body).data ?? []);
	return new Map(
		[...listed, ...followed].flatMap(({ publisher, reliability }) =>
			reliability === undefined || reliability === 'F' ? [] : [[publisherKey(publisher), reliability]]
		)
	);
}
