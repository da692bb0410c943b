import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { logChecks, type PolicyEvent } from '#lib/domain/events.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { Problem } from '#lib/server/errors.ts';
import type { Fetched, FetchOptions } from '#lib/server/fetch/document.ts';
import { extract } from '#lib/server/fetch/extract.ts';
import { FetchProblem } from '#lib/server/fetch/problem.ts';
import { pageId, SOURCE, type WatchedPage } from '#lib/server/fetch/watched-page.ts';
import { HealthBoard } from '#lib/server/health.ts';
import type { Entry } from '#lib/server/log/log.ts';
import { createLogger } from '#lib/server/logger.ts';
import { PolicyCollector } from './schedule.ts';

const HOUR = 3_600_000;
const logger = createLogger('silent');
let desk: Desk;
let clock: number;
let events: PolicyEvent[];
let asked: (FetchOptions & { url: string })[];
/** What the web answers; throws what it fails with. */
let web: (url: string, options: FetchOptions) => Fetched;
/** What the log does before it takes events. */
let logDoes: () => void;
const collectors: PolicyCollector[] = [];

beforeEach(async () => {
	desk = await openDesk({ file: ':memory:' }, { logger });
	clock = Date.UTC(2026, 0, 1);
	events = [];
	asked = [];
	logDoes = () => undefined;
	web = () => page('<main>We share nothing.</main>');
});
afterEach(async () => {
	for (const collector of collectors.splice(0)) await collector.close();
	await desk.close();
});

const page = (html: string, more: Partial<Fetched> = {}): Fetched => ({
	status: 200, url: 'https://talk.example/privacy', contentType: 'text/html', charset: 'utf-8', bytes: Buffer.from(html), text: html,
	etag: null, lastModified: null, notModified: false, ...more
}); // prettier-ignore
const watched: WatchedPage = {
	kind: 'policies', service: 'Talk', document: 'Privacy Policy', url: 'https://talk.example/privacy', select: 'main', every: '6h'
}; // prettier-ignore

async function watch(body: unknown = watched, version = 0): Promise<void> {
	const id = pageId(watched);
	await desk.documents.save({ kind: SOURCE, id, version, body, who: 'ann', at: clock });
}
function collector(holder = 'one') {
	const health = new HealthBoard(desk.health, () => clock);
	const made = new PolicyCollector({
		desk, health, logger, holder,
		now: () => clock,
		random: () => 0.5,
		fetcher: {
			fetch: async (url, options = {}) => {
				asked.push({ url, ...options });
				return web(url, options);
			}
		},
		render: async (url) => web(url, {}),
		extract,
		log: {
			append: async (topic: string, entries: readonly Entry[], { origin }: { origin: string }) => {
				expect([topic, origin]).toEqual(['policies', 'collector']);
				logDoes();
				for (const { json } of entries) {
					const checked = logChecks.policies(JSON.parse(json));
					if (!checked.ok) throw new Error(json);
					events.push(checked.event);
				}
			}
		}
	}); // prettier-ignore
	collectors.push(made);
	return {
		/** Looks once what is due, and waits for the visits. */
		look: async () => {
			await made.look();
			await made.idle();
		},
		state: async () => {
			await health.flush();
			return (await desk.health.all()).find(({ id }) => id === pageId(watched));
		},
		close: () => made.close()
	};
}

