/**
 * A real Apache Kafka broker for tests: the one that KAFKA_BROKERS names, else one in a container, else one from the jars (in
 * KAFKA_JARS, or fetched once with Maven into a cache outside the tree).
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readdirSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const VERSION = '4.3.0';
const POM = join(import.meta.dirname, 'pom.xml');
const START_MS = 60_000;

export interface TestBroker {
	address: string;
	/** False for a broker that is not ours: it is neither killed nor stopped. */
	restartable: boolean;
	/** As kill -9. */
	kill(): Promise<void>;
	/** Starts it again with what it has on disk. */
	start(): Promise<void>;
	stop(): Promise<void>;
}

/** Whether there is a broker to be had. Where not, says so in one line; under CI that is a failure. */
export function brokerAvailable(): boolean {
	if (process.env.KAFKA_BROKERS || hasContainers() || findJars()) return true;
	if (process.env.CI === 'true') throw new Error('Kafka tests need a broker: none found');
	console.log('Kafka tests skipped: no broker');
	return false;
}

export async function startBroker(): Promise<TestBroker> {
	if (process.env.KAFKA_BROKERS) return foreignBroker(process.env.KAFKA_BROKERS);
	if (hasContainers()) return containerBroker();
	const jars = findJars();
	if (!jars) throw new Error('there is no Kafka broker; see brokerAvailable()');
	return jarBroker(jars);
}

const works = (command: string, ...args: string[]) =>
	spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const hasContainers = () => works('docker', 'info');

function foreignBroker(address: string): TestBroker {
	const refuse = () => Promise.reject(new Error('this broker belongs to somebody else'));
	return { address, restartable: false, kill: refuse, start: refuse, stop: () => Promise.resolve() };
}

/** The folder of the jars, fetched where they are missing; null where that cannot be done. */
function findJars(): string | null {
	if (!works('java', '-version')) return null;
	if (process.env.KAFKA_JARS) return process.env.KAFKA_JARS;
	const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'telltale');
	const jars = join(cache, `kafka-${VERSION}`);
	if (existsSync(jars) && readdirSync(jars).some((file) => file.startsWith('kafka_'))) return jars;
	mkdirSync(cache, { recursive: true });
	// Fetched aside and moved into place: a fetch that was cut off is never taken for a whole one.
	const aside = mkdtempSync(join(cache, 'fetching-'));
	const options = [
		'-q',
		'-B',
		'-f',
		POM,
		'-DincludeScope=runtime',
		`-DoutputDirectory=${join(aside, 'jars')}`
	];
	try {
		if (!works('mvn', 'dependency:copy-dependencies', ...options)) return null;
		if (!existsSync(jars)) renameSync(join(aside, 'jars'), jars);
		return jars;
	} finally {
		rmSync(aside, { recursive: true, force: true });
	}
}

/** One node that is broker and controller, as issue 3 names its settings. */
const settings = (port: number, controller: number, host: string) => ({
	'process.roles': 'broker,controller',
	'node.id': '1',
	'controller.quorum.voters': `1@127.0.0.1:${controller}`,
	listeners: `PLAINTEXT://${host}:${port},CONTROLLER://127.0.0.1:${controller}`,
	'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
	'controller.listener.names': 'CONTROLLER',
	'offsets.topic.replication.factor': '1',
	'offsets.topic.num.partitions': '4',
	'transaction.state.log.replication.factor': '1',
	'transaction.state.log.min.isr': '1',
	'share.coordinator.state.topic.replication.factor': '1',
	'share.coordinator.state.topic.min.isr': '1',
	'group.initial.rebalance.delay.ms': '0',
	'auto.create.topics.enable': 'false',
	'message.max.bytes': '8388608',
	'replica.fetch.max.bytes': '8388608'
});

async function jarBroker(jars: string): Promise<TestBroker> {
	const folder = mkdtempSync(join(tmpdir(), 'telltale-broker-'));
	const [port, controller] = await Promise.all([freePort(), freePort()]);
	const properties = join(folder, 'server.properties');
	const log4j = join(folder, 'log4j2.properties');
	const lines = Object.entries({
		...settings(port, controller, '127.0.0.1'),
		'log.dirs': join(folder, 'data')
	});
	writeFileSync(properties, lines.map((pair) => `${pair.join('=')}\n`).join(''));
	writeFileSync(
		log4j,
		`rootLogger.level=warn
rootLogger.appenderRef.console.ref=console
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=%d %p %c %m%n
`
	);
	const java = ['-Xmx512m', `-Dlog4j2.configurationFile=${log4j}`, '-cp', join(jars, '*')];
	// Joined by =, for the id may begin with a dash.
	const id = randomBytes(16).toString('base64url');
	const format = ['kafka.tools.StorageTool', 'format', `--cluster-id=${id}`, '-c', properties];
	if (!works('java', ...java, ...format))
		throw new Error(`cannot format the folder of the test broker ${folder}`);

	const output = openSync(join(folder, 'broker.log'), 'a');
	let child: ChildProcess | null = null;
	const end = async (signal: NodeJS.Signals) => {
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const exited = once(child, 'exit');
		child.kill(signal);
		await exited;
	};
	process.on('exit', () => child?.kill('SIGKILL'));
	const broker: TestBroker = {
		address: `127.0.0.1:${port}`,
		restartable: true,
		kill: () => end('SIGKILL'),
		async start() {
			const started = spawn('java', [...java, 'kafka.Kafka', properties], {
				stdio: ['ignore', output, output]
			});
			child = started;
			await untilOpen(port, () => started.exitCode !== null);
		},
		async stop() {
			await end('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		}
	};
	await broker.start();
	return broker;
}

async function containerBroker(): Promise<TestBroker> {
	const name = `telltale-broker-${randomUUID()}`;
	const port = await freePort();
	const docker = (...args: string[]) => {
		if (!works('docker', ...args)) throw new Error(`docker ${args[0]} of the test broker failed`);
	};
	const variables = Object.entries(settings(port, 9093, '0.0.0.0')).flatMap(([setting, value]) => {
		return ['-e', `KAFKA_${setting.replaceAll('.', '_').toUpperCase()}=${value}`];
	});
	docker(
		'run',
		'-d',
		'--name',
		name,
		'-p',
		`127.0.0.1:${port}:${port}`,
		...variables,
		`apache/kafka:${VERSION}`
	);
	await untilOpen(port, () => false);
	return {
		address: `127.0.0.1:${port}`,
		restartable: true,
		kill: async () => docker('kill', name),
		async start() {
			docker('start', name);
			await untilOpen(port, () => false);
		},
		stop: async () => docker('rm', '-f', name)
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (address === null || typeof address === 'string') throw new Error('no port to be had');
	return address.port;
}

/** Waits until somebody listens. */
async function untilOpen(port: number, dead: () => boolean): Promise<void> {
	for (const deadline = Date.now() + START_MS; Date.now() < deadline && !dead(); await sleep(100)) {
		const socket = connect(port, '127.0.0.1');
		const open = await Promise.race([
			once(socket, 'connect').then(() => true),
			once(socket, 'close').then(() => false)
		]).catch(() => false);
		socket.destroy();
		if (open) return;
	}
	throw new Error('the test broker did not start');
}
