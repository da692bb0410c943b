/** The form at scale on one machine: broker, ClickHouse as a server, PostgreSQL, two `ingest`, one `web`, each a process of its own. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { openStore } from '#lib/server/store/open.ts';
import { brokerAvailable, startBroker } from './broker.ts';
import { hasEngine, quiet, serverAddress } from './engine.ts';
import { startPostgres } from './postgres.ts';
import { freePort, startProduct, temporaryFolder, type Running } from './product.ts';

export interface Scale {
	web: Running;
	ingest: [Running, Running];
	startIngest(): Promise<Running>;
	/** The ClickHouse server: stopped, it is killed with -9 and nobody answers at its address. */
	server: { stop(): Promise<void>; start(): Promise<void> };
	close(): Promise<void>;
}

/** Opened when it is there at all; the parts say by themselves what is missing. */
export async function startScale(): Promise<Scale | null> {
	if (!brokerAvailable() || !hasEngine) return null;
	const postgres = await startPostgres();
	if (!postgres) return null;
	const closers: (() => unknown)[] = [() => postgres.close()];
	const close = async () => {
		for (const step of closers.splice(0).reverse()) await step();
	};
	try {
		const { folder, remove } = temporaryFolder();
		closers.push(remove);
		const broker = await startBroker();
		closers.push(() => broker.stop());
		const owner = await openStore({ at: { folder: join(folder, 'engine') }, logger: quiet });
		closers.push(() => owner.close());
		const address = () => serverAddress(join(folder, 'engine'));
		const gate = await openGate(async () => Number(new URL((await address()).url).port));
		closers.push(() => gate.stop());

		const { url, readerUrl } = await address();
		const throughGate = (text: string) => {
			const through = new URL(text);
			through.port = String(gate.port);
			return through.href;
		};
		const env = {
			KAFKA_BROKERS: broker.address,
			KAFKA_PREFIX: `scale-${process.pid}-`,
			CLICKHOUSE_URL: throughGate(url),
			CLICKHOUSE_READER_URL: throughGate(readerUrl),
			DATABASE_URL: await postgres.database()
		};
		const start = async (form: 'ingest' | 'web') => {
			const port = await freePort();
			const running = await startProduct({
				folder: join(folder, 'nothing'),
				form,
				port,
				env: { ...env, PROBE_PORT: String(port) }
			});
			closers.push(() => running.stop('SIGKILL'));
			return running;
		};
		const ingest: [Running, Running] = await Promise.all([start('ingest'), start('ingest')]);
		const web = await start('web');
		const server = {
			start: gate.start,
			async stop() {
				await gate.stop();
				process.kill((await address()).pid, 'SIGKILL');
			}
		};
		return { web, ingest, startIngest: () => start('ingest'), server, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** A port that leads to another one, and can be shut. */
async function openGate(target: () => Promise<number>) {
	const port = await freePort();
	const sockets = new Set<Socket>();
	const keep = (socket: Socket, other: Socket) => {
		sockets.add(socket);
		socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket) && other.destroy());
	};
	const join = async (near: Socket) => {
		const far = connect(await target(), '127.0.0.1');
		keep(near, far);
		keep(far, near);
		near.pipe(far);
		far.pipe(near);
	};
	let server = createServer();
	const start = async () => {
		server = createServer((near) => {
			near.on('error', () => undefined);
			join(near).catch(() => near.destroy());
		}).listen(port, '127.0.0.1');
		await once(server, 'listening');
	};
	const stop = async () => {
		if (!server.listening) return;
		const closed = once(server, 'close');
		server.close();
		for (const socket of sockets) socket.destroy();
		await closed;
	};
	await start();
	return { port, start, stop };
}
