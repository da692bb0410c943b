/** The desk's tables: their columns for the query builder, and the numbered steps that make them. */
import { sql, type Kysely } from 'kysely';
import type { DeadLetterState, SourceHealth } from './desk.ts';

export interface Schema {
	desk_migrations: { number: number };
	documents: { kind: string; id: string; version: number; body: string; who: string; at: number };
	progress: {
		topic: string;
		partition: number;
		end: number;
		stored: number;
		waiting: number | null;
		oldest: number | null;
		at: number;
	};
	leases: { name: string; holder: string; until: number };
	timers: { name: string; due: number; payload: string };
	dead_letters: {
		id: string;
		topic: string;
		partition: number;
		offset: number;
		row: number;
		key: string;
		reason: string;
		path: string;
		bytes: Uint8Array;
		writer: string;
		accepted: number;
		state: DeadLetterState;
		who: string | null;
		at: number | null;
	};
	imports: { file: string; offset: number; events: number; rejected: number; prefix: string; at: number };
	source_health: {
		id: string;
		kind: string;
		state: SourceHealth['state'];
		last_success: number | null;
		last_attempt: number | null;
		error: string | null;
		failure: string | null;
		next: number | null;
	};
	silences: {
		source: string;
		since: number;
		noticed: number;
		until: number | null;
		failure: string | null;
		reason: string;
	};
	visits: { source: string; day: string; good: number; failed: number };
}
export type Tables = Kysely<Schema>;

/** An open database, whichever it is. */
export interface Database {
	tables: Tables;
	types: ColumnTypes;
	/** Keeps two processes that start at once from migrating at once; called inside the transaction. */
	lock(transaction: Tables): Promise<void>;
	/** For what is written often and is worthless after a power failure: spares the disk the wait. */
	relaxed<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
}

/** What the two databases call the same thing. Text compares by its bytes in both. */
export interface ColumnTypes {
	text: string;
	int: string;
	bytes: string;
}

/** JSON is kept as text, word for word: PostgreSQL's `jsonb` would refuse an escaped NUL. */
const steps: readonly ((types: ColumnTypes) => string[])[] = [
	({ text, int, bytes }) => [
		`create table documents (kind ${text} not null, id ${text} not null, version ${int} not null,
			body ${text} not null, who ${text} not null, at ${int} not null, primary key (kind, id, version))`,
		`create table progress (topic ${text} not null, "partition" ${int} not null, "end" ${int} not null,
			stored ${int} not null, waiting ${int}, oldest ${int}, at ${int} not null, primary key (topic, "partition"))`,
		`create table leases (name ${text} primary key, holder ${text} not null, "until" ${int} not null)`,
		`create table timers (name ${text} primary key, due ${int} not null, payload ${text} not null)`,
		`create index timers_due on timers (due)`,
		`create table dead_letters (id ${text} primary key, topic ${text} not null, "partition" ${int} not null,
			"offset" ${int} not null, "row" ${int} not null, key ${text} not null, reason ${text} not null,
			path ${text} not null, bytes ${bytes} not null, writer ${text} not null, accepted ${int} not null,
			state ${text} not null, who ${text}, at ${int})`,
		`create index dead_letters_newest on dead_letters (accepted, topic, "partition", "offset", "row")`,
		`create index dead_letters_state on dead_letters (state)`,
		`create table imports (file ${text} primary key, "offset" ${int} not null, events ${int} not null,
			rejected ${int} not null, prefix ${text} not null, at ${int} not null)`,
		`create table source_health (id ${text} primary key, kind ${text} not null, state ${text} not null,
			last_success ${int}, last_attempt ${int}, error ${text})`
	],
	({ text, int }) => [
		`alter table source_health add column failure ${text}`,
		`alter table source_health add column next ${int}`,
		`create table silences (source ${text} not null, since ${int} not null, noticed ${int} not null, "until" ${int},
			failure ${text}, reason ${text} not null, primary key (source, since))`,
		`create index silences_open on silences (source) where "until" is null`,
		`create table visits (source ${text} not null, day ${text} not null, good ${int} not null, failed ${int} not null,
			primary key (source, day))`
	]
];

/** Brings the tables up to date, all of it or nothing; safe to repeat, and when two processes start together. */
export async function migrate({ tables, types, lock }: Database): Promise<void> {
	await tables.transaction().execute(async (transaction) => {
		await lock(transaction);
		await sql
			.raw(`create table if not exists desk_migrations (number ${types.int} primary key)`)
			.execute(transaction);
		const done = new Set(
			(await transaction.selectFrom('desk_migrations').select('number').execute()).map((row) => row.number)
		);
		for (const [index, step] of steps.entries()) {
			if (done.has(index + 1)) continue;
			for (const statement of step(types)) await sql.raw(statement).execute(transaction);
			await transaction
				.insertInto('desk_migrations')
				.values({ number: index + 1 })
				.execute();
		}
	});
}
