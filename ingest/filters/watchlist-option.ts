/** `--watchlist FILE.yaml`: the watchlist that a filter reads with; without it the starter. */
import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { watchlistSchema, type Watchlist } from '#lib/domain/watchlist/watchlist.ts';
import type { FilterContext, FilterOption } from './filter.ts';

export const watchlistOption: FilterOption = {
	flags: '--watchlist <file>',
	describe: 'a watchlist in YAML, in place of the starter'
};

/** The watchlist that the options name; null, with the reason said, where it cannot be read (then the filter ends with 2). */
export async function watchlistOf({
	options,
	warn
}: Pick<FilterContext, 'options' | 'warn'>): Promise<Readonly<Watchlist> | null> {
	const file = options.watchlist;
	if (typeof file !== 'string') return starter;
	try {
		const read = watchlistSchema.safeParse(parse(await readFile(file, 'utf8')) ?? {});
		if (read.success) return read.data;
		const [issue] = read.error.issues;
		warn(`${file}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'is no watchlist'}`);
	} catch (error) {
		warn(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
	}
	return null;
}
