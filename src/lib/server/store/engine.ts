/**
 * The embedded ClickHouse, supervised: a process (engine-process.ts) that is started again whenever it ends, until it is stopped.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isProblem, Problem } from '../errors.ts';
import type { Logger } from '../logger.ts';
import {
	dataOf,
	readAddress,
	removeOtherRuns,
	removeRun,
	writeAddress,
	writeRunFiles,
	type EngineAddress
} from './engine-files.ts';
import { findLibrary, launch, type Running } from './engine-process.ts';

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
	const files = await writeRunFiles(folder, passwords);
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
	let waiting = Promise.withResolvers<unknown>();
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
			if (stopping) return await running.stop();
			await writeAddress(folder, address());
			[error, since] = [null, Date.now()];
			logger.info({ ms: since - born, restarts }, 'the embedded ClickHouse runs again');
			waiting.resolve(null);
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
