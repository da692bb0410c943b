/**
 * A real PostgreSQL for tests: the server of `DATABASE_URL`, or one of Debian's packages, started in a temporary folder. With none the
 * tests that need it are skipped with a line, and with `CI=true` that is a failure.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface Postgres {
	/** A new, empty database on it. */
	database(): Promise<string>;
	/** Null where the server is not ours to stop. `stop` ends it at once, as a crash would. */
	power: { stop(): Promise<void>; start(): Promise<void> } | null;
	/** Removes the databases, or the whole server. */
	close(): Promise<void>;
}

/** Call at the top of a test file: `describe.skipIf(postgres === null)`. */
export async function startPostgres(): Promise<Postgres | null> {
	if (process.env.DATABASE_URL) return given(process.env.DATABASE_URL);
	const bin = await binaries();
	if (bin) return own(bin);
	if (process.env.CI === 'true') throw new Error('PostgreSQL tests cannot run: no server');
	console.log('PostgreSQL tests skipped: no server');
	return null;
}

function given(url: string): Postgres {
	const made: string[] = [];
	return {
		async database() {
			const name = await create(url, made.length);
			made.push(name);
			return withName(url, name);
		},
		power: null,
		async close() {
			for (const name of made) await query(url, `drop database "${name}" with (force)`);
		}
	};
}

async function own(bin: string): Promise<Postgres> {
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	const user = await unprivileged();
	if (user) await chown(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const initdb = ['-D', data, '-U', 'telltale', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'];
	await run(join(bin, 'initdb'), initdb, { cwd: folder, ...user });

	const port = await freePort();
	const url = `postgres://telltale@127.0.0.1:${port}/postgres`;
	const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' };
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	let server: ChildProcess | undefined;
	let databases = 0;

	const power = {
		async start() {
			server = spawn(join(bin, 'postgres'), ['-D', data, ...options], {
				cwd: folder,
				stdio: 'ignore',
				...user
			});
			await ready(url);
		},
		async stop() {
			if (!server || server.exitCode !== null) return;
			const ended = once(server, 'exit');
			server.kill('SIGQUIT');
			await ended;
		}
	};
	await power.start();
	return {
		database: async () => withName(url, await create(url, databases++)),
		power,
		async close() {
			await power.stop();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

/** Folder of the newest version's programs. */
async function binaries(): Promise<string | null> {
	const root = '/usr/lib/postgresql';
	const versions = await readdir(root).catch(() => []);
	const newest = versions.map(Number).sort((a, b) => b - a)[0];
	return newest === undefined ? null : join(root, String(newest), 'bin');
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [uid, gid] = await Promise.all(
		['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout))
	);
	return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}

async function ready(url: string): Promise<void> {
	for (const deadline = Date.now() + 30_000; ; await sleep(50)) {
		try {
			return await query(url, 'select 1');
		} catch (error) {
			if (Date.now() > deadline) throw error;
		}
	}
}

async function create(url: string, number: number): Promise<string> {
	const name = `telltale_test_${process.pid}_${number}`;
	await query(url, `drop database if exists "${name}"`);
	await query(url, `create database "${name}"`);
	return name;
}

function withName(url: string, name: string): string {
	const address = new URL(url);
	address.pathname = `/${name}`;
	return address.href;
}

async function query(url: string, text: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	// Told of a server that ends while we are connected; the query itself rejects.
	client.on('error', () => undefined);
	try {
		await client.connect();
		await client.query(text);
	} finally {
		await client.end();
	}
}