describe('a watched page', () => {
	test('is read as soon as it is there, and gives one event', async () => {
		const { look, state } = collector();
		await look();
		expect(asked).toEqual([]);
		await watch();
		await look();
		expect(events).toEqual([
			{
				service: 'Talk', document: 'Privacy Policy', url: 'https://talk.example/privacy', language: 'en',
				fetchedAt: '2026-01-01T00:00:00.000Z', text: 'We share nothing.', collector: 'telltale',
				extractor: expect.stringMatching(/^telltale-\d+-[0-9a-f]{12}$/) as string
			}
		]); // prettier-ignore
		expect(await state()).toMatchObject({ kind: 'page', state: 'fresh', lastSuccess: clock, error: null });
	});

	test('is read again after its interval and not before; unchanged it is seen again', async () => {
		await watch();
		const { look } = collector();
		await look();
		clock += 5.5 * HOUR;
		await look();
		expect(events).toHaveLength(1);
		clock += HOUR;
		await look();
		expect(events.map(({ text }) => text)).toEqual(['We share nothing.', 'We share nothing.']);
	});

	test('that the site says is unchanged is seen again with the text it had, also by another process', async () => {
		await watch();
		web = () => page('<main>We share nothing.</main>', { etag: '"a"', lastModified: 'yesterday' });
		await collector().look();
		web = () =>
			page('', {
				status: 304,
				notModified: true,
				etag: '"a"',
				lastModified: 'yesterday',
				text: null,
				contentType: ''
			});
		clock += 7 * HOUR;
		await collector('two').look();
		expect(asked[1]).toMatchObject({ etag: '"a"', lastModified: 'yesterday' });
		expect(events.map(({ text }) => text)).toEqual(['We share nothing.', 'We share nothing.']);
	});

	test('whose rules were changed is read at once, whole, under another extractor', async () => {
		await watch();
		web = () => page('<main>We share nothing.</main><p>Nor this.</p>', { etag: '"a"' });
		const { look } = collector();
		await look();
		await watch({ ...watched, select: 'p' }, 1);
		await look();
		expect(asked[1]?.etag).toBeUndefined();
		expect(events.map(({ text }) => text)).toEqual(['We share nothing.', 'Nor this.']);
		expect(events[0]?.extractor).not.toBe(events[1]?.extractor);
		await look();
		expect(events).toHaveLength(2);
	});

	test('that is no longer watched is left alone', async () => {
		await watch();
		const { look } = collector();
		await look();
		await watch(null, 1);
		clock += 100 * HOUR;
		await look();
		expect(asked).toHaveLength(1);
	});

	test('is read by one of two processes that look at the same time', async () => {
		await watch();
		const [one, two] = [collector('one'), collector('two')];
		await Promise.all([one.look(), two.look()]);
		await two.look();
		expect(events).toHaveLength(1);
	});
});

