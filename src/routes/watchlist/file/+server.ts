import { error } from '@sveltejs/kit';
import { dayOf } from '#lib/domain/time.ts';
import { statusOf } from '#lib/server/api/problem.ts';
import { isProblem } from '#lib/server/errors.ts';
import { readFollowed } from '#lib/server/feeds/follow.ts';
import { writeOpml } from '#lib/server/feeds/opml.ts';
import { exportWatchlist } from '#lib/server/watchlist-file.ts';
import type { RequestHandler } from './$types';

/** The watchlist as YAML, as `telltale watchlist export` has it; `?as=opml`: its feeds as OPML. */
export const GET: RequestHandler = async ({ locals: { services }, url }) => {
	const opml = url.searchParams.get('as') === 'opml';
	const { desk } = services;
	try {
		const text = opml ? writeOpml(await readFollowed(desk)) : await exportWatchlist(desk);
		const [type, name] = opml ? ['text/x-opml', 'feeds'] : ['application/yaml', 'watchlist'];
		const file = `${name}-${dayOf(Date.now())}.${opml ? 'opml' : 'yaml'}`;
		return new Response(text, {
			headers: {
				'content-type': `${type}; charset=utf-8`,
				'content-disposition': `attachment; filename="${file}"`
			}
		});
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		error(statusOf(problem), { message: problem.message, code: problem.code });
	}
};
