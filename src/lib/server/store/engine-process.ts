/**
 * One life of the embedded ClickHouse: a child process from an npm package (engine-child.ts). It lives while its standard input is open,
 * so our own death, however sudden, ends it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { Problem } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Passwords, RunFiles } from './engine-files.ts';

export interface Running {
	pid: number;
	port: number;
	/** Resolves to an exit status or a signal's name. */
	ended: Promise<string>;
	stop(): Promise<void>;
}

export interface Launch {
	library: string;
	files: RunFiles;
	passwords: Passwords;
	data: string;
	logger: Logger;
}

const START_MS = 60_000;
const ANSWER_MS = 5_000;
const STOP_MS = 5_000;

/** Path of the engine's library. Only linux-x64 is declared as an optional dependency; the others are found where they were added. */
export function findLibrary(): string {
	const name = `@chdb/lib-${process.platform}-${process.arch}${process.platform === 'linux' ? '-gnu' : ''}`;
	try {
		return createRequire(import.meta.url).resolve(`${name}/libchdb.so`);
	} catch {
		throw new Problem(
			'configuration',
			`CLICKHOUSE_URL is not set and the embedded ClickHouse is not installed: run "npm install ${name}", or set CLICKHOUSE_URL`,
			{ path: 'CLICKHOUSE_URL' }
		);
	}
}

/**
 * Starts it on `port` (0, or when somebody else answers there: any free one) and resolves when it answers. Rejects with `folder-in-use`
 * and `configuration`.
 */
export async function launch(launching: Launch, port: number): Promise<Running> {
	const { library, files, passwords, data, logger } = launching;
	await rm(files.port, { force: true });
	const child = spawn(
		process.execPath,
		[
			...[
				'--experimental-ffi',
				'--no-warnings',
				fileURLToPath(new URL('engine-child.ts', import.meta.url)),
				library
			],
			...[
				`--path=${data}`,
				`--config-file=${files.config}`,
				'--listen_host=127.0.0.1',
				`--http_port=${port}`
			],
			`--query=SYSTEM START LISTEN HTTP;
				SELECT getServerPort('http_port') INTO OUTFILE '${files.port.replace(/[\\']/g, '\\$&')}' TRUNCATE FORMAT TSV;
				SELECT count() FROM file('stdin', 'LineAsString', 'l String') FORMAT Null`
		],
		// A group of its own: Ctrl+C in a terminal is for the product, which stops the engine when it has drained.
		{ stdio: ['pipe', 'ignore', 'pipe'], env: { TZ: 'UTC' }, detached: true }
	);
	const said = new Set<string>();
	createInterface({ input: child.stderr }).on('line', (line) => {
		if (said.size < 20) said.add(line);
		logger.debug({ engine: line }, 'the embedded ClickHouse says');
	});
	child.stdin.on('error', (error) =>
		logger.debug({ err: error }, 'the embedded ClickHouse closed its input')
	);
	const life: Running = {
		pid: child.pid ?? 0,
		port,
		ended: endOf(child),
		stop: () => end(child, life.ended)
	};
	const found = await listening(child, life.ended, files.port);
	if (found === null) throw failure(await life.ended, [...said]);
	life.port = found;
	if (await isOurs(found, passwords)) return life;
	await life.stop();
	if (port === 0) throw failure('no answer on its port', [...said]);
	return launch(launching, 0);
}

const endOf = (child: ChildProcess) =>
	new Promise<string>((done) => {
		child.once('error', (error) => done(error.message));
		child.once('close', (code, signal) => done(signal ?? `status ${code}`));
	});

async function end(child: ChildProcess, ended: Promise<string>): Promise<void> {
	child.stdin?.end();
	const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
	await ended;
	clearTimeout(late);
}

/** The port once it is written, or null when the child ended before: that is a failure whatever its status. */
async function listening(
	child: ChildProcess,
	ended: Promise<string>,
	portFile: string
): Promise<number | null> {
	let gone = false;
	void ended.then(() => (gone = true));
	for (const until = Date.now() + START_MS; !gone; await pause(5)) {
		const port = Number(await readFile(portFile, 'utf8').catch(() => ''));
		if (port > 0) return port;
		if (Date.now() > until) child.kill('SIGKILL');
	}
	return null;
}

/** Whether it is our engine that answers: a taken port is only printed, and the engine lives on deaf. */
async function isOurs(port: number, { writer }: Passwords): Promise<boolean> {
	const client = createClient({
		url: `http://127.0.0.1:${port}`,
		username: 'writer',
		password: writer,
		request_timeout: ANSWER_MS,
		log: { level: ClickHouseLogLevel.OFF }
	});
	try {
		await client.command({ query: 'SELECT 1' });
		return true;
	} catch {
		return false;
	} finally {
		await client.close();
	}
}

/** ClickHouse's code for a lock that another holds, CANNOT_OPEN_FILE; it stands in what the child printed, its status is 0 then. */
const LOCKED = /\bCode: 76\b/;

function failure(end: string, said: string[]): Problem {
	if (said.some((line) => LOCKED.test(line)))
		return new Problem('folder-in-use', 'another Telltale works on this data folder');
	const hint = end === 'SIGILL' ? ' (it needs a processor with AVX2)' : '';
	return new Problem(
		'configuration',
		`the embedded ClickHouse does not start: ${end}${hint}${said.length ? `; ${said[0]}` : ''}`
	);
}
