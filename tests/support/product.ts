/** The product as a process of its own, for tests that cross processes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');

export function freePort(): Promise<number> {
	return new Promise((done, fail) => {
		const server = createServer();
		server.on('error', fail);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			const port = address !== null && typeof address === 'object' ? address.port : 0;
			server.close(() => done(port));
		});
	});
}

/** A new empty folder and how to remove it. */
export function temporaryFolder(): { folder: string; remove(): void } {
	const folder = mkdtempSync(join(tmpdir(), 'telltale-'));
	return {
		folder,
		remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
	};
}

/** Polls until `test` gives something other than undefined, null or false; rejects after `ms` with `what`. */
export async function until<T>(
	what: string,
	test: () => Promise<T | undefined | null | false> | T | undefined | null | false,
	ms = 30_000
): Promise<T> {
	const end = performance.now() + ms;
	for (;;) {
		const value = await test();
		if (value !== undefined && value !== null && value !== false) return value;
		if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
		await wait(25);
	}
}

export interface Running {
	url: string;
	port: number;
	folder: string;
	pid: number;
	/** What it has printed so far, standard output and error. */
	output(): string;
	/** Resolves with its exit status, null when a signal ended it. */
	ended: Promise<number | null>;
	/** Signals the process (not the engine) and waits for its end. */
	stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export type Env = Record<string, string | undefined>;

/** A command of ours under this process's Node; in a process group of its own. */
export function launch(script: string, args: string[], env: Env): ChildProcess {
	return spawn(process.execPath, [join(root, script), ...args], {
		cwd: root,
		env: { ...process.env, NODE_ENV: undefined, VITEST: undefined, ...env },
		stdio: ['pipe', 'pipe', 'pipe']
	});
}

/** Runs a command to its end. */
export async function run(
	script: string,
	args: string[],
	env: Env,
	input = ''
): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const child = launch(script, args, env);
	let stdout = '';
	let stderr = '';
	child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk));
	child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk));
	child.stdin?.on('error', () => undefined); // a command that stops early closes its input
	child.stdin?.end(input);
	const code = await new Promise<number | null>((done) => child.on('close', done));
	return { code, stdout, stderr };
}

export const telltale = (args: string[], env: Env, input?: string) => run('ingest/cli.ts', args, env, input);

/** Starts a form of the product on a free port and waits until it is ready. `ingest` has no port: it is ready once it says so. */
export async function startProduct(options: {
	folder: string;
	form?: 'start' | 'ingest' | 'web';
	env?: Env;
	port?: number;
}): Promise<Running> {
	const { folder, form = 'start', env = {} } = options;
	const port = options.port ?? (await freePort());
	const child = launch('ingest/main.ts', [form], {
		HOST: '127.0.0.1',
		PORT: String(port),
		TELLTALE_DATA: folder,
		TELLTALE_DEMO: '0',
		KAFKA_BROKERS: undefined,
		CLICKHOUSE_URL: undefined,
		DATABASE_URL: undefined,
		ORIGIN: undefined,
		...env
	});
	child.stdin?.end();
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.on('data', (chunk: Buffer) => (output = (output + chunk).slice(-20_000)));
	let over = false;
	const ended = new Promise<number | null>((done) => child.on('close', done));
	void ended.then(() => (over = true));
	const url = `http://127.0.0.1:${port}`;
	const running: Running = {
		url,
		port,
		folder,
		pid: child.pid ?? 0,
		output: () => output,
		ended,
		stop: (signal = 'SIGTERM') => {
			child.kill(signal);
			return ended;
		}
	};
	try {
		await until(
			'the product is ready',
			async () => {
				if (over) throw new Error('the product ended before it was ready');
				if (form === 'ingest') return output.includes('consuming');
				return fetch(`${url}/readyz`).then(
					(response) => response.ok,
					() => false
				);
			},
			60_000
		);
	} catch (error) {
		child.kill('SIGKILL');
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n${output}`, { cause: error });
	}
	return running;
}

/** Waits until every accepted event can be read: every lag has been 0 for a second. */
export async function settled(url: string, ms = 60_000): Promise<void> {
	let since: number | undefined;
	await until(
		'every lag is 0',
		async () => {
			const sources = await fetch(`${url}/api/v1/sources`).then(
				(response) => (response.ok ? response.json() : []),
				() => []
			);
			const lags = Array.isArray(sources)
				? sources.flatMap((source: { lag?: number | null }) => ('lag' in source ? [source.lag] : []))
				: [];
			const idle = lags.length > 0 && lags.every((lag) => lag === 0);
			since = idle ? (since ?? performance.now()) : undefined;
			return since !== undefined && performance.now() - since >= 1_000;
		},
		ms
	);
}
