/**
 * The store: ClickHouse over HTTP, always. Without an address the engine is a child process of ours (engine.ts); with one it is a
 * server. The same code and the same SQL either way. Two users: the writer, and a reader that can only SELECT from our database.
 */
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Logger } from '../logger.ts';

export type Params = Record<string, unknown>;

export interface Query<T> {
	/** One SELECT, parameters as `{name:Type}`; never spliced. */
	sql: string;
	params?: Params;
	/** Tables that alone decide the rows: `select` gives the same ones again while these stay as they are. */
	over?: readonly ('signals' | 'stories' | 'mentions' | 'news')[];
	/** Parses a JSONEachRow row (64-bit integers are strings) into the domain's shape, once, at this edge. */
	row: z.ZodType<T>;
	/** Ends the query on the server as well. */
	signal?: AbortSignal;
}

export interface Store {
	/** All rows, as the reader. */
	select<T>(query: Query<T>): Promise<T[]>;
	/** Row by row, as the reader, in constant memory. */
	stream<T>(query: Query<T>): AsyncIterable<T>;
	/**
	 * Sends `body` (in the FORMAT that `sql`, an `INSERT … FORMAT …`, ends with) as the writer. Rejects with `store-unavailable`
	 * (retryable), `store-refused` (a row cannot be read: split and find it) or `store-failed`.
	 */
	insert(insert: { sql: string; body: Buffer | Readable; params?: Params; token?: string }): Promise<void>;
	/** A statement of the writer: DDL, mutations. */
	command(sql: string, params?: Params): Promise<void>;
	status(): StoreStatus;
	/** Rejects with `store-unavailable`. */
	ping(): Promise<void>;
	close(): Promise<void>;
}

export interface StoreStatus {
	form: 'embedded' | 'server';
	up: boolean;
	/** Since when it is up or down, ms. */
	since: number;
	/** How often the engine was started again. */
	restarts: number;
	error: string | null;
}

export interface StoreOptions {
	/**
	 * A folder for an embedded engine of our own or, with `attach`, the one where another process runs it; or the address of a server:
	 * `http(s)://user:password@host:port/database` of the writer and, better, one of a user who can only read.
	 */
	at: { folder: string; attach?: boolean } | { url: string; readerUrl?: string | undefined };
	logger: Logger;
}
