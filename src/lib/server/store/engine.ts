/**
 * The embedded ClickHouse: a child process from an npm package (engine-child.ts), supervised. It lives while its standard input is
 * open, so our own death, however sudden, ends it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { isProblem, Problem } from '../errors.ts';
import type { Logger } from '../logger.ts';
import {
	dataOf,
	readAddress,
	removeOtherRuns,
	removeRun,
	writeAddress,
	writeRunFiles,
	writeUsers,
	type EngineAddress,
	type Passwords,
	type RunFiles
} from './engine-files.ts';

export interface Engine {
	/** Where it answers now; after a restart users and passwords are the same, the port where it can be. */
	address(): EngineAddress;
	/** Null while it runs, else what happened. */
	down(): string | null;
	/** Since when it is up or down, ms. */
	since(): number;
	restarts(): number;
	/** Resolves when it runs; rejects with `store-unavailable` when it does not within `ms`. */
	ready(ms: number): Promise<void>;
	/** Lets it end by itself (running merges are dropped, nothing acknowledged is lost), kills it when that takes too long. */
	stop(): Promise<void>;
}

const START_MS = 60_000;
const ANSWER_MS = 5_000;
const STOP_MS = 5_000;
/** How long the folder's lock may outlive its owner. */
const LOCK_MS = 5_000;
/** A life shorter than this makes the next start wait longer. */
const SHORT_LIFE_MS = 10_000;
const BACKOFF_MS = [0, 100, 500, 1_000, 2_000, 5_000, 10_000];

/**
 * Starts the engine on a folder of its own. Rejects with `configuration` where the package is missing or cannot be loaded, and with
 * `folder-in-use` where another engine works on the folder.
 */
export async function startEngine(folder: string, logger: Logger): Promise<Engine> {
	const library = findLibrary();
	const before = await readAddress(folder);
	const passwords = {
		writer: randomBytes(24).toString('base64url'),
		reader: randomBytes(24).toString('base64url')
	};
	const files = await writeRunFiles(folder);
	const start = (port: number) => launch({ library, files, passwords, data: dataOf(folder), logger }, port);
	let running = await unlocked(() => start(0), before?.owner).catch(async (cause: unknown) => {
		await rm(files.root, { recursive: true, force: true });
		throw cause;
	});
	await removeOtherRuns(folder, files);
	let [error, since, restarts, stopping]: [string | null, number, number, boolean] = [
		null,
		Date.now(),
		0,
		false
	];
	let waiting = Promise.withResolvers<void>();
	const stop = new AbortController();

	const address = (): EngineAddress => ({
		url: `http://127.0.0.1:${running.port}`,
		...passwords,
		owner: process.pid,
		pid: running.pid
	});
	await writeAddress(folder, address());

	/** Runs until stopped: waits for the end, starts again, slower and slower while lives are short. */
	async function supervise() {
		for (let failures = 0; ;) {
			const born = Date.now();
			const end = await running.ended;
			if (stopping) return;
			[error, since] = [`the embedded ClickHouse ended with ${end}`, Date.now()];
			logger.warn({ end }, 'the embedded ClickHouse ended and is started again');
			if (since - born > SHORT_LIFE_MS) failures = 0;
			for (;;) {
				await pause(BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)], undefined, {
					signal: stop.signal
				});
				restarts++;
				try {
					running = await start(running.port);
					break;
				} catch (cause) {
					error = isProblem(cause) ? cause.message : String(cause);
					logger.error({ err: cause }, 'the embedded ClickHouse does not start');
				}
			}
			await writeAddress(folder, address());
			[error, since] = [null, Date.now()];
			logger.info({ ms: since - born, restarts }, 'the embedded ClickHouse runs again');
			waiting.resolve();
			waiting = Promise.withResolvers();
		}
	}
	const supervision = supervise().catch((cause: unknown) => {
		if (!stopping) logger.fatal({ err: cause }, 'the embedded ClickHouse is no longer supervised');
	});

	return {
		address,
		down: () => (stopping ? 'the embedded ClickHouse was stopped' : error),
		since: () => since,
		restarts: () => restarts,
		async ready(ms) {
			if (error === null && !stopping) return;
			const late = new AbortController();
			const wait = pause(ms, undefined, { signal: late.signal, ref: false }).catch(() => undefined);
			await Promise.race([waiting.promise, wait]);
			late.abort();
			if (error !== null || stopping) throw new Problem('store-unavailable', error ?? 'the store is closed');
		},
		async stop() {
			stopping = true;
			stop.abort();
			await running.stop();
			await supervision;
			await removeRun(folder, files);
		}
	};
}

/** Path of the engine's library. Only linux-x64 is declared as an optional dependency; the others are found where they were added. */
function findLibrary(): string {
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

interface Running {
	pid: number;
	port: number;
	/** Resolves to an exit status or a signal's name. */
	ended: Promise<string>;
	stop(): Promise<void>;
}

/** Waits for a lock whose owner is gone: a killed parent's engine needs a moment to notice. */
async function unlocked(start: () => Promise<Running>, owner: number | undefined): Promise<Running> {
	for (const until = Date.now() + LOCK_MS; ;) {
		try {
			return await start();
		} catch (error) {
			if (!isProblem(error, 'folder-in-use') || Date.now() > until || (owner !== undefined && isAlive(owner)))
				throw error;
			await pause(100);
		}
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

interface Launch {
	library: string;
	files: RunFiles;
	passwords: Passwords;
	data: string;
	logger: Logger;
}

/** One life of the engine on `port` (0: any free one; also taken when that port answers somebody else). Resolves when it answers. */
async function launch(launching: Launch, port: number): Promise<Running> {
	const { library, files, passwords, data, logger } = launching;
	await writeUsers(files.users, passwords, 'open');
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
	if (await shutDoor(found, files, passwords)) return life;
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

/**
 * Shuts the door behind the engine's own session. False when it is not our engine that answers: a taken port is only printed, and the
 * engine lives on deaf.
 */
async function shutDoor(port: number, files: RunFiles, passwords: Passwords): Promise<boolean> {
	await writeUsers(files.users, passwords, 'shut');
	const client = createClient({
		url: `http://127.0.0.1:${port}`,
		username: 'writer',
		password: passwords.writer,
		request_timeout: ANSWER_MS,
		log: { level: ClickHouseLogLevel.OFF }
	});
	try {
		await client.command({ query: 'SYSTEM RELOAD USERS' });
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
