import type { Handle, HandleServerError } from '@sveltejs/kit';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { isOurHost, isOurOrigin } from '#lib/server/access.ts';
import { problemResponse } from '#lib/server/api/problem.ts';
import { compress } from '#lib/server/compress.ts';
import { services } from '#lib/server/services.ts';
import { isLocale, languageTag } from '#lib/ui/locale.ts';
import { readTheme, THEME_COOKIE } from '#lib/ui/theme.ts';

const PROBLEM = 'application/problem+json';
const API = '/api/';

/** What Kit refuses by itself under /api (405, 404, 500) becomes a problem document as well. */
function asProblem(response: Response): Response {
	if (response.status < 400 || response.headers.get('content-type')?.startsWith(PROBLEM)) return response;
	const problem = problemResponse(response.status);
	const allow = response.headers.get('allow');
	if (allow) problem.headers.set('allow', allow);
	return problem;
}

export const handle: Handle = async ({ event, resolve }) => {
	const shared = services();
	const host = event.request.headers.get('host');
	const origin = event.request.headers.get('origin');
	if (!isOurHost(host, shared.config))
		return problemResponse(421, host ? `this is not ${host}` : 'the request names no host');
	if (!isOurOrigin(origin, host, shared.config.origin))
		return problemResponse(403, `not from pages of ${origin}`);
	event.locals.services = shared;

	if (event.url.pathname.startsWith(API)) return compress(event.request, asProblem(await resolve(event)));
	return paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		event.locals.locale = isLocale(locale) ? locale : 'en';
		event.locals.theme = readTheme(event.cookies.get(THEME_COOKIE));
		const response = await resolve(event, {
			transformPageChunk: ({ html }) =>
				html
					.replace('%telltale.lang%', languageTag(event.locals.locale))
					.replace('%telltale.theme%', event.locals.theme)
		});
		response.headers.set('x-content-type-options', 'nosniff');
		response.headers.set('referrer-policy', 'same-origin');
		return compress(event.request, response);
	});
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status >= 500) services().logger.error({ err: error, path: event.url.pathname }, 'request failed');
	return { message };
};
