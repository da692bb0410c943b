/** Opens a {@link Store}: two users of one ClickHouse over HTTP, errors as problems, and patience while the engine starts again. */
import { randomUUID } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
	ClickHouseLogLevel,
	createClient,
	type ClickHouseClient,
	type ClickHouseSettings
} from '@clickhouse/client';
import { Problem } from '../errors.ts';
import { findPlace, type Address, type Login, type Place } from './address.ts';
import { keeping } from './kept.ts';
import { isUnreachable, storeProblem } from './problems.ts';
import type { Query, Store, StoreOptions } from './store.ts';

/** How long a read waits for an engine that is being started again; writes do not wait, whoever writes has its own backoff. */
const READ_WAIT_MS = 2_000;
const RETRY_MS = 20;
const PING_MS = 2_000;
/** How long a page or an answer of the API waits for its rows: a store that hangs must not hang its readers. */
const SELECT_MS = 10_000;
/** Silence on the wire after which a request counts as lost. */
const REQUEST_MS = 120_000;

const OUTPUT: ClickHouseSettings = {
	output_format_json_quote_64bit_integers: 1,
	date_time_output_format: 'iso',
	// Ends the query when its client has gone.
	cancel_http_readonly_queries_on_client_close: 1
};
const INPUT: ClickHouseSettings = {
	date_time_input_format: 'best_effort',
	// A row that cannot be read as it stands is refused, not mended.
	date_time_overflow_behavior: 'throw',
	input_format_skip_unknown_fields: 1,
	input_format_null_as_default: 0,
	input_format_json_read_numbers_as_strings: 0,
	input_format_json_read_bools_as_numbers: 0,
	input_format_json_read_objects_as_strings: 0,
	input_format_json_read_arrays_as_strings: 0,
	// Whoever awaits an insert can read it.
	async_insert: 0,
	wait_end_of_query: 1
};

interface Clients {
	for: Address;
	writer: ClickHouseClient;
	reader: ClickHouseClient;
}

const connect = (login: Login, settings: ClickHouseSettings): ClickHouseClient =>
	createClient({
		...login,
		request_timeout: REQUEST_MS,
		clickhouse_settings: settings,
		use_multipart_params_auto: true,
		// Every failure rejects with a problem: whoever asked logs it, once.
		log: { level: ClickHouseLogLevel.OFF }
	});

function connectAll(address: Address): Clients {
	const reading = address.reader ? OUTPUT : { ...OUTPUT, readonly: '2' };
	return {
		for: address,
		writer: connect(address.writer, INPUT),
		reader: connect(address.reader ?? address.writer, reading)
	};
}

