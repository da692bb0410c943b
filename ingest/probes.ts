/** What `ingest`, which has no pages, answers to whoever watches over it. */
import type { RequestListener } from 'node:http';
import type { Services } from '#lib/server/services.ts';

type Answer = { status: number; text: string };

/** `/healthz`, `/readyz` and `/metrics`, as `web` has them. */
export function probes({
	notReady,
	metrics,
	logger
}: Pick<Services, 'notReady' | 'metrics' | 'logger'>): RequestListener {
	const answers: Record<string, () => Answer | Promise<Answer>> = {
		'/healthz': () => ({ status: 200, text: 'ok\n' }),
		'/readyz': () => {
			const missing = notReady();
			return { status: missing ? 503 : 200, text: `${missing ?? 'ready'}\n` };
		},
		'/metrics': async () => ({ status: 200, text: await metrics() })
	};
	return (request, response) => {
		const answer = answers[request.url ?? ''] ?? (() => ({ status: 404, text: 'not found\n' }));
		Promise.try(answer)
			.catch((error: unknown) => {
				logger.warn({ err: error }, 'a probe failed');
				return { status: 503, text: 'failed\n' };
			})
			.then(({ status, text }) => response.writeHead(status, { 'content-type': 'text/plain' }).end(text))
			.catch((error: unknown) => logger.error({ err: error }, 'a probe was not answered'));
	};
}
