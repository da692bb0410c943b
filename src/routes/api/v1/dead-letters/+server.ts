import { queries, readQuery } from '#lib/server/api/operations.ts';
import { answer } from '#lib/server/api/problem.ts';
import { formatInstant } from '#lib/domain/time.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url, locals: { services } }) =>
	answer(async () => {
		const { state, limit, before } = readQuery(url, queries.deadLetters);
		const letters = await services.desk.deadLetters.list({
			limit,
			...(state && { state }),
			...(before !== undefined && { before })
		});
		const last = letters.at(-1);
		const headers: Record<string, string> = {};
		if (last && letters.length === limit) {
			const next = new URL(url);
			next.searchParams.set('before', last.id);
			headers['link'] = `<${next.pathname}${next.search}>; rel="next"`;
		}
		const body = letters.map((letter) => ({
			...letter,
			bytes: letter.bytes.toString('base64'),
			accepted: formatInstant(letter.accepted),
			at: letter.at === null ? null : formatInstant(letter.at)
		}));
		return Response.json(body, { headers });
	});
