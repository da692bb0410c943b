import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { verdicts, verdictsFilter } from './verdicts.ts';
import { watchlistOf } from './watchlist-option.ts';

const matcher = compile(watchlistSchema.parse({ organisations: [{ id: 'norden', name: 'Norden' }] }));
const event = (day: number, text: string, more: Record<string, unknown> = {}) => ({
	service: 'Talk',
	document: 'Privacy Policy',
	fetchedAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
	text,
	...more
});
const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString();
async function* lines(events: readonly unknown[]) {
	for (const one of events) yield typeof one === 'string' ? one : JSON.stringify(one);
}
async function told(events: readonly unknown[]) {
	const unreadable: string[] = [];
	const out: unknown[] = [];
	for await (const line of verdictsFilter(lines(events), matcher, (n, reason) =>
		unreadable.push(`${n}: ${reason}`)
	))
		out.push(JSON.parse(line));
	return { out, unreadable };
}
const key = { service: 'Talk', document: 'Privacy Policy', collector: '' };
const introduced = (verdict: string) => [{ organisation: 'norden', event: 'introduced', verdict }];

describe('telltale verdicts', () => {
	it('prints a change when it is seen and when it is decided, by the clock of any document', async () => {
		const { out } = await told([
			event(1, 'We share orders with none.'),
			event(5, 'We share orders with Norden.'),
			event(9, 'other', { document: 'Terms' })
		]);
		expect(out).toEqual([
			{ ...key, at: day(5), decidedAt: null, verdict: 'pending', mentions: introduced('pending') },
			{ ...key, at: day(5), decidedAt: day(7), verdict: 'confirmed', mentions: introduced('confirmed') }
		]);
	});

	it('leaves pending what the input ends before', async () => {
		const { out } = await told([
			event(1, 'We share orders with none.'),
			event(5, 'We share orders with Norden.'),
			event(6, 'We share orders with Norden.')
		]);
		expect(out).toMatchObject([{ verdict: 'pending', decidedAt: null }]);
	});

	it('keeps collectors apart', async () => {
		const events = ['one', 'two'].flatMap((collector, i) => [
			event(1 + i, 'a', { collector }),
			event(5 + i, 'b', { collector })
		]);
		const { out } = await told(events.sort((a, b) => (a.fetchedAt < b.fetchedAt ? -1 : 1)));
		expect(out).toMatchObject([{ collector: 'one', at: day(5) }, { collector: 'two', at: day(6) }]); // prettier-ignore
	});

	it('reads empty texts and any offset, names what it cannot read or what comes too late, and goes on', async () => {
		const { out, unreadable } = await told([
			'{', '', event(1, ''), event(3, 'b', { fetchedAt: '2026-01-03T08:00:00+08:00' }), event(2, 'c'), event(4, 'd', { fetchedAt: 'soon' })
		]); // prettier-ignore
		expect(out).toMatchObject([{ at: day(3), verdict: 'pending' }]);
		expect(unreadable.map((line) => line.slice(0, 14))).toEqual([
			'1: is not JSON',
			'5: fetchedAt: ',
			'6: fetchedAt: '
		]);
	});
});

describe('--watchlist', () => {
	let folder = '';
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'telltale-watchlist-'));
	});
	afterAll(() => rm(folder, { recursive: true }));
	const read = async (text: string | null) => {
		const file = join(folder, 'watchlist.yaml');
		if (text !== null) await writeFile(file, text);
		const warnings: string[] = [];
		const options = { watchlist: text === null ? join(folder, 'none') : file };
		const watchlist = await watchlistOf({ options, warn: (line) => void warnings.push(line) });
		return { ids: watchlist?.organisations.map(({ id }) => id), warnings };
	};

	it('replaces the starter', async () => {
		expect(await read('organisations: [{ id: norden, name: Norden }]')).toEqual({
			ids: ['norden'],
			warnings: []
		});
		expect((await watchlistOf({ options: {}, warn: () => undefined }))?.organisations.length).toBeGreaterThan(
			50
		);
	});

	it('is named where it cannot be read, with the field, and the filter ends with 2', async () => {
		expect((await read('organisations: [{ id: Norden, name: Norden }]')).warnings[0]).toContain(
			'organisations.0.id'
		);
		for (const broken of ['organisations: [', '7', null])
			expect((await read(broken)).warnings).toHaveLength(1);
		const context = { args: [], options: { watchlist: join(folder, 'none') }, input: lines([]), write: () => undefined, warn: () => undefined }; // prettier-ignore
		expect(await verdicts.run(context)).toBe(2);
	});
});
