/** The web handler: the built one, or Vite's under `npm run dev`. */
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Config } from '#lib/server/config.ts';
import { build, isStale } from './build.ts';

type Middleware = (
	request: IncomingMessage,
	response: Parameters<RequestListener>[1],
	next: (error?: unknown) => void
) => void;
const handlerModule = z.object({ handler: z.custom<Middleware>((value) => typeof value === 'function') });

/** Where the adapter reads the protocol: we set it, whatever a client sent, or else every form over plain http is refused. */
const PROTOCOL = 'x-telltale-protocol';

/** Builds when sources are newer. Rejects when the pages cannot be built. */
export async function webHandler(config: Config, server: Server, dev: boolean): Promise<RequestListener> {
	const handle = dev ? await viteMiddleware(server) : await builtHandler(config);
	return (request, response) => {
		request.headers[PROTOCOL] = 'http';
		handle(request, response, (error) => {
			response
				.writeHead(error ? 500 : 404, { 'content-type': 'text/plain' })
				.end(error ? 'failed\n' : 'not found\n');
		});
	};
}

async function builtHandler({ origin }: Config): Promise<Middleware> {
	if (isStale()) build();
	// The adapter reads these once, when it is imported. The doors have limits of their own.
	if (origin) process.env['ORIGIN'] = origin;
	else {
		delete process.env['ORIGIN'];
		process.env['PROTOCOL_HEADER'] = PROTOCOL;
	}
	process.env['BODY_SIZE_LIMIT'] = 'Infinity';
	process.env['NODE_ENV'] ??= 'production';
	const url = pathToFileURL(join(import.meta.dirname, '../build/handler.js')).href;
	return handlerModule.parse(await import(url)).handler;
}

async function viteMiddleware(server: Server): Promise<Middleware> {
	const { createServer } = await import('vite');
	const vite = await createServer({ server: { middlewareMode: { server } }, appType: 'custom' });
	return (request, response, next) => vite.middlewares(request, response, next);
}
