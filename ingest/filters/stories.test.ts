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
