import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk } from '#lib/server/desk/open.ts';
import { feedId } from '#lib/server/feeds/watched-feed.ts';
import { readReliability } from '#lib/server/reliability.ts';
import { saveSignalVerdict } from '#lib/server/signal-verdicts.ts';
import { insertSignals, signalsAt, type SignalRow } from '#lib/server/store/signals.ts';
import { insertStories } from '#lib/server/store/stories.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { hasEngine, openTestStore, quiet, type TestStore } from '../support/engine.ts';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const on = (day: number) => new Date(START + day * DAY).toISOString();

let serial = 0;
/** A signal of an article of its own about pair `n`. */
const signal = (n: number, day: number, source: string, more: Partial<SignalRow> = {}): SignalRow => ({
	a: `firm-${n}`, b: 'lantern', id: String(++serial), recorded: on(day), at: on(day), happened: null, type: 'talks', probability: 0.9, quote: '', source,
	reliability: 'F', copyOf: '0', evidence: { kind: 'news', id: String(serial) }, detector: 'test', live: true, position: serial,
	field: 'title', start: 0, end: 1, agent: '', person: '', ...more
}); // prettier-ignore
const announced = (n: number, day: number) =>
	['Quay Courier', 'Ledger Line'].map((source) => signal(n, day, source, { type: 'announcement' }));

describe.runIf(hasEngine)('the reliability of publishers', () => {
	let given: TestStore;
	let desk: Desk;
	beforeAll(async () => {
		given = await openTestStore();
		desk = await openDesk({ file: ':memory:' }, { logger: quiet });
	});
	afterAll(async () => {
		await given.end();
		await desk.close();
	});
	const judged = async (publisher: string, asOf?: string) =>
		(await readReliability({ store: given.store, desk, now: START + 300 * DAY, asOf }))(publisher);

	it('is a record of first reports that came true; copies, doubtful and dead signals are none', async () => {
		const own = Array.from({ length: 6 }, (_, n) => signal(n, 10, 'Tidewire'));
		const copies = Array.from({ length: 6 }, (_, n) => signal(n, 11, 'Copyist'));
		const doubted = Array.from({ length: 6 }, (_, n) => signal(n, 11, 'Doubter', { probability: 0.4 }));
		const dead = Array.from({ length: 6 }, (_, n) => signal(n, 11, 'Withdrawn', { live: false }));
		const all = [...own, ...copies, ...doubted, ...dead, ...own.flatMap((_, n) => announced(n, 21))];
		await insertSignals(given.store, all);
		await insertStories(
			given.store,
			copies.map(({ evidence }, n) => ({
				id: evidence.id, content: '1', story: own[n]?.evidence.id ?? '0', copyOf: own[n]?.evidence.id ?? null,
				publishedAt: on(11), known: on(11), recorded: on(11)
			})) // prettier-ignore
		);
		expect(await judged('Tidewire')).toMatchObject({ basis: 'record', right: 6, of: 6, daysEarly: 11 });
		for (const nobody of ['Copyist', 'Doubter', 'Withdrawn'])
			expect(await judged(nobody)).toMatchObject({ letter: 'F', basis: 'none', of: 0 });
	});
	it('is that of the day: before the announcements there is no record', async () => {
		expect(await judged('Tidewire', on(20))).toMatchObject({ basis: 'none', of: 0 });
	});
	it('leaves out what somebody called wrong, on the days after it', async () => {
		const [one] = await signalsAt(given.store, [{ kind: 'news', id: '1' }]);
		const { a = '', b = '', id = '' } = one ?? {};
		const signal = { type: 'talks' as const, organisations: [a, b], title: '', language: 'en', quote: '', field: 'title' as const, start: 0, end: 1, probability: 0.9, source: 'Tidewire', evidence: { kind: 'news', id: '1' } };
		await saveSignalVerdict(desk, { verdict: 'wrong', signal }, { id, version: 0, who: 'ada', at: START + 50 * DAY });
		expect(await judged('Tidewire')).toMatchObject({ right: 5, of: 5 });
		expect(await judged('Tidewire', on(49))).toMatchObject({ right: 6, of: 6 });
	}); // prettier-ignore
	it('is what whoever follows the feed says, until there is a record', async () => {
		const body = {
			kind: 'feeds',
			url: 'https://wire.example/feed',
			publisher: 'The Newcomer',
			reliability: 'B'
		};
		await desk.documents.save({ kind: 'source', id: feedId(body), version: 0, body, who: 'test', at: 0 });
		expect(await judged('Newcomer')).toMatchObject({ letter: 'B', basis: 'own' });
	});
	it('is what a watchlist says of its feeds, and the feed that is followed counts before it', async () => {
		const feeds = [
			{ url: 'https://a.example/feed', publisher: 'Newcomer', reliability: 'D' },
			{ url: 'https://b.example/feed', publisher: 'Oldtimer', reliability: 'C' }
		];
		await desk.documents.save({
			kind: 'watchlist',
			id: 'demo',
			version: 0,
			body: { feeds },
			who: 'test',
			at: 0
		});
		expect(await judged('Newcomer')).toMatchObject({ letter: 'B', basis: 'own' });
		expect(await judged('Oldtimer')).toMatchObject({ letter: 'C', basis: 'own' });
	});
});
