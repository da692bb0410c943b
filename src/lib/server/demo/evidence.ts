/** What is of the demo alone: nothing that was made up is learnt from. */
import { z } from 'zod';
import { id, inParts, whole } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** Which of `articles` (ids) nobody but the demo has brought in. */
export async function demoArticles(
	store: Pick<Store, 'select'>,
	articles: readonly string[]
): Promise<Set<string>> {
	const found = await inParts(articles, (part) =>
		store.select({
			sql: `SELECT id FROM news WHERE id IN {articles:Array(UInt64)} GROUP BY id HAVING max(origin != 'demo') = 0`,
			params: { articles: part.map(BigInt) },
			row: z.object({ id })
		})
	);
	return new Set(found.map((article) => article.id));
}

/** Whether nobody but the demo has brought in what a signal stands on: an article, or the text of a policy. */
export async function isOfDemo(
	store: Pick<Store, 'select'>,
	evidence: { kind: string; id: string }
): Promise<boolean> {
	const of =
		evidence.kind === 'news'
			? 'FROM news WHERE id = toUInt64OrZero({id:String})'
			: 'FROM policy_sightings WHERE hash = unhex(right({id:String}, 64))';
	const [found] = await store.select({
		sql: `SELECT count() AS seen, countIf(origin != 'demo') AS ours ${of}`,
		params: { id: evidence.id },
		row: z.object({ seen: whole, ours: whole })
	});
	return found !== undefined && found.seen > 0 && found.ours === 0;
}
