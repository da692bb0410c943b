import { describe, expect, it } from 'vitest';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { detectFilter } from './detect.ts';

const watchlist = watchlistSchema.parse({ organisations: [{ id: 'lantern', name: 'Lantern' }, { id: 'harbour', name: 'Harbour' }] }); // prettier-ignore

async function run(...items: unknown[]) {
	const unreadable: number[] = [];
	async function* lines() {
		for (const item of items) yield typeof item === 'string' ? item : JSON.stringify(item);
	}
	const read: { id: unknown; mentions: { organisation: string }[] }[] = [];
	for await (const line of detectFilter(lines(), watchlist, (line) => void unreadable.push(line)))
		read.push(JSON.parse(line));
	return { read, unreadable };
}

describe('telltale detect', () => {
	it('prints a line an item in input order, by its id or else its address', async () => {
		const { read } = await run({ id: 'b', url: 'https://x.example/1', title: 'Lantern' }, { url: 'https://x.example/2', title: '' }); // prettier-ignore
		expect(read.map(({ id }) => id)).toEqual(['b', 'https://x.example/2']);
	});

	it('looks for the names that an item brings instead of the watchlist', async () => {
		const { read } = await run({ id: '1', title: 'Acme meets Lantern', organisations: ['Acme'] });
		expect(read[0]?.mentions.map(({ organisation }) => organisation)).toEqual(['Acme']);
	});

	it('skips blank lines, and names those that it cannot read', async () => {
		const { read, unreadable } = await run('', '{', { title: 'no id' }, { id: 'x', title: 'NUL \u0000 and all' });
		expect([read.length, unreadable]).toEqual([1, [2, 3]]);
	}); // prettier-ignore
});
