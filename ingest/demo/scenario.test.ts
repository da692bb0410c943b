import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
	doorChecks,
	TOPICS,
	type InputTopic,
	type PolicyEvent,
	type TrafficEvent
} from '#lib/domain/events.ts';
import { addDays, startOf } from '#lib/domain/time.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { weekdayOf } from './calendar.ts';
import { FIRST_WEEK, GAP, SOURCES } from './levels.ts';
import { scenario } from './scenario.ts';
import { lastFullWeek } from './traffic.ts';

const today = '2026-11-20';
const demo = scenario({ today });
const bytes = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const errorsOf = (topic: InputTopic, events: readonly unknown[], day: string) => {
	const check = doorChecks(() => startOf(day) + 12 * 3_600_000)[topic];
	return events.flatMap((event) => {
		const checked = check(event);
		return checked.ok ? [] : checked.errors;
	});
};

describe('the demo as a whole', () => {
	test.each(TOPICS)('passes the door, every event of %s', (topic) => {
		expect(errorsOf(topic, demo[topic], today)).toEqual([]);
	});

	test('is the same to the byte for the same day', () => {
		expect(bytes(scenario({ today }))).toBe(bytes(demo));
	});

	test('is the same story on another day, shifted', () => {
		const other = scenario({ today: addDays(today, 9) });
		for (const [i, { title, publishedAt }] of demo.news.entries()) {
			expect(other.news[i]?.title).toBe(title);
			expect(other.news[i]?.publishedAt).toBe(
				`${addDays(publishedAt.slice(0, 10), 9)}${publishedAt.slice(10)}`
			);
		}
		expect(other.policies.map(({ text }) => text)).toEqual(demo.policies.map(({ text }) => text));
	});

	test.each(['2026-11-16', '2026-11-22', '2027-01-01', '2028-02-29'])('holds on %s as well', (day) => {
		const { news, policies, traffic } = scenario({ today: day });
		expect(errorsOf('news', news, day)).toEqual([]);
		expect(errorsOf('policies', policies, day)).toEqual([]);
		expect(errorsOf('traffic', traffic.slice(-3_000), day)).toEqual([]);
		expect(share(traffic, lastFullWeek(day))).toBeCloseTo(25.1, 1);
	});

	test('ends today, in its first minutes, so that it has happened whenever it is loaded', () => {
		const seen = [
			...demo.news.map(({ observedAt = '' }) => observedAt),
			...demo.policies.map(({ fetchedAt }) => fetchedAt),
			...demo.traffic.flatMap(({ observedAt = [] }) => observedAt)
		].sort();
		expect(seen.at(-1)?.slice(0, 14)).toBe(`${today}T00:`);
		expect(seen[0]?.slice(0, 10)).toBe('2025-05-21');
		const days = demo.traffic.map(({ to }) => to).sort();
		expect(days.at(-1)).toBe(addDays(today, -1));
	});

	test('is small enough to be loaded in a second or two', () => {
		expect(demo.traffic.length).toBeLessThan(60_000);
		expect(demo.policies.length).toBeLessThan(3_000);
		const text = [...demo.news, ...demo.policies].reduce(
			(sum, event) => sum + JSON.stringify(event).length,
			0
		);
		expect(text).toBeLessThan(3_000_000);
	});

	test('has addresses that lead nowhere', () => {
		for (const { url, feed } of demo.news)
			for (const address of [url, feed ?? url]) expect(new URL(address).hostname).toMatch(/\.example$/);
		for (const { url = '' } of demo.policies) expect(new URL(url).hostname).toMatch(/\.example$/);
	});
});

/** Percent of Harbor's new users, in the week that begins on `monday`, that came from the app; the highest revision of a day counts. */
function share(traffic: readonly TrafficEvent[], monday: string): number {
	const newest = new Map<string, TrafficEvent>();
	for (const event of traffic) {
		if (event.destination !== 'harbor' || event.provider !== 'wellcount' || event.metric !== 'new_users')
			continue;
		if (event.from < monday || event.to > addDays(monday, 6)) continue;
		const key = `${event.source} ${event.from}`;
		if ((newest.get(key)?.revision ?? 0) <= (event.revision ?? 0)) newest.set(key, event);
	}
	const sum = (events: TrafficEvent[]) => events.reduce((all, { value }) => all + value, 0);
	const all = [...newest.values()];
	return (100 * sum(all.filter(({ source }) => source === 'lantern.app'))) / sum(all);
}

