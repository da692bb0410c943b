/** `telltale doctor`: checks configuration, reach, versions, clocks; says what to do. */
import { mkdir, statfs } from 'node:fs/promises';
import { z } from 'zod';
import type { Config } from '#lib/server/config.ts';
import type { Desk } from '#lib/server/desk/desk.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { LOG_TOPICS } from '#lib/server/log/log.ts';
import type { Store } from '#lib/server/store/store.ts';

export interface Finding {
	ok: boolean;
	what: string;
	/** What to do, where something is wrong. */
	advice?: string;
}
export interface Parts {
	openLog(): Promise<EventLog>;
	openStore(): Promise<Store>;
	openDesk(): Promise<Desk>;
	now(): number;
	group: string;
}

const CLOCK_MS = 2_000;
const ROOM = 1024 ** 3;

/** Looks at everything in turn; nothing is changed but what opening a part makes. */
export async function* examine(config: Config, parts: Parts): AsyncGenerator<Finding> {
	yield node();
	yield* form(config);
	if (!config.kafka || !config.clickhouse || !config.database) yield await folder(config.data);
	yield await reach(
		'log',
		parts.openLog,
		(log) => ofLog(log, parts.group),
		config.kafka ? 'KAFKA_BROKERS' : 'TELLTALE_DATA'
	);
	yield await reach(
		'store',
		parts.openStore,
		(store) => ofStore(store, parts.now),
		config.clickhouse ? 'CLICKHOUSE_URL' : 'TELLTALE_DATA'
	);
	yield await reach('desk', parts.openDesk, ofDesk, config.database ? 'DATABASE_URL' : 'TELLTALE_DATA');
}

function node(): Finding {
	const major = Number(process.versions.node.split('.')[0]);
	return major >= 26
		? { ok: true, what: `Node ${process.versions.node}` }
		: {
				ok: false,
				what: `Node ${process.versions.node} is too old`,
				advice: 'start through npm run or npx, which bring Node 26'
			};
}

function* form({ kafka, clickhouse, database }: Config): Generator<Finding> {
	const given = [kafka && 'KAFKA_BROKERS', clickhouse && 'CLICKHOUSE_URL', database && 'DATABASE_URL'].filter(
		Boolean
	);
	if (given.length === 0)
		yield { ok: true, what: 'embedded default: log, store and desk in the data folder' };
	else if (given.length === 3) yield { ok: true, what: 'at scale: log, store and desk are servers' };
	else
		yield {
			ok: true,
			what: `${given.join(' and ')} set: right on one machine; several machines need KAFKA_BROKERS, CLICKHOUSE_URL and DATABASE_URL`
		};
}

async function folder(path: string): Promise<Finding> {
	try {
		await mkdir(path, { recursive: true, mode: 0o700 });
		const { bavail, bsize } = await statfs(path);
		const free = bavail * bsize;
		const what = `data folder ${path}, ${(free / ROOM).toFixed(1)} GB free`;
		return free > ROOM
			? { ok: true, what }
			: { ok: false, what, advice: 'make room, or set TELLTALE_DATA to a folder on another disk' };
	} catch (error) {
		return {
			ok: false,
			what: `data folder ${path}: ${words(error)}`,
			advice: 'set TELLTALE_DATA to a folder of yours'
		};
	}
}

async function reach<T extends { close(): Promise<void> }>(
	name: string,
	open: () => Promise<T>,
	look: (part: T) => Promise<Finding>,
	variable: string
): Promise<Finding> {
	let part: T | undefined;
	try {
		part = await open();
		return await look(part);
	} catch (error) {
		return {
			ok: false,
			what: `${name}: ${words(error)}`,
			advice: `is ${variable} right, and what it names running?`
		};
	} finally {
		await part?.close().catch(() => undefined);
	}
}

async function ofLog(log: EventLog, group: string): Promise<Finding> {
	const lags = await Promise.all(
		LOG_TOPICS.map(
			async (topic) =>
				`${topic} ${(await log.lag(group, topic)).reduce((sum, { end, committed }) => sum + end - committed, 0)}`
		)
	);
	return { ok: true, what: `log reachable; records waiting: ${lags.join(', ')}` };
}

async function ofStore(store: Store, now: () => number): Promise<Finding> {
	const before = now();
	const [row] = await store.select({
		sql: 'SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS at',
		row: z.object({ version: z.string(), at: z.coerce.number() })
	});
	const off = row ? Math.round(row.at - (before + now()) / 2) : 0;
	const what = `store reachable, ClickHouse ${row?.version ?? ''}, its clock ${off} ms from ours`;
	return Math.abs(off) <= CLOCK_MS
		? { ok: true, what }
		: { ok: false, what, advice: 'set both clocks by NTP: times decide what was known when' };
}

async function ofDesk(desk: Desk): Promise<Finding> {
	await desk.ping();
	const { waiting } = await desk.deadLetters.count();
	return { ok: true, what: `desk reachable; ${waiting} dead letters wait` };
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error));
