import { describe, expect, it } from 'vitest';
import { filters } from './index.ts';

/** Runs `telltale stories` over events; resolves to its status, parsed output and warnings. */
async function run(events: (object | string)[]) {
	const [out, warnings]: [unknown[], string[]] = [[], []];
	const status = await filters.stories?.run({
		args: [],
		options: {},
		input: (async function* () {
			for (const event of events) yield typeof event === 'string' ? event : JSON.stringify(event);
		})(),
		write: (line) => void out.push(JSON.parse(line)),
		warn: (text) => void warnings.push(text)
	});
	return { status, out, warnings };
}
const event = {
	url: 'https://a.example/1',
	title: 'Velteno opens app to Daxdell',
	publisher: 'A',
	publishedAt: '2025-03-01T08:00:00+08:00'
};

describe('telltale stories', () => {
	it('prints one line an item, in order, by its id or its URL', async () => {
		const { status, out } = await run([
			event,
			{ ...event, id: 7, publisher: 'B', publishedAt: '2025-03-01T01:00:00Z' }
		]);
		expect(status).toBe(0);
		expect(out).toEqual([
			{ id: event.url, story: event.url, copyOf: null, first: true, independentSources: 1 },
			{ id: 7, story: event.url, copyOf: null, first: false, independentSources: 2 }
		]);
	});

	it('counts no source for a retelling that names the one it rests on, nor for a sister paper', async () => {
		const told = (id: number, publisher: string, text: string) => ({ ...event, id, publisher, text });
		const { out } = await run([
			told(1, 'WSJ', 'Velteno will give Daxdell a place in its app for 413 million, the two said on Monday.'),
			told(
				2,
				'Second Look',
				'Velteno is to have Daxdell inside its app, the Wall Street Journal reported. No comment.'
			),
			told(
				3,
				'MarketWatch',
				'Daxdell shares rose as Velteno opened the app to it; the deal is worth 413 million.'
			),
			told(
				4,
				'Harwick Post',
				'Our reporter tried the new door of Daxdell in the Velteno app and found nine lamps.'
			)
		]);
		expect(out).toMatchObject(
			[1, 1, 1, 2].map((independentSources, n) => ({ story: 1, first: n === 0, independentSources }))
		);
	});

	it('forgets what is long past', async () => {
		const later = (id: number, day: number) => ({ ...event, id, publishedAt: `2025-03-${day}T08:00:00Z` });
		const { out } = await run([later(1, 10), later(2, 12), later(3, 26), later(4, 11)]);
		expect(out).toMatchObject([{ story: 1 }, { story: 1 }, { story: 3 }, { story: 4, first: true }]);
	});

	it('names what it cannot read, and goes on', async () => {
		const { status, out, warnings } = await run([
			'{',
			{ ...event, publishedAt: 'today' },
			{ publishedAt: event.publishedAt },
			'',
			event
		]);
		expect([status, out.length]).toEqual([1, 1]);
		expect(warnings).toEqual([
			'line 1: is not JSON',
			'line 2: publishedAt: must be an RFC 3339 time',
			'line 3: has neither id nor url'
		]);
	});
});