describe('its traffic', () => {
	const { traffic } = demo;
	const last = lastFullWeek(today);
	const week = (n: number) => addDays(last, 7 * n);

	test('brings Harbor 9% of its new users from Lantern at first, a quarter in the last full week', () => {
		const first = Array.from({ length: 8 }, (_, i) => share(traffic, week(FIRST_WEEK + i)));
		expect(first.reduce((sum, value) => sum + value, 0) / 8).toBeCloseTo(9.0, 0);
		expect(share(traffic, week(-31))).toBeLessThan(10);
		expect(share(traffic, last)).toBeGreaterThan(24.8);
		expect(share(traffic, last)).toBeLessThan(25.4);
	});

	test('leaves the panel’s gap blank', () => {
		const within = traffic.filter(
			({ provider, from, to }) => provider === 'wellcount' && to >= week(GAP.from) && from < week(GAP.to + 1)
		);
		expect(within).toEqual([]);
		expect([week(GAP.from), addDays(week(GAP.to), 6)]).toEqual(['2025-12-15', '2026-01-04']);
	});

	test('has whole weeks from Monday to Sunday where a provider gives weeks only', () => {
		const weeks = traffic.filter(({ provider }) => provider === 'yardstick');
		expect(weeks.length).toBeGreaterThan(0);
		for (const { from, to } of weeks) {
			expect(weekdayOf(from)).toBe(0);
			expect(to).toBe(addDays(from, 6));
		}
	});

	test('corrects one week twice, and the second correction counts', () => {
		const revised = traffic.filter(({ revision = 0 }) => revision > 0);
		expect(new Set(revised.map(({ revision }) => revision))).toEqual(new Set([1, 2]));
		for (const { from } of revised) expect(from >= last && from <= addDays(last, 6)).toBe(true);
		const final = revised.filter(({ revision }) => revision === 2);
		expect(final.reduce((sum, { value }) => sum + value, 0)).toBe(412_310);
	});

	test('names a number once for each revision', () => {
		const keys = traffic.map(({ value: _, observedAt: __, ...key }) => JSON.stringify(key));
		expect(new Set(keys).size).toBe(keys.length);
	});

	test('ends a week early for Tilework, whose file is late', () => {
		const days = traffic.filter(({ destination }) => destination === 'tilework').map(({ to }) => to);
		expect(days.sort().at(-1)).toBe(addDays(last, -1));
	});

	test('comes from every source', () => {
		expect(new Set(traffic.map(({ source }) => source))).toEqual(new Set(SOURCES));
	});
});

describe('its news', () => {
	const of = (slug: string) => demo.news.filter(({ url }) => url.endsWith(`/${slug}`));

	test('spreads “terms agreed” over 63 articles: four roots and 59 copies, the first by Tidewire', () => {
		const roots = [
			'lantern-harbor-agree-terms',
			'gangji-denglong-tiaokuan',
			'what-the-term-sheet-says',
			'a-second-door'
		];
		const articles = [...roots, 'lantern-and-harbor-close'].flatMap(of);
		expect(articles).toHaveLength(63);
		const seen = articles.map(({ observedAt = '' }) => observedAt).sort();
		expect(of('lantern-harbor-agree-terms')[0]?.observedAt).toBe(seen[0]);
		expect(of('lantern-harbor-agree-terms')[0]?.publisher).toMatch(/^Tidewire/);
	});

	test('has one copy that claims to be older than the first report and was seen after it', () => {
		const [copy] = of('lantern-and-harbor-close');
		const [root] = of('lantern-harbor-agree-terms');
		expect((copy?.publishedAt ?? '') < (root?.publishedAt ?? '')).toBe(true);
		expect((copy?.observedAt ?? '') > (root?.observedAt ?? '')).toBe(true);
	});

	test('copies a denial 37 times and a visit ten times', () => {
		expect(of('harbor-denies-lantern-store')).toHaveLength(38);
		expect(of('deputy-president-walks-harbor-campus')).toHaveLength(11);
	});

	test('names the weekday that the day has', () => {
		const [visit] = of('deputy-president-walks-harbor-campus');
		expect(visit?.text).toContain('on Tuesday');
		const [moved] = scenario({ today: addDays(today, 1) }).news.filter(({ url }) =>
			url.endsWith('deputy-president-walks-harbor-campus')
		);
		expect(moved?.text).toContain('on Wednesday');
	});

	test('leaves no blank of a template unfilled, and has an address for each article', () => {
		for (const { title, text } of demo.news) expect(`${title} ${text}`).not.toMatch(/[{}]|undefined/);
		expect(new Set(demo.news.map(({ url }) => url)).size).toBe(demo.news.length);
	});

	test('is written in two languages and names organisations of its watchlist', () => {
		const matcher = compile(watchlistSchema.parse(demo.watchlist));
		const named = demo.news.filter(
			({ title, text = '' }) => matcher.mentions(`${title}\n${text}`).length > 0
		);
		expect(named).toHaveLength(demo.news.length);
		expect(demo.news.filter(({ language }) => language === 'zh-Hans').length).toBeGreaterThan(100);
	});
});

