/**
 * The product: opens log, store and desk once, starts the consumers, hands everything to the web handler, drains on SIGTERM.
 * `main.ts [start|ingest|web] [--dev]`.
 */
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import { isLoopback, readConfig, type Config } from '#lib/server/config.ts';
import { isProblem, Problem } from '#lib/server/errors.ts';
import { createLogger, type Logger } from '#lib/server/logger.ts';
import { provide } from '#lib/server/services.ts';
import { probes } from './probes.ts';
import { open, type Form } from './product.ts';
import { webHandler } from './web.ts';

const FORMS: readonly Form[] = ['start', 'ingest', 'web'];
/** Longer than this a stop does not take, whatever hangs. */
const STOP_MS = 9_000;

/** Runs a form of the product until it is stopped; rejects with the problem that kept it from starting. */
export async function main(args: string[]): Promise<void> {
	const dev = args.includes('--dev');
	const [name = 'start'] = args.filter((arg) => arg !== '--dev');
	const form = FORMS.find((known) => known === name);
	if (!form)
		throw new Problem('configuration', `${name} is not a form; it must be one of ${FORMS.join(', ')}`);
	const config = readConfig(process.env);
	const logger = createLogger(config.logLevel);
	refuseExposure(config, form);

	// The port first: a taken one ends the start before anything is opened.
	let handler: RequestListener | undefined;
	const at =
		form === 'ingest' ? { name: 'PROBE_PORT', port: config.probePort } : { name: 'PORT', port: config.port };
	const server = at.port === undefined ? undefined : await listen({ ...at, port: at.port, host: config.host }, (request, response) => {
		if (handler) return handler(request, response);
		response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' }).end('starting\n');
	}); // prettier-ignore

	const product = await open(form, config, logger);
	provide(product.services);
	if (server)
		handler = form === 'ingest' ? probes(product.services) : await webHandler(config, server, logger, dev);
	product.ready();
	if (server && form !== 'ingest') announce(config, server.address());
	else process.stderr.write('\n  Telltale is consuming\n\n');

	let stopping = false;
	const stop = async (signal: string) => {
		if (stopping) return;
		stopping = true;
		logger.info({ signal }, 'stopping');
		setTimeout(() => process.exit(0), STOP_MS).unref();
		server?.close();
		server?.closeIdleConnections();
		await product.close();
		server?.closeAllConnections();
		process.exit(0);
	};
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
	process.on('unhandledRejection', (error) => crash(logger, error));
	process.on('uncaughtException', (error) => crash(logger, error));
}

/** A programmer's error: say it and end; whoever supervises starts again, and nothing acknowledged is lost. */
function crash(logger: Logger, error: unknown): void {
	logger.fatal({ err: error }, 'ended by an error of ours');
	process.exit(1);
}

/** Beyond loopback there must be accounts; until there are, whoever wants it open says so. */
function refuseExposure({ host, open }: Config, form: Form): void {
	if (form === 'ingest' || isLoopback(host) || open) return;
	throw new Problem(
		'configuration',
		`HOST is ${host}, which others can reach, and there are no accounts; set TELLTALE_ACCESS=open to allow it`,
		{
			path: 'HOST'
		}
	);
}

async function listen(
	{ host, port, name }: { host: string; port: number; name: string },
	listener: RequestListener
) {
	const server = createServer({ keepAliveTimeout: 5_000 }, listener);
	server.listen(port, host.replace(/^\[|\]$/g, ''));
	try {
		await once(server, 'listening');
	} catch (cause) {
		const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
		const why =
			code === 'EADDRINUSE'
				? 'is taken'
				: code === 'EACCES'
					? 'may not be used by this user'
					: `cannot be listened on (${code})`;
		throw new Problem('configuration', `${name} ${port} on ${host} ${why}; set ${name} to another one`, {
			cause,
			path: name
		});
	}
	return server;
}

function announce(
	{ host, origin }: Config,
	address: ReturnType<ReturnType<typeof createServer>['address']>
): void {
	const port = address !== null && typeof address === 'object' ? address.port : '';
	const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
	process.stderr.write(`\n  Telltale is at ${origin ?? `http://${name}:${port}`}\n\n`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
	main(process.argv.slice(2)).catch((error: unknown) => {
		// What was expected to happen is said in words; a stack trace is for errors of ours.
		const text = isProblem(error) ? error.message : error instanceof Error ? error.stack : String(error);
		process.stderr.write(`telltale: ${text}\n`);
		process.exit(isProblem(error, 'configuration') ? 2 : 1);
	});
