/** The desk in a file: Kysely over `node:sqlite`, which other processes may have open as well. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	CompiledQuery,
	Kysely,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	sql,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type QueryResult
} from 'kysely';
import { Problem } from '../errors.ts';
import type { Database, Schema } from './schema.ts';

/** How long a statement waits for another process that writes, ms. */
const PATIENCE = 10_000;

/**
 * Opens the file, making it and its folder where there is none.
 *
 * One connection, and whoever wants it waits in line. SQLite's own `busy_timeout` would block the event loop, and with it whoever in
 * this process holds the lock: a busy file is asked again after a pause instead.
 */
export function openSqlite(file: string): Database {
	const tables = new Kysely<Schema>({ dialect: dialect(file) });
	return {
		tables,
		types: { text: 'text', int: 'integer', bytes: 'blob' },
		// `begin immediate` holds the write lock already.
		lock: () => Promise.resolve(),
		// With a write-ahead log NORMAL loses at most the last commits in a power failure and never breaks the file.
		relaxed: (work) =>
			tables.connection().execute(async (connection) => {
				await sql`pragma synchronous = normal`.execute(connection);
				try {
					return await work(connection);
				} finally {
					await sql`pragma synchronous = full`.execute(connection);
				}
			})
	};
}

const dialect = (file: string): Dialect => ({
	createAdapter: () => new SqliteAdapter(),
	createDriver: () => new SqliteDriver(file),
	createIntrospector: (db) => new SqliteIntrospector(db),
	createQueryCompiler: () => new SqliteQueryCompiler()
});

class SqliteDriver implements Driver {
	readonly #file: string;
	#database: DatabaseSync | undefined;
	#connection: SqliteConnection | undefined;
	/** Resolves when the last one in line has given the connection back. */
	#line: Promise<void> = Promise.resolve();
	#giveBack: () => void = () => undefined;

	constructor(file: string) {
		this.#file = file;
	}

	async init(): Promise<void> {
		try {
			mkdirSync(dirname(this.#file), { recursive: true });
			this.#database = new DatabaseSync(this.#file, { timeout: 0 });
		} catch (error) {
			throw unavailable(error, this.#file);
		}
		this.#connection = new SqliteConnection(this.#database, this.#file);
		await this.#connection.executeQuery(CompiledQuery.raw('pragma journal_mode = wal'));
		await this.#connection.executeQuery(CompiledQuery.raw('pragma synchronous = full'));
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		const before = this.#line;
		let giveBack: () => void = () => undefined;
		this.#line = new Promise((resolve) => {
			giveBack = resolve;
		});
		await before;
		this.#giveBack = giveBack;
		if (!this.#connection) throw new Problem('desk-unavailable', `the desk's file ${this.#file} is closed`);
		return this.#connection;
	}

	async releaseConnection(): Promise<void> {
		this.#giveBack();
	}

	/** Takes the write lock at once: a reader that turns writer later could be refused for good. */
	async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('begin immediate'));
	}
	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('commit'));
	}
	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('rollback'));
	}

	async destroy(): Promise<void> {
		await this.#line;
		this.#connection = undefined;
		this.#database?.close();
	}
}

class SqliteConnection implements DatabaseConnection {
	readonly #database: DatabaseSync;
	readonly #file: string;

	constructor(database: DatabaseSync, file: string) {
		this.#database = database;
		this.#file = file;
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const deadline = performance.now() + PATIENCE;
		for (let pause = 2; ; pause = Math.min(pause * 2, 50)) {
			try {
				return this.#run<R>(query);
			} catch (error) {
				if (primaryCode(error) !== BUSY || performance.now() > deadline) throw unavailable(error, this.#file);
				await sleep(pause * (0.5 + Math.random()));
			}
		}
	}

	#run<R>({ sql: text, parameters }: CompiledQuery): QueryResult<R> {
		const statement = this.#database.prepare(text);
		const values = parameters.map(bindable);
		// The query builder knows the shape of the rows by the Schema; a driver cannot.
		if (statement.columns().length > 0) return { rows: statement.all(...values) as R[] };
		return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
	}

	streamQuery(): AsyncIterableIterator<never> {
		throw new Error('the desk reads pages, not streams');
	}
}

function bindable(value: unknown): SQLInputValue {
	if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
		return value;
	if (value instanceof Uint8Array) return value;
	throw new TypeError(`SQLite cannot keep a ${typeof value}`);
}

const BUSY = 5;
/** SQLite's result codes for a file that cannot be used now: busy, locked, read-only, I/O, corrupt, full, cannot open, no database. */
const UNUSABLE: ReadonlySet<number> = new Set([BUSY, 6, 8, 10, 11, 13, 14, 26]);

function primaryCode(error: unknown): number | undefined {
	if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
		return undefined;
	return error.errcode & 0xff;
}

/** Errors of the file as `desk-unavailable`; anything else is our fault and stays as it is. */
function unavailable(error: unknown, file: string): unknown {
	const code = primaryCode(error);
	const system = error instanceof Error && 'syscall' in error;
	if (!system && (code === undefined || !UNUSABLE.has(code))) return error;
	const detail = error instanceof Error ? error.message : String(error);
	return new Problem('desk-unavailable', `cannot use the desk's file ${file}: ${detail}`, { cause: error });
}
