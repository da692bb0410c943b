/** `telltale feed`: feed files in; what each says out, one line a file, in their order. */
import { open } from 'node:fs/promises';
import type { FeedItem } from '#lib/server/feeds/feed.ts';
import { FetchProblem, isFetchProblem } from '#lib/server/fetch/problem.ts';
import { FeedReader } from '../collectors/feeds/reader.ts';
import type { Filter } from './filter.ts';

const LARGEST = 16 * 1024 * 1024;

export const feed: Filter = {
	describe: 'RSS, Atom, RDF and JSON Feed files to partial news events',
	arguments: '<files...>',
	options: [{ flags: '--url <base>', describe: 'the address that relative links stand against' }],
	async run({ args, options, write, warn }) {
		const base = typeof options.url === 'string' ? options.url : undefined;
		if (base !== undefined && !URL.canParse(base)) {
			warn(`--url must be an address, not ${base}`);
			return 2;
		}
		const reader = new FeedReader();
		try {
			for (const file of args) await write(JSON.stringify({ file, ...(await outcome(file, base, reader)) }));
		} finally {
			await reader.close();
		}
		return 0;
	}
};

type Outcome = { items: FeedItem[] } | { error: { kind: string; message: string } };

/** What the file says, or why it cannot be told; never rejects. */
async function outcome(file: string, base: string | undefined, reader: FeedReader): Promise<Outcome> {
	try {
		return { items: await reader.read(await bytesOf(file), { base }) };
	} catch (error) {
		if (isFetchProblem(error)) return { error: { kind: error.kind, message: error.message } };
		const [message = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
		return { error: { kind: 'unreadable', message } };
	}
}

async function bytesOf(file: string): Promise<Buffer> {
	await using handle = await open(file);
	const { size } = await handle.stat();
	if (size > LARGEST) throw new FetchProblem('too-large', `has more than ${LARGEST} bytes`);
	return handle.readFile();
}
