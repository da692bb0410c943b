import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { services } }) =>
	new Response(await services.metrics(), {
		headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }
	});
