/** Pages and answers compressed for whoever takes gzip; streams of events and what is compressed already pass as they are. */

const TEXT = /^(text\/(html|plain|csv)|application\/(json|problem\+json|x-ndjson))\b/;
/** Below this a header costs more than it saves. */
const LEAST_BYTES = 1_024;

export function compress(request: Request, response: Response): Response {
	const { body, status, statusText } = response;
	const headers = new Headers(response.headers);
	if (!body || headers.has('content-encoding') || !TEXT.test(headers.get('content-type') ?? ''))
		return response;
	headers.append('vary', 'accept-encoding');
	const size = headers.get('content-length');
	const plain = !/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
	if (plain || (size !== null && Number(size) < LEAST_BYTES))
		return new Response(body, { status, statusText, headers });
	headers.set('content-encoding', 'gzip');
	headers.delete('content-length');
	return new Response(body.pipeThrough(new CompressionStream('gzip')), { status, statusText, headers });
}
