/** The web handler: the built one, or Vite's under `npm run dev`. */
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Config } from '#lib/server/config.ts';
import type { Logger } from '#lib/server/logger.ts';
import { build, builtHandler, isStale, serve } from './build.ts';

type Middleware = (
	request: IncomingMessage,
	response: Parameters<RequestListener>[1],
	next: (error?: unknown) => void
) => void;
const handlerModule = z.object({ handler: z.custom<Middleware>((value) => typeof value === 'function') });

/** Where the adapter reads the protocol: we set it, whatever a client sent, or else every form over plain http is refused. */
const PROTOCOL = 'x-telltale-protocol';

/** Far more often than unserved pages are removed, ms. */
const LOOK_MS = 60_000;

/** Builds when sources are newer. Rejects when the pages cannot be built. */
export async function webHandler(
	config: Config,
	server: Server,
	logger: Logger,
	dev: boolean
): Promise<RequestListener> {
	const handle = dev ? await viteMiddleware(server) : await lastBuild(config, logger);
	return (request, response) => {
		request.headers[PROTOCOL] = 'http';
		handle(request, response, (error) => {
			response
				.writeHead(error ? 500 : 404, { 'content-type': 'text/plain' })
				.end(error ? 'failed\n' : 'not found\n');
		});
	};
}

async function lastBuild({ origin }: Config, logger: Logger): Promise<Middleware> {
	if (isStale()) build();
	// The adapter reads these once, when it is imported. The doors have limits of their own.
	if (origin) process.env['ORIGIN'] = origin;
	else {
		delete process.env['ORIGIN'];
		process.env['PROTOCOL_HEADER'] = PROTOCOL;
	}
	process.env['BODY_SIZE_LIMIT'] = 'Infinity';
	process.env['NODE_ENV'] ??= 'production';
	const file = builtHandler();
	if (file === null) throw new Error('there are no built pages');
	attend(file, logger);
	return handlerModule.parse(await import(pathToFileURL(file).href)).handler;
}

/** Says now and then that these pages are served, so that they stay; and once that newer ones were built. */
function attend(served: string, logger: Logger): void {
	let told = false;
	const look = () => {
		serve(served);
		const last = builtHandler();
		if (told || last === null || last === served) return;
		told = true;
		logger.info({ served, last }, 'newer pages were built; until it is started again this product serves its own');
	};
	look();
	setInterval(look, LOOK_MS).unref();
} // prettier-ignore

async function viteMiddleware(server: Server): Promise<Middleware> {
	const { createServer } = await import('vite');
	const vite = await createServer({ server: { middlewareMode: { server } }, appType: 'custom' });
	return (request, response, next) => vite.middlewares(request, response, next);
}
