import { openapi } from '#lib/server/api/openapi.ts';
import type { RequestHandler } from './$types';

const description = JSON.stringify(openapi());

export const GET: RequestHandler = () =>
	new Response(description, { headers: { 'content-type': 'application/json' } });
