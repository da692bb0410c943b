/** The desk in PostgreSQL: Kysely over a pool of `pg`. */
import {
	Kysely,
	PostgresDialect,
	sql,
	type PostgresCursor,
	type PostgresPool,
	type PostgresPoolClient,
	type PostgresQueryResult
} from 'kysely';
import pg from 'pg';
import { Problem } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Database, Schema } from './schema.ts';

/** Any number that nobody else locks: "telltale" on a telephone's keys. */
const MIGRATION_LOCK = 83558253;
const INT8 = 20;

/** Connects at the first use. `url`: `postgres://…`. */
export function openPostgres(url: string, logger: Logger): Database {
	const pool = new pg.Pool({
		connectionString: url,
		max: 10,
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
		types: {
			// All our whole numbers are times and counts, far below 2^53.
			getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format))
		}
	});
	// A connection that breaks tells so by an event, in use or not; the next query takes another.
	const lost = (error: Error) => logger.warn({ error: error.message }, 'a connection to PostgreSQL was lost');
	pool.on('error', lost);
	pool.on('connect', (client) => client.on('error', () => undefined));

	const tables = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: withProblems(pool) }) });
	return {
		tables,
		types: { text: 'text collate "C"', int: 'bigint', bytes: 'bytea' },
		lock: async (transaction) => {
			await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
		},
		relaxed: (work) => work(tables)
	};
}

/** The pool with its errors translated. */
function withProblems(pool: pg.Pool): PostgresPool {
	const connect = async (): Promise<PostgresPoolClient> => {
		const client = await pool.connect().catch(refuse);
		function query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
		function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
		function query(text: unknown, parameters: readonly unknown[] = []): unknown {
			if (typeof text !== 'string') throw new TypeError('the desk reads pages, not streams');
			return client.query(text, [...parameters]).catch(refuse);
		}
		return { query, release: () => client.release() };
	};
	return { connect, end: () => pool.end() };
}

function refuse(error: unknown): never {
	throw unavailable(error);
}

/** Classes of SQLSTATE that say the server cannot serve now: connection, resources, shutdown; and read-only after a failover. */
const PASSING = /^(08|53|57P|25006)/;

/** Errors of the connection as `desk-unavailable`; a refused statement is our fault and stays as it is. */
function unavailable(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	if (error instanceof pg.DatabaseError && !PASSING.test(error.code ?? '')) return error;
	return new Problem('desk-unavailable', `cannot use the desk's database: ${reason(error)}`, {
		cause: error
	});
}

/** Where a name has several addresses the reasons are one level down. */
const reason = (error: Error): string =>
	error instanceof AggregateError && !error.message ? error.errors.map(String).join('; ') : error.message;
