/** The topic `articles`: which articles are to be placed in stories. */
import { z } from 'zod';
import type { Check } from '#lib/domain/events.ts';
import { articleEntry } from '#lib/server/log/articles.ts';
import { ORIGINS, type EventLog } from '#lib/server/log/log.ts';
import type { NewsRow } from '#lib/server/store/news.ts';
import type { ArticleKey } from '#lib/server/store/placing.ts';
import { id, knownOf } from '#lib/server/store/rows.ts';

const schema = z.object({ id, content: id });

/**
 * Hands articles that are stored on to clustering, in the order of their time as far as they came together: an import of history in any
 * order is then told day by day. Rejects as {@link EventLog.append} does.
 */
export async function announce(log: Pick<EventLog, 'append'>, rows: readonly NewsRow[]): Promise<void> {
	for (const origin of ORIGINS) {
		const some = rows.filter((row) => row.origin === origin);
		await log.append('articles', inOrder(some).map(articleEntry), { origin });
	}
}

/** As they could be known, then as they were published: one that says it is older than what it repeats does not come before it. */
export const inOrder = (rows: readonly NewsRow[]): NewsRow[] =>
	rows
		.map((row) => {
			const { observedAt, publishedAt } = row.event;
			const { known } = knownOf(observedAt, publishedAt, row);
			return { row, known: Date.parse(known), published: Date.parse(publishedAt) };
		})
		.sort((a, b) => a.known - b.known || a.published - b.published)
		.map(({ row }) => row);

/** Reads an entry of the topic. */
export const checkKey: Check<ArticleKey> = (value) => {
	const { data } = schema.safeParse(value);
	return data
		? { ok: true, event: data }
		: { ok: false, errors: [{ path: '', message: 'is no key of an article' }] };
};
