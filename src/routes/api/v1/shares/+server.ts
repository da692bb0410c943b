import { queries, readQuery } from '#lib/server/api/operations.ts';
import { answer } from '#lib/server/api/problem.ts';
import { readShares } from '#lib/server/shares.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url, request, locals: { services } }) =>
	answer(async () =>
		Response.json(await readShares(services.store, readQuery(url, queries.shares), request.signal))
	);
