/**
 * How far the reading of what is stored has come: one timer's payload on the desk. Written by whoever reads (ingest/consumers/re-reading.ts),
 * told on pages.
 */
import { z } from 'zod';
import type { Desk, Timer } from './desk/desk.ts';
import { newsVersion } from './news-reading.ts';
import { WATCHLIST } from './watchlist.ts';

const TIMER = 'news/reading';
const schema = z.object({
	/** Of what everything stored was or is being read with. */
	version: z.string(),
	/** Id of the last article that was read; null once all were. */
	after: z.string().nullable(),
	/** Articles read, and how many there are. */
	read: z.int(),
	of: z.int(),
	/** When it began, ms. */
	since: z.number()
});
export type ReadingState = z.output<typeof schema>;

/** Null where nothing was ever read. Rejects with `desk-unavailable`. */
export async function readingState({ timers }: Pick<Desk, 'timers'>): Promise<ReadingState | null> {
	const timer = await timers.get(TIMER);
	return timer === null ? null : schema.parse(timer.payload);
}
export const saveReadingState = ({ timers }: Pick<Desk, 'timers'>, payload: ReadingState): Promise<void> =>
	timers.set({ name: TIMER, due: payload.since, payload });

/** What everything stored is being read with, and how far that has come; null when all was read with the watchlist of the moment. */
export async function rereading(
	desk: Pick<Desk, 'documents' | 'timers'>
): Promise<Pick<ReadingState, 'version' | 'read' | 'of' | 'since'> | null> {
	const [state, version] = await Promise.all([readingState(desk), newsVersion(desk)]);
	if (state === null) return null;
	if (state.version === version) {
		const { after, read, of, since } = state;
		return after === null ? null : { version, read, of, since };
	}
	// Saved this very moment: whoever reads has not looked yet.
	const saved = (await desk.documents.list(WATCHLIST)).map(({ at }) => at);
	return { version, read: 0, of: state.of, since: Math.max(0, ...saved) };
}

/** Timers of articles that were stored with another version than the one that everything is read with. */
export const BEHIND = 'news/behind/';
export const behind = z.object({ from: z.number(), to: z.number() });

/**
 * For whoever has stored articles that were read with `version`: where everything was meanwhile begun to be read with another one, what was
 * accepted from `from` until `to` (ms) is noted to be read again. Without a state nothing was begun, and whoever begins will find them.
 */
export async function noteBehind(
	desk: Pick<Desk, 'timers'>,
	version: string,
	{ from, to, now }: { from: number; to: number; now: number }
): Promise<void> {
	const state = await readingState(desk);
	if (state === null || state.version === version) return;
	const timer: Timer = { name: `${BEHIND}${from} ${to}`, due: now, payload: { from, to } };
	await desk.timers.set(timer);
}

/** Lease under which a chunk of what is stored is read, and under which the demo is taken away: what is gone is not derived again. */
export const CHUNK = 'news/chunk';
