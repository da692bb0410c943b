import { dayOf } from '#lib/domain/time.ts';
import { exportWatchlist } from '#lib/server/watchlist-file.ts';
import { reading } from '../../view.ts';
import type { RequestHandler } from './$types';

/** The watchlist as YAML, as `telltale watchlist export` has it. */
export const GET: RequestHandler = async ({ locals: { services } }) => {
	const text = await reading(services, () => exportWatchlist(services.desk));
	return new Response(text, {
		headers: {
			'content-type': 'application/yaml; charset=utf-8',
			'content-disposition': `attachment; filename="watchlist-${dayOf(Date.now())}.yaml"`
		}
	});
};
