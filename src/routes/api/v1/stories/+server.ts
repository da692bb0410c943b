import { queries, readQuery } from '#lib/server/api/operations.ts';
import { answer } from '#lib/server/api/problem.ts';
import { toldStories } from '#lib/server/stories.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url, request, locals: { services } }) =>
	answer(async () => {
		const query = readQuery(url, queries.stories);
		const page = await toldStories(services.store, query, request.signal);
		const last = page.at(-1);
		const headers: Record<string, string> = {};
		if (last && page.length === query.limit) {
			const next = new URL(url);
			next.searchParams.set('before', `${last.at}~${last.id}`);
			headers['link'] = `<${next.pathname}${next.search}>; rel="next"`;
		}
		return Response.json(page, { headers });
	});
