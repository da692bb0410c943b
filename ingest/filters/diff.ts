/** `telltale diff`: what changed between two texts of a policy, of two files or of pairs in NDJSON. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { differ, type PolicyDiff } from '#lib/domain/policies/diff.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { reporter } from './filter.ts';
import type { Filter } from './filter.ts';
import { records } from './lines.ts';
import type { Unreadable } from './lines.ts';
import { watchlistOf, watchlistOption } from './watchlist-option.ts';

const pair = z.object({ id: z.string(), before: z.string(), after: z.string() });

/** Each pair's changes as JSON, one a line, in order. */
export async function* diffFilter(
	lines: AsyncIterable<string>,
	diff: (before: string, after: string) => PolicyDiff,
	unreadable: Unreadable
): AsyncGenerator<string> {
	for await (const { id, before, after } of records(lines, pair, unreadable))
		yield JSON.stringify({ id, ...diff(before, after) });
}

export const diff: Filter = {
	describe: 'the changes between two policy texts, clause by clause',
	arguments: '[old] [new]',
	options: [
		{ flags: '--json', describe: 'of two files, as JSON (the only form there is)' },
		{ flags: '--pairs', describe: 'of {id, before, after} lines on standard input' },
		watchlistOption
	],
	async run(context) {
		const { args, options, write, warn } = context;
		const [old, now, ...more] = args;
		const watchlist = await watchlistOf(context);
		if (!watchlist) return 2;
		const compare = differ(compile(watchlist));
		if (options.pairs === true && args.length === 0) {
			const report = reporter(context);
			for await (const line of diffFilter(context.input, compare, report.unreadable)) await write(line);
			return report.status();
		}
		if (options.pairs === true || old === undefined || now === undefined || more.length) {
			warn('usage: telltale diff OLD NEW --json, or telltale diff --pairs');
			return 2;
		}
		const texts: string[] = [];
		for (const file of [old, now]) {
			const text = await readFile(file, 'utf8').catch((error: unknown) => {
				warn(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
				return null;
			});
			if (text === null) return 1;
			texts.push(text);
		}
		const [before = '', after = ''] = texts;
		await write(JSON.stringify(compare(before, after)));
		return 0;
	}
};
