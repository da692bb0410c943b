import type { RequestHandler } from './$types';

/** 200 once log, store and desk work together; else 503 and what is missing. */
export const GET: RequestHandler = ({ locals: { services } }) => {
	const missing = services.notReady();
	return new Response(`${missing ?? 'ready'}\n`, {
		status: missing ? 503 : 200,
		headers: { 'content-type': 'text/plain' }
	});
};
