/** `telltale watchlist export|import`: whom and what we watch, as YAML; feeds alone as OPML. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { Changes } from '#lib/domain/watchlist/layers.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import { Problem } from '#lib/server/errors.ts';
import { followFeeds, notFollowed, readFollowed } from '#lib/server/feeds/follow.ts';
import { isOpml, readOpml, writeOpml } from '#lib/server/feeds/opml.ts';
import {
	exportWatchlist,
	fileChanges,
	importWatchlist,
	parseWatchlist,
	WATCHLIST_BYTES
} from '#lib/server/watchlist-file.ts';

/** Writes what is watched to `file`, `-` for `out`; into a file `….opml` the feeds alone. Resolves to the exit status. Rejects with `desk-unavailable`, `invalid` for the file. */
export async function exportFile({
	file,
	desk,
	out
}: {
	file: string;
	desk: Pick<Desk, 'documents'>;
	out: Writable;
}): Promise<number> {
	const text = /\.opml$/i.test(file) ? writeOpml(await readFollowed(desk)) : await exportWatchlist(desk);
	if (file === '-') out.write(text);
	else await writeFile(file, text).catch((cause: unknown) => refuse(file, cause));
	return 0;
}

interface ImportCommand {
	/** A path, `-` for standard input. */
	file: string;
	/** Only says what would change. */
	dryRun: boolean;
	desk: Pick<Desk, 'documents'>;
	who: string;
	now: () => number;
	stdin: AsyncIterable<Buffer>;
	out: Writable;
	err: Writable;
}

/**
 * Takes a file in and says what changed, a line a section and one a change. Resolves to the exit status: 1 for a file with mistakes. Rejects
 * with `too-large` and `invalid`.
 */
export async function importFile(command: ImportCommand): Promise<number> {
	const { file, dryRun, desk, who, now, stdin, out, err } = command;
	const bytes =
		file === '-' ? await all(stdin) : await readFile(file).catch((cause: unknown) => refuse(file, cause));
	if (bytes.length > WATCHLIST_BYTES)
		throw new Problem(
			'too-large',
			`${file} has ${bytes.length} bytes; a watchlist may have ${WATCHLIST_BYTES}`
		);
	if (isOpml(bytes.subarray(0, 4096))) return importFeeds(command, bytes);
	const parsed = parseWatchlist(bytes.toString('utf8'));
	if ('errors' in parsed) {
		for (const { path, message } of parsed.errors)
			err.write(`${file}: ${path ? `${path}: ` : ''}${message}\n`);
		return 1;
	}
	const changes = dryRun
		? await fileChanges(desk, parsed)
		: await importWatchlist(desk, parsed, { who, at: now() });
	const lines: string[] = [];
	const say = <T>(section: string, { added, changed, removed }: Changes<T>, name: (entry: T) => string) => {
		lines.push(`${section}: ${added.length} added, ${changed.length} changed, ${removed.length} removed`);
		for (const [mark, list] of [
			['+', added],
			['~', changed],
			['-', removed]
		] as const)
			// prettier-ignore
			lines.push(...named(list.map(name), mark));
	};
	if (parsed.organisations) say('organisations', changes.organisations, ({ id }) => id);
	if (parsed.feeds) say('feeds', changes.feeds, ({ url }) => url);
	if (parsed.policies)
		say('policies', changes.policies, ({ service, document }) => `${service}, ${document}`);
	out.write(lines.map((line) => `${line}\n`).join(''));
	return 0;
}

/** So many names of a kind are said, the rest as a number. */
const NAMED = 50;
const named = (names: readonly string[], mark: string): string[] => [
	...names.slice(0, NAMED).map((name) => `  ${mark} ${name}`),
	...(names.length > NAMED ? [`  ${mark} and ${names.length - NAMED} more`] : [])
];

/** A list of feeds as OPML: they are read besides those that are. */
async function importFeeds({ file, dryRun, desk, who, now, out, err }: ImportCommand, bytes: Buffer) {
	const { feeds, refused } = readOpml(bytes);
	const added = dryRun ? await notFollowed(desk, feeds) : await followFeeds(desk, feeds, { who, at: now() });
	for (const { name, why } of refused)
		err.write(`${file}: ${name}: ${why === 'twice' ? 'is there twice' : 'has no http(s) address'}\n`);
	out.write(
		`feeds: ${added.length} added, ${feeds.length - added.length} read already, ${refused.length} refused\n`
	);
	for (const line of named(
		added.map(({ url }) => url),
		'+'
	))
		out.write(`${line}\n`);
	return 0;
}

async function all(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
	const parts: Buffer[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		parts.push(chunk);
		size += chunk.length;
		if (size > WATCHLIST_BYTES) break;
	}
	return Buffer.concat(parts);
}

function refuse(file: string, cause: unknown): never {
	throw new Problem('invalid', `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
		cause
	});
}