describe('a page that cannot be read', () => {
	test('says why; kinds that pass are tried again within minutes, later and later', async () => {
		await watch();
		web = () => {
			throw new FetchProblem('server-error', 'the server answers 500');
		};
		const { look, state } = collector();
		await look();
		expect(await state()).toMatchObject({
			state: 'failing',
			failure: 'server-error',
			error: 'the server answers 500'
		});
		for (const [after, times] of [[30_000, 1], [31_000, 2], [61_000, 2], [60_000, 3]] as const) {
			clock += after;
			await look();
			expect(asked).toHaveLength(times);
		} // prettier-ignore
		web = () => page('<main>Back.</main>');
		clock += HOUR;
		await look();
		expect(events.map(({ text }) => text)).toEqual(['Back.']);
		expect(await state()).toMatchObject({ state: 'fresh', error: null });
	});

	test('and does not pass is tried again after an interval', async () => {
		await watch({ ...watched, select: '#gone' });
		const { look, state } = collector();
		await look();
		expect(await state()).toMatchObject({ failure: 'selector', error: 'nothing on the page matches #gone' });
		clock += HOUR;
		await look();
		expect(asked).toHaveLength(1);
		clock += 5.1 * HOUR;
		await look();
		expect(asked).toHaveLength(2);
	});

	test('is blind once it was silent beyond its interval, and that is noticed when it begins', async () => {
		await watch();
		const { look, state } = collector();
		await look();
		const lastSuccess = clock;
		web = () => {
			throw new FetchProblem('gone', 'the server answers 404');
		};
		clock += 6 * HOUR;
		await look();
		expect(await state()).toMatchObject({ state: 'failing', lastSuccess });
		clock = lastSuccess + 9 * HOUR;
		await look();
		expect(await state()).toMatchObject({
			state: 'blind',
			lastSuccess,
			failure: 'gone',
			error: 'the server answers 404'
		});
	});

	test('leaves a silence behind, from its last reading to the next, once however often it fails and whoever looks', async () => {
		await watch();
		const [one, other] = [collector('one'), collector('other')];
		await one.look();
		const since = clock;
		web = () => {
			throw new FetchProblem('blocked', 'the server answers 403');
		};
		for (const hours of [6, 3, 6, 6]) {
			clock += hours * HOUR;
			await Promise.all([one.look(), other.look()]);
		}
		const silence = { source: pageId(watched), since, noticed: since + 9 * HOUR, failure: 'blocked', reason: 'the server answers 403' }; // prettier-ignore
		expect(await desk.silences.list({ limit: 9 })).toEqual([{ ...silence, until: null }]);
		web = () => page('<main>We share nothing.</main>');
		clock += 12 * HOUR;
		await one.look();
		expect(await desk.silences.list({ limit: 9 })).toEqual([{ ...silence, until: clock }]);
		clock += 6 * HOUR;
		await one.look();
		expect(await desk.silences.list({ limit: 9 })).toHaveLength(1);
		expect(await desk.visits.since('2026-01-01')).toMatchObject([
			{ day: '2026-01-01', good: 1, failed: 4 },
			{ day: '2026-01-02', good: 2, failed: 0 }
		]);
	});

	test('leaves a silence behind when nobody came to read it, after a restart or a jump of the clock', async () => {
		await watch();
		const before = collector('before');
		await before.look();
		const since = clock;
		await before.close();
		clock += 72 * HOUR;
		await collector('after').look();
		expect(await desk.silences.list({ limit: 9 })).toMatchObject([
			{ since, noticed: clock, failure: null, until: clock }
		]);
		clock -= 48 * HOUR;
		await collector('back').look();
		expect(await desk.silences.list({ limit: 9 })).toHaveLength(1);
	});

	test('that was never read is silent from when it was watched', async () => {
		await watch();
		const since = clock;
		web = () => {
			throw new FetchProblem('blocked', 'the server answers 429', { retryable: true, retryAfter: 10 * HOUR });
		};
		const { look, state } = collector();
		await look();
		clock += 9 * HOUR;
		await look();
		expect(asked).toHaveLength(1);
		expect(await desk.silences.list({ open: true, limit: 9 })).toMatchObject([
			{ since, failure: 'blocked', reason: 'the server answers 429' }
		]);
		expect(await state()).toMatchObject({ state: 'blind', failure: 'blocked', next: since + 10 * HOUR });
	});

	test('is left alone for as long as the site asks', async () => {
		await watch();
		web = () => {
			throw new FetchProblem('blocked', 'the server answers 429', { retryable: true, retryAfter: 10 * HOUR });
		};
		const { look } = collector();
		await look();
		clock += 9.9 * HOUR;
		await look();
		expect(asked).toHaveLength(1);
		clock += 0.2 * HOUR;
		await look();
		expect(asked).toHaveLength(2);
	});

	test('for an error of ours is not asked for again and again', async () => {
		await watch();
		web = () => {
			throw new TypeError('a mistake');
		};
		const { look, state } = collector();
		await look();
		await look();
		expect(asked).toHaveLength(1);
		expect(await state()).toMatchObject({ state: 'failing' });
	});
});

test('when the log cannot take events the page is not at fault, and is read again soon', async () => {
	await watch();
	logDoes = () => {
		throw new Problem('log-full', 'the log is full');
	};
	const { look, state } = collector();
	await look();
	expect([events, await state()]).toEqual([[], undefined]);
	logDoes = () => undefined;
	clock += 11_000;
	await look();
	expect(events).toHaveLength(1);
});

test('a stop ends a visit that is under way, and the page stays due', async () => {
	await watch();
	const { promise: begun, resolve: begin } = Promise.withResolvers<null>();
	const health = new HealthBoard(desk.health, () => clock);
	const hanging = new PolicyCollector({
		desk, health, logger, holder: 'hanging', now: () => clock, random: () => 0.5,
		log: { append: async () => undefined },
		render: async () => page(''),
		extract,
		fetcher: {
			fetch: (_url, options) =>
				new Promise((_resolve, reject) => {
					options?.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error));
					begin(null);
				})
		}
	}); // prettier-ignore
	hanging.start();
	await begun;
	await hanging.close();
	await collector('next').look();
	expect(events).toHaveLength(1);
});
