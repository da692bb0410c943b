/** Errors as RFC 9457 problem documents. */
import { isProblem, type Problem, type ProblemCode } from '../errors.ts';

const STATUS: Record<ProblemCode, number> = {
	'log-unavailable': 503,
	'log-full': 503,
	'log-mismatch': 503,
	'store-unavailable': 503,
	'store-refused': 400,
	'store-failed': 500,
	'store-forbidden': 500,
	'desk-unavailable': 503,
	conflict: 409,
	'not-found': 404,
	invalid: 400,
	'too-large': 413,
	unsupported: 415,
	'newer-schema': 503,
	'folder-in-use': 503,
	configuration: 500
};

export const statusOf = (problem: Problem): number => STATUS[problem.code];

export const TITLES: Record<number, string> = {
	400: 'The request cannot be read',
	403: 'Not from here',
	404: 'There is no such thing',
	405: 'Not with this method',
	409: 'Somebody was faster',
	413: 'Too large',
	415: 'Not in this format',
	421: 'Not our name',
	500: 'Something broke here',
	503: 'Not now'
};

/** A problem document; `extra` members stand beside the standard ones. */
export function problemResponse(
	status: number,
	detail?: string,
	extra: Record<string, unknown> = {}
): Response {
	const body = {
		type: 'about:blank',
		title: TITLES[status] ?? 'It did not work',
		status,
		...(detail && { detail }),
		...extra
	};
	const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
	if (status === 503) headers['retry-after'] = '2';
	return new Response(JSON.stringify(body), { status, headers });
}

/** Runs a handler of the API; what it throws on purpose becomes a problem document, anything else is the caller's to log. */
export async function answer(work: () => Response | Promise<Response>): Promise<Response> {
	try {
		return await work();
	} catch (error) {
		if (!isProblem(error)) throw error;
		const status = statusOf(error);
		return problemResponse(status, error.message, {
			code: error.code,
			...(error.path && { path: error.path })
		});
	}
}
