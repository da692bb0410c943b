/**
 * Names in the news that nobody watches, as they were last looked for: one timer's payload on the desk. Written by whoever looks
 * (ingest/consumers/unwatched.ts), told on /watchlist.
 */
import { z } from 'zod';
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';
import type { Desk } from './desk/desk.ts';

const TIMER = 'news/unwatched';
const schema = z.object({
	/** Names what was looked at: the watchlist, the rules, and how much is stored. */
	state: z.string(),
	/** When it was looked, ms, and how long that took. */
	at: z.number(),
	took: z.number(),
	/** Articles that were looked at. */
	articles: z.int(),
	/** Those in most independent hands first; see `Unwatched` in domain/watchlist/unwatched.ts. */
	names: z.array(
		z.object({
			name: z.string(),
			articles: z.int(),
			publishers: z.int(),
			beside: z.array(z.string()),
			sample: z.object({
				article: z.string(),
				publisher: z.string(),
				publishedAt: z.string(),
				text: z.string(),
				start: z.int(),
				end: z.int()
			})
		})
	)
});
export type UnwatchedState = z.output<typeof schema>;

/** Null where nobody has looked yet. Rejects with `desk-unavailable`. */
export async function unwatchedState({ timers }: Pick<Desk, 'timers'>): Promise<UnwatchedState | null> {
	const timer = await timers.get(TIMER);
	return timer === null ? null : schema.parse(timer.payload);
}
export const saveUnwatchedState = (
	{ timers }: Pick<Desk, 'timers'>,
	payload: UnwatchedState
): Promise<void> => timers.set({ name: TIMER, due: payload.at, payload });

/** What was found, without those who are watched since. Rejects with `desk-unavailable`. */
export async function readUnwatched(
	desk: Pick<Desk, 'timers'>,
	organisations: readonly Pick<Organisation, 'name' | 'aliases' | 'ambiguous'>[]
): Promise<UnwatchedState['names']> {
	const found = (await unwatchedState(desk))?.names ?? [];
	const suggested = new Set(found.map(({ name }) => name.toLowerCase()));
	for (const { name, aliases, ambiguous } of organisations)
		for (const known of [name, ...aliases, ...ambiguous]) suggested.delete(known.toLowerCase());
	return found.filter(({ name }) => suggested.has(name.toLowerCase()));
}
