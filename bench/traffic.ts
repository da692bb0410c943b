/** Seeded observations for the benchmarks: shops × sources × days, each with a value of its own. */
import { keyOf, type TrafficEvent } from '#lib/domain/events.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { random } from './sample.ts';

const DAY_MS = 86_400_000;
export const dayOf = (first: string, n: number): string =>
	new Date(Date.parse(first) + n * DAY_MS).toISOString().slice(0, 10);

export interface World {
	shops: number;
	sources: number;
	days: number;
	first: string;
}

/** All observations of a world, day by day; values between 1 and 1,000. */
export function* observations({ shops, sources, days, first }: World, seed: number): Generator<TrafficEvent> {
	const u = random(seed);
	for (let n = 0; n < days; n++) {
		const day = dayOf(first, n);
		for (let shop = 0; shop < shops; shop++)
			for (let source = 0; source < sources; source++)
				yield {
					provider: 'bench',
					destination: `shop-${shop}`,
					source: `source-${source}.example`,
					from: day,
					to: day,
					metric: 'new_users',
					value: 1 + Math.floor(u() * 1_000)
				};
	}
}

/** As the door hands them to the log: pushes of `size` events. */
export function pushes(events: Iterable<TrafficEvent>, size: number): Entry[][] {
	const all: Entry[][] = [];
	let push: Entry[] = [];
	for (const event of events) {
		push.push({ key: keyOf.traffic(event), json: JSON.stringify(event) });
		if (push.length < size) continue;
		all.push(push);
		push = [];
	}
	if (push.length) all.push(push);
	return all;
}
