/**
 * Migrations: numbered SQL files, applied in order, each once, with the checksum it had. Every statement is written so that running it
 * twice does no harm (`IF NOT EXISTS`): ClickHouse has no transactions, and a process killed halfway is followed by one that repeats.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Problem } from '../errors.ts';
import type { Store } from './store.ts';

export interface Migration {
	/** File name without its ending, like `001-inputs`. */
	name: string;
	checksum: string;
	statements: string[];
}

/** How long another process may make no progress before its lock is taken for left behind. */
const STALE_MS = 5_000;

const TABLE = `CREATE TABLE IF NOT EXISTS migrations (
	name String, checksum String, applied DateTime64(3, 'UTC')
) ENGINE = ReplacingMergeTree ORDER BY name`;
/** A table that only one process can make. */
const LOCK = 'CREATE TABLE migrating (nothing UInt8) ENGINE = Memory';
const UNLOCK = 'DROP TABLE IF EXISTS migrating SYNC';

/** The migrations of `folder`, in order. */
export async function readMigrations(
	folder = new URL('./migrations/', import.meta.url)
): Promise<Migration[]> {
	const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
	return Promise.all(
		files.map(async (file) => parse(file.slice(0, -4), await readFile(new URL(file, folder), 'utf8')))
	);
}

/** Statements end with a semicolon at the end of a line. */
function parse(name: string, file: string): Migration {
	const text = file.replaceAll('\r\n', '\n');
	const statements = text
		.split(/;\s*$/m)
		.filter((statement) => statement.replace(/^\s*--.*$/gm, '').trim() !== '');
	return { name, checksum: createHash('sha256').update(text).digest('hex'), statements };
}

/**
 * Brings the schema up to date and resolves to the names of what was applied; safe to repeat, and when several processes start
 * together. Rejects with `store-failed` when a migration was edited after it was applied, naming it.
 */
export async function migrate(store: Store, migrations?: Migration[]): Promise<string[]> {
	const all = migrations ?? (await readMigrations());
	await store.command(TABLE);
	let pending = await missing(store, all);
	for (let seen = pending.length, since = performance.now(); pending.length > 0;) {
		if (await lock(store)) return await applyAll(store, all);
		await pause(50);
		pending = await missing(store, all);
		if (pending.length < seen) [seen, since] = [pending.length, performance.now()];
		else if (performance.now() - since > STALE_MS) await store.command(UNLOCK);
	}
	return [];
}

async function applyAll(store: Store, all: Migration[]): Promise<string[]> {
	const applied: string[] = [];
	try {
		for (const { name, checksum, statements } of await missing(store, all)) {
			for (const statement of statements) await store.command(statement);
			await store.command('INSERT INTO migrations SELECT {name:String}, {checksum:String}, now64(3)', {
				name,
				checksum
			});
			applied.push(name);
		}
	} finally {
		await store.command(UNLOCK);
	}
	return applied;
}

async function missing(store: Store, all: Migration[]): Promise<Migration[]> {
	const rows = await store.select({
		sql: 'SELECT name, checksum FROM migrations FINAL',
		row: z.object({ name: z.string(), checksum: z.string() })
	});
	const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
	return all.filter(({ name, checksum }) => {
		const was = applied.get(name);
		if (was !== undefined && was !== checksum)
			throw new Problem(
				'store-failed',
				`migration ${name} was edited after it was applied; write a new one instead`
			);
		return was === undefined;
	});
}

async function lock(store: Store): Promise<boolean> {
	try {
		await store.command(LOCK);
		return true;
	} catch (error) {
		if (error instanceof Problem && codeOf(error.cause) === TABLE_ALREADY_EXISTS) return false;
		throw error;
	}
}

const TABLE_ALREADY_EXISTS = '57';
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);