describe('its policies', () => {
	const read = (service: string, document: string): PolicyEvent[] =>
		demo.policies.filter((event) => event.service === service && event.document === document);
	const privacy = read('Lantern', 'Privacy Agreement');
	const days = (events: PolicyEvent[]) => events.map(({ fetchedAt }) => fetchedAt.slice(0, 10));

	test('show shopping partners in March, Harbor in September, payment in November, then account linking', () => {
		const first = (words: string) => privacy.find(({ text }) => text.includes(words))?.fetchedAt.slice(0, 10);
		expect(first('shopping partner you open')).toBe('2026-03-19');
		expect(first('including Harbor (港集) and companies in its group')).toBe('2026-09-22');
		expect(first('### 4.3.2 Paying a partner')).toBe('2026-11-08');
		expect(first('### 5.4 Linking an account')).toBe('2026-11-17');
	});

	test('take the first clause back for two days before it stays', () => {
		const march = privacy.filter(({ fetchedAt }) => fetchedAt > '2026-03-18' && fetchedAt < '2026-03-22');
		expect(march.map(({ text }) => text.includes('### 4.3 '))).toEqual([true, false, false, true]);
	});

	test('name Tilework on two evenings only', () => {
		expect(new Set(days(privacy.filter(({ text }) => text.includes('Tilework'))))).toEqual(
			new Set(['2026-10-02', '2026-10-03'])
		);
	});

	test('have two broken captures that are nearly empty, each whole again with the next fetch', () => {
		const broken = privacy.filter(({ text }) => text.length < 100);
		expect(days(broken)).toEqual(['2026-01-11', '2026-07-06']);
		for (const event of broken) {
			const next = privacy[privacy.indexOf(event) + 1];
			const before = privacy[privacy.indexOf(event) - 1];
			expect(next?.text).toBe(before?.text);
		}
	});

	test('change their text with the extraction rules, not their words', () => {
		const starts = ['rules-7', 'rules-8'].map((rules) =>
			privacy.find(({ extractor }) => extractor === rules)
		);
		expect(days(starts.filter((event) => event !== undefined))).toEqual(['2025-12-01', '2026-06-15']);
		for (const event of starts) {
			const before = event && privacy[privacy.indexOf(event) - 1];
			expect(event?.text).not.toBe(before?.text);
			expect(before?.text).toContain((event?.text ?? '').slice(0, 2_000));
		}
	});

	test('move complaints from 9.4 to 8.2 and drop links to shops in November', () => {
		const before = privacy.findLast(({ fetchedAt }) => fetchedAt < '2026-11-08')?.text;
		const after = privacy.find(({ fetchedAt }) => fetchedAt >= '2026-11-08T06:04')?.text;
		expect(before).toContain('### 9.4 Complaints');
		expect(after).toContain('### 8.2 Complaints');
		expect(before).toContain('### 7.2 Links to shops');
		expect(after).not.toContain('Links to shops');
	});

	test('cannot read Lantern’s Service Terms for the last three days', () => {
		expect(read('Lantern', 'Service Terms').at(-1)?.fetchedAt).toBe('2026-11-17T02:31:00.000Z');
	});

	test('are read once at a time, in order', () => {
		const keys = demo.policies.map(
			({ service, document, fetchedAt }) => `${fetchedAt} ${service} ${document}`
		);
		expect(new Set(keys).size).toBe(keys.length);
		expect(privacy.map(({ fetchedAt }) => fetchedAt)).toEqual(
			privacy.map(({ fetchedAt }) => fetchedAt).sort()
		);
	});
});
