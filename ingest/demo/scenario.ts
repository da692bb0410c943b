/**
 * The demo: eighteen months of a made-up world that end today. A rival's social app (Lantern) readies a door for a shop (Harbor); the
 * policy pages, the trade press and the referral panel give it away one after the other.
 */
import type { NewsEvent, PolicyEvent, TrafficEvent } from '#lib/domain/events.ts';
import type { WatchlistInput } from '#lib/domain/watchlist/watchlist.ts';
import { agreements } from './agreements.ts';
import { calendar } from './calendar.ts';
import { story } from './story.ts';
import { traffic } from './traffic.ts';
import { WATCHLIST } from './world.ts';

export interface Scenario {
	today: string;
	/** Each in the order in which it was seen. */
	news: NewsEvent[];
	policies: PolicyEvent[];
	traffic: TrafficEvent[];
	watchlist: WatchlistInput;
}

/** `today`: `YYYY-MM-DD`. Pure: the same day gives the same events, another day the same story, shifted; some 55,000 events in 0.3 s. */
export function scenario({ today }: { today: string }): Scenario {
	const days = calendar(today);
	return {
		today,
		news: story(days),
		policies: agreements(days),
		traffic: traffic(days),
		watchlist: WATCHLIST
	};
}
