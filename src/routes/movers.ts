/** What moved lately, destination by destination: for the first page. */
import { mostMoved, type Movement, type Series } from '#lib/domain/referrals/movement.ts';
import { addDays } from '#lib/domain/time.ts';
import { readShares } from '#lib/server/shares.ts';
import type { Store } from '#lib/server/store/store.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import type { Names } from './names.ts';
import { choose, type Choice } from './referrals/choice.ts';

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

/** Those that left their range first, each by how far. `day`: the day shown. */
export async function movers(
	store: Store,
	day: string,
	known: { asOf?: string },
	names: Names
): Promise<Mover[]> {
	const charted = await destinations(store, known);
	const observed = new Map<string, number>();
	for (const { destination, observations } of charted)
		observed.set(destination, (observed.get(destination) ?? 0) + observations);
	const chosen = [...observed]
		.sort((a, b) => b[1] - a[1])
		.slice(0, MOST)
		.flatMap(([destination]) => choose(charted.filter((one) => one.destination === destination), new URLSearchParams())?.choice ?? []); // prettier-ignore
	const found = await Promise.all(
		chosen.map((choice) => mover(store, choice, addDays(day, -DAYS), known, names))
	);
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
	choice: Choice,
	from: string,
	known: { asOf?: string },
	names: Names
): Promise<Mover | null> {
	const { destination, metric, provider, grain } = choice;
	const recent = await readShares(store, {
		destination,
		metric,
		provider,
		grain,
		by: 'source',
		from,
		...known
	});
	// What ended longer ago is told as it ended.
	const { series } = recent.series.length
		? recent
		: await readShares(store, { destination, metric, provider, grain, by: 'source', ...known });
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
