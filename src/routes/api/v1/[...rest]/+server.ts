import { problemResponse } from '#lib/server/api/problem.ts';
import type { RequestHandler } from './$types';

export const fallback: RequestHandler = ({ url }) =>
	problemResponse(404, `${url.pathname} is not an address of this API`);
