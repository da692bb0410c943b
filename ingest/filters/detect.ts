/** `telltale detect`: news events in; who is mentioned and what is signalled out, one line an item, in their order. */
import { z } from 'zod';
import { detector } from '#lib/domain/partnerships/signals/detect.ts';
import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import type { Watchlist } from '#lib/domain/watchlist/watchlist.ts';
import { reporter } from './filter.ts';
import type { Filter } from './filter.ts';
import { records } from './lines.ts';
import type { Unreadable } from './lines.ts';
import { watchlistOf, watchlistOption } from './watchlist-option.ts';

/** A news event, laxer than at a door: only what is read of it. */
const item = z
	.object({
		id: z.union([z.string(), z.number()]).optional(),
		url: z.string().optional(),
		title: z.string().nullish(),
		text: z.string().nullish(),
		publishedAt: z.string().nullish(),
		organisations: z.array(z.string()).nullish()
	})
	.refine(({ id, url }) => id !== undefined || url !== undefined, 'has neither id nor url');

/** Each item's mentions and signals as JSON. Constant memory. */
export async function* detectFilter(
	lines: AsyncIterable<string>,
	watchlist: Pick<Watchlist, 'organisations'>,
	unreadable: Unreadable
): AsyncGenerator<string> {
	const detect = detector(watchlist, shippedWeights());
	for await (const { id, url, title, text, publishedAt, organisations } of records(lines, item, unreadable)) {
		const { language, mentions, signals } = detect({
			title: title ?? '',
			text: text ?? '',
			organisations: organisations ?? undefined,
			publishedAt: publishedAt ?? undefined
		});
		yield JSON.stringify({ id: id ?? url, language, mentions, signals });
	}
}

export const detect: Filter = {
	describe: 'news events to the organisations they mention and the signals they carry',
	options: [watchlistOption],
	async run(context) {
		const watchlist = await watchlistOf(context);
		if (!watchlist) return 2;
		const report = reporter(context);
		for await (const line of detectFilter(context.input, watchlist, report.unreadable))
			await context.write(line);
		return report.status();
	}
};
