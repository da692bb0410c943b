/** What moved lately, destination by destination: for the first page. */
import { mostMoved, type Movement, type Series } from '#lib/domain/referrals/movement.ts';
import { addDays } from '#lib/domain/time.ts';
import type { Store } from '#lib/server/store/store.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import type { Names } from './names.ts';
import { choose, type Choice } from './referrals/choice.ts';
import { finishedShares } from './shares.ts';
import type { Shown } from './view.ts';

export interface Mover {
	destination: string;
	metric: string;
	provider: string;
	/** What the source and the destination are called. */
	name: string;
	to: string;
	movement: Movement;
	series: Series;
}

/** Half a year is recent; more destinations than these are looked at on their own page. */
const DAYS = 183;
const MOST = 6;

/** Those that left their range first, each by how far. */
export async function movers(
	store: Store,
	shown: Pick<Shown, 'over' | 'known'>,
	names: Pick<Names, 'host'>
): Promise<Mover[]> {
	const charted = await destinations(store, shown.known);
	const observed = new Map<string, number>();
	for (const { destination, observations } of charted)
		observed.set(destination, (observed.get(destination) ?? 0) + observations);
	const chosen = [...observed]
		.sort((a, b) => b[1] - a[1])
		.slice(0, MOST)
		.flatMap(([destination]) => choose(charted.filter((one) => one.destination === destination), new URLSearchParams())?.choice ?? []); // prettier-ignore
	const found = await Promise.all(chosen.map((choice) => mover(store, choice, shown, names)));
	return found
		.flatMap((one) => one ?? [])
		.sort(
			(a, b) =>
				Number(b.movement.moved) - Number(a.movement.moved) ||
				Math.abs(b.movement.change) - Math.abs(a.movement.change)
		);
}

async function mover(
	store: Store,
	{ destination, metric, provider, grain }: Choice,
	{ over, known }: Pick<Shown, 'over' | 'known'>,
	names: Pick<Names, 'host'>
): Promise<Mover | null> {
	const query = { destination, metric, provider, grain, by: 'source' as const, ...known };
	const recent = await finishedShares(store, { ...query, from: addDays(over, -DAYS) }, over);
	// What ended longer ago is told as it ended.
	const { series } = recent.series.length ? recent : await finishedShares(store, query, over);
	const movement = mostMoved(series);
	const own = series.find(({ source }) => source === movement?.source);
	return movement && own
		? {
				destination,
				metric,
				provider,
				name: names.host(movement.source),
				to: names.host(destination),
				movement,
				series: own
			}
		: null;
}
