/** What is of the demo alone: nothing that was made up is learnt from. */
import { z } from 'zod';
import { whole } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** Whether nobody but the demo has brought in what a signal stands on: an article, or the text of a policy. */
export async function isOfDemo(
	store: Pick<Store, 'select'>,
	{ kind, id }: { kind: string; id: string }
): Promise<boolean> {
	const of =
		kind === 'news'
			? 'FROM news WHERE id = toUInt64OrZero({id:String})'
			: 'FROM policy_sightings WHERE hash = unhex(right({id:String}, 64))';
	const [found] = await store.select({
		sql: `SELECT count() AS seen, countIf(origin != 'demo') AS ours ${of}`,
		params: { id },
		row: z.object({ seen: whole, ours: whole })
	});
	return found !== undefined && found.seen > 0 && found.ours === 0;
}