/** Starts or finds ClickHouse and makes sure that our database is there. Rejects with the problems of engine.ts and `store-unavailable`. */
export async function openStore(options: StoreOptions): Promise<Store> {
	const place = await findPlace(options);
	let clients = connectAll(place.address());

	async function current(): Promise<Clients> {
		if (clients.for === place.address()) return clients;
		const old = clients;
		clients = connectAll(place.address());
		await Promise.all([old.writer.close(), old.reader.close()]);
		return clients;
	}

	/** One request; tells the place how it went. */
	async function request<T>(
		insert: boolean,
		signal: AbortSignal | undefined,
		send: (clients: Clients) => Promise<T>
	) {
		signal?.throwIfAborted();
		try {
			const result = await send(await current());
			await place.reached(null);
			return result;
		} catch (error) {
			signal?.throwIfAborted();
			const problem = storeProblem(error, insert);
			await place.reached(isUnreachable(error) ? problem.message : null);
			throw problem;
		}
	}

	/** A read can be sent again: it waits for an engine that went away under it. */
	async function read<T>(
		signal: AbortSignal | undefined,
		send: (clients: Clients) => Promise<T>
	): Promise<T> {
		for (const until = performance.now() + READ_WAIT_MS; ; await pause(RETRY_MS)) {
			await place.ready(READ_WAIT_MS);
			try {
				return await request(false, signal, send);
			} catch (error) {
				const gone = error instanceof Problem && isUnreachable(error.cause) && place.form === 'embedded';
				if (!gone || performance.now() > until) throw error;
			}
		}
	}

	const kept = keeping();
	const query = ({ sql, params, signal }: Omit<Query<unknown>, 'row'>, settings: ClickHouseSettings) => ({
		query: sql,
		format: 'JSONEachRow' as const,
		clickhouse_settings: settings,
		...(params && { query_params: params }),
		...(signal && { abort_signal: signal })
	});

	const store: Store = {
		async select(q) {
			const late = AbortSignal.timeout(SELECT_MS);
			const signal = q.signal ? AbortSignal.any([q.signal, late]) : late;
			try {
				const rows = await kept(q, (question) =>
					read(signal, async ({ reader }): Promise<unknown[]> => {
						const settings = { max_execution_time: SELECT_MS / 1000 };
						return (await reader.query(query({ ...question, signal }, settings))).json();
					})
				);
				return rows.map((row) => parseRow(q, row));
			} catch (error) {
				if (!late.aborted || q.signal?.aborted) throw error;
				throw new Problem('store-unavailable', `the store gave no answer within ${SELECT_MS / 1000} s`, {
					cause: error
				});
			}
		},
		async *stream(q) {
			const result = await read(q.signal, ({ reader }) => reader.query(query(q, { max_execution_time: 0 })));
			const blocks = result.stream();
			try {
				for await (const rows of blocks) for (const row of rows) yield parseRow(q, row.json());
			} catch (error) {
				q.signal?.throwIfAborted();
				throw storeProblem(error, false);
			} finally {
				result.close();
			}
		},
		async insert({ sql, body, params, token }) {
			refuseWhileDown(place);
			await request(true, undefined, async ({ writer }) => {
				const { stream } = await writer.exec({
					query: sql,
					values: Buffer.isBuffer(body) ? Readable.from(body, { objectMode: false }) : body,
					...(params && { query_params: params }),
					// Without a token equal blocks are all meant: a table that was emptied is filled again.
					clickhouse_settings: { insert_deduplication_token: token ?? randomUUID() }
				});
				await finished(stream.resume());
			});
		},
		async command(sql, params) {
			refuseWhileDown(place);
			await request(false, undefined, ({ writer }) =>
				writer.command({ query: sql, ...(params && { query_params: params }) })
			);
		},
		status: () => ({
			form: place.form,
			up: place.down() === null,
			since: place.since(),
			restarts: place.restarts(),
			error: place.down()
		}),
		async ping() {
			refuseWhileDown(place);
			await request(false, undefined, ({ reader }) =>
				reader
					.query({ query: 'SELECT 1', format: 'JSONEachRow', abort_signal: AbortSignal.timeout(PING_MS) })
					.then((r) => r.text())
			);
		},
		async close() {
			await Promise.all([clients.writer.close(), clients.reader.close()]);
			await place.close();
		}
	};
	try {
		await createDatabase(place.address().writer);
	} catch (error) {
		await store.close();
		throw storeProblem(error, false);
	}
	return store;
}

function refuseWhileDown(place: Place): void {
	const error = place.form === 'embedded' ? place.down() : null;
	if (error !== null) throw new Problem('store-unavailable', error);
}

/** Ours is `Atomic`: the embedded engine's `default` is an overlay over files. Asks first, since the right to create may be missing. */
async function createDatabase(login: Login): Promise<void> {
	const client = connect({ ...login, database: 'default' }, {});
	const params = { query_params: { database: login.database } };
	try {
		const exists = await client.query({
			query: 'EXISTS DATABASE {database:Identifier}',
			format: 'TabSeparated',
			...params
		});
		if ((await exists.text()).trim() === '1') return;
		await client.command({
			query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier} ENGINE = Atomic',
			...params
		});
	} finally {
		await client.close();
	}
}

function parseRow<T>({ row, sql }: Query<T>, value: unknown): T {
	const parsed = row.safeParse(value);
	if (parsed.success) return parsed.data;
	throw new Problem('store-failed', `a row has another shape than its query promised: ${sql.slice(0, 200)}`, {
		cause: parsed.error
	});
}
