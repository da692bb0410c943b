/** Daily and weekly referral traffic: levels, a weekly season, scatter, a gap, a revised week. */
import type { TrafficEvent } from '#lib/domain/events.ts';
import { addDays, startOf } from '#lib/domain/time.ts';
import { instant, weekdayOf, type Calendar } from './calendar.ts';
import { BEFORE_REVISION, FIRST_WEEK, GAP, SEASON, SHOPS, SOURCES, type Shop } from './levels.ts';
import { random, type Random } from './random.ts';

/** Monday of the last week that was over when `today` began. */
export const lastFullWeek = (today: string): string => addDays(today, -weekdayOf(today) - 7);

/** Up to yesterday, by shop; within a shop in time order, each number's revisions after it. */
export function traffic({ today }: Calendar): TrafficEvent[] {
	const last = lastFullWeek(today);
	return SHOPS.flatMap((shop) => {
		const draw = random(`${shop.provider}/${shop.destination}`);
		const events: TrafficEvent[] = [];
		// Week 1 is the one that is not over.
		for (let week = FIRST_WEEK; week <= 1; week++) {
			const counts = weekOf(shop, week, draw);
			if (missing(shop, week)) continue;
			const monday = addDays(last, 7 * week);
			const revised = shop.provider === 'wellcount' && shop.destination === 'harbor' && week === 0;
			if (shop.grain === 'day') events.push(...days(shop, monday, counts, today, draw, revised));
			else if (week <= 0)
				for (const [i, source] of SOURCES.entries())
					events.push(event(shop, source, [monday, addDays(monday, 6)], 'new_users', counts[i] ?? 0));
		}
		return events;
	});
}

const missing = ({ provider, from = FIRST_WEEK, to = 1 }: Shop, week: number): boolean =>
	week < from || week > to || (provider === 'wellcount' && week >= GAP.from && week <= GAP.to);

/** New users by source in a whole week. */
function weekOf(shop: Shop, week: number, draw: Random): number[] {
	const total = sum(shop.last);
	const end = shop.to ?? 0;
	const shares = SOURCES.map((_, i) => {
		const to = (shop.last[i] ?? 0) / total;
		const from = (shop.first[i] ?? 0) / 100;
		const moved = Math.min(1, Math.max(0, (week - shop.turn + 1) / (end - shop.turn + 1)));
		const scatter = (shop.scatter / 100) * Math.sqrt(Math.max(to, from) / 0.1) * draw.normal();
		return Math.max(0, from + moved * (to - from) + (week === end ? 0 : scatter));
	});
	// What the first source gains comes on top: the others grow by themselves.
	const [app = 0] = shares;
	const others =
		(total - (shop.last[0] ?? 0)) * (1 - ((shop.growth - 1) / shop.growth) * (week / FIRST_WEEK));
	const noise = week === end ? 1 : 1 + 0.015 * draw.normal();
	const all = (others * noise) / (1 - app);
	const rest = sum(shares.slice(1));
	return shares.map((share, i) => Math.round(i === 0 ? all * app : (all * (1 - app) * share) / rest));
}

/** The days of a week up to yesterday. */
function days(
	shop: Shop,
	monday: string,
	counts: readonly number[],
	today: string,
	draw: Random,
	revised: boolean
): TrafficEvent[] {
	const bySource = counts.map((count) => split(count, draw));
	const events: TrafficEvent[] = [];
	for (let d = 0; d < 7; d++) {
		const day = addDays(monday, d);
		if (day >= today) break;
		for (const [i, source] of SOURCES.entries()) {
			const users = bySource[i]?.[d] ?? 0;
			const period = [day, day] as const;
			const visits = Math.round(users * (6.1 + 0.15 * draw.normal()));
			const orders = Math.round(visits * shop.conversion * (1 + 0.05 * draw.normal()));
			const revenue = Math.round(orders * shop.basket * (1 + 0.03 * draw.normal()) * 100) / 100;
			if (revised)
				events.push(
					...revisions(
						shop,
						source,
						period,
						users,
						BEFORE_REVISION.map((parts) => parts[i] ?? 1),
						monday,
						today
					)
				);
			else events.push(event(shop, source, period, 'new_users', users));
			const values = { visits, orders, revenue };
			for (const metric of shop.metrics) events.push(event(shop, source, period, metric, values[metric]));
		}
	}
	return events;
}

/** What was first given for a day, a first correction on the Tuesday after, and the one that counts on the Wednesday. */
function revisions(
	shop: Shop,
	source: string,
	period: readonly [string, string],
	users: number,
	parts: readonly number[],
	monday: string,
	today: string
): TrafficEvent[] {
	const values = [...parts.map((part) => Math.round(users * part)), users];
	return values.map((value, revision) => {
		const at = startOf(addDays(monday, 7 + revision)) + 6 * 3_600_000;
		return {
			...event(shop, source, period, 'new_users', value),
			...(revision > 0 && { revision }),
			observedAt: instant(Math.min(at, startOf(today)))
		};
	});
}

/** Splits a week's count into days that add up to it. */
function split(count: number, draw: Random): number[] {
	const weights = SEASON.map((part) => part * (1 + 0.03 * draw.normal()));
	const all = sum(weights);
	let upTo = 0;
	let given = 0;
	return weights.map((weight) => {
		upTo += weight;
		const value = Math.round((count * upTo) / all) - given;
		given += value;
		return value;
	});
}

const event = (
	{ provider, destination }: Shop,
	source: string,
	[from, to]: readonly [string, string],
	metric: string,
	value: number
): TrafficEvent => ({ provider, destination, source, from, to, metric, value });

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
