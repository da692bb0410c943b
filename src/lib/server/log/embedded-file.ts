/**
 * The file of the embedded log: every statement that is made to it. Several processes may have it open. All calls are synchronous
 * and throw what SQLite throws; embedded.ts turns that into problems.
 *
 * `events` and `bytes` count from the topic's beginning, so that lag and room are differences and nothing is ever scanned.
 */
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { decodeHeader } from './block.ts';
import { prepareLayout, relaxed, table, transaction } from './embedded-layout.ts';
import { LOG_TOPICS, type Lag, type LogRecord, type Topic } from './log.ts';

/** A place in a topic, with what stands before it. */
export interface Position {
	offset: number;
	events: number;
	bytes: number;
}
export interface NewRecord {
	key: string;
	/** Our header as JSON; null for another producer's record. */
	header: string | null;
	events: number;
	value: Uint8Array;
}
export interface Chunk {
	records: LogRecord[];
	/** Where reading goes on. */
	next: Position;
	/** Whether the chunk reached the end of the topic. */
	caughtUp: boolean;
}
export interface LeaseRow {
	holder: string;
	process: string;
	until: number;
}

const integer = z.number();
const headSchema = z.object({
	end: integer,
	events: integer,
	bytes: integer,
	accepted: integer,
	start: integer,
	start_events: integer,
	start_bytes: integer
});
const positionSchema = z.object({ offset: integer, events: integer, bytes: integer });
const recordSchema = z.object({
	offset: integer,
	accepted: integer,
	events: integer,
	bytes: integer,
	key: z.string(),
	header: z.string().nullable(),
	value: z.instanceof(Uint8Array)
});
const leaseSchema = z.object({ holder: z.string(), process: z.string(), until: integer });
const heldSchema = z.object({ holder: z.string() });
const valueSchema = z.object({ value: integer });
const single = (row: unknown): number => valueSchema.parse(row).value;

/** Opens the file, making it where there is none. Throws SQLite's errors, and `log-mismatch` for a newer layout. */
export function openLogFile(path: string, name: string) {
	const db = new DatabaseSync(path, { timeout: 2_000 });
	try {
		prepareLayout(db, name);
	} catch (error) {
		db.close();
		throw error;
	}
	const perTopic = new Map(LOG_TOPICS.map((topic) => [topic, topicStatements(db, topic)]));
	const of = (topic: Topic) => {
		const statements = perTopic.get(topic);
		if (!statements) throw new Error(`there is no topic ${topic}`);
		return statements;
	};
	const statements = {
		head: db.prepare('SELECT * FROM topics WHERE topic = ?'),
		advance: db.prepare('UPDATE topics SET "end" = ?, events = ?, bytes = ?, accepted = ? WHERE topic = ?'),
		trim: db.prepare('UPDATE topics SET start = ?, start_events = ?, start_bytes = ? WHERE topic = ?'),
		join: db.prepare(
			'INSERT INTO groups SELECT ?, topic, start, start_events, start_bytes FROM topics WHERE topic = ? ON CONFLICT DO NOTHING'
		),
		group: db.prepare('SELECT committed AS offset, events, bytes FROM groups WHERE name = ? AND topic = ?'),
		commit: db.prepare(`
			UPDATE groups SET committed = ?1, events = ?2, bytes = ?3 WHERE name = ?4 AND topic = ?5
				AND EXISTS (SELECT 1 FROM leases WHERE name = ?4 AND topic = ?5 AND holder = ?6)`),
		floor: db.prepare('SELECT coalesce(min(committed), 0) AS value FROM groups WHERE topic = ?'),
		kept: db.prepare('SELECT sum(bytes - start_bytes) AS value FROM topics'),
		uncommitted: db.prepare(`
			SELECT sum(bytes - coalesce((SELECT min(g.bytes) FROM groups g WHERE g.topic = t.topic), start_bytes)) AS value
			FROM topics t`),
		lease: db.prepare('SELECT holder, process, until FROM leases WHERE name = ? AND topic = ?'),
		take: db.prepare(
			'INSERT OR REPLACE INTO leases (name, topic, holder, log, process, until) VALUES (?, ?, ?, ?, ?, ?)'
		),
		renew: db.prepare(
			'UPDATE leases SET until = ? WHERE holder IN (SELECT value FROM json_each(?)) RETURNING holder'
		),
		release: db.prepare('DELETE FROM leases WHERE holder = ?'),
		dataVersion: db.prepare('SELECT data_version AS value FROM pragma_data_version')
	};
	const head = (topic: Topic) => headSchema.parse(statements.head.get(topic));
	const committed = (group: string, topic: Topic): Position => {
		const row = statements.group.get(group, topic);
		if (row) return positionSchema.parse(row);
		const { start, start_events, start_bytes } = head(topic);
		return { offset: start, events: start_events, bytes: start_bytes };
	};

	return {
		/** Runs `work` in one transaction, durable when this returns. */
		transaction: <T>(work: () => T): T => transaction(db, work),

		/** Appends in a transaction. Times are strictly increasing in a topic, whatever the clock does. */
		append(topic: Topic, records: readonly NewRecord[], now: number): void {
			let { end, events, bytes, accepted } = head(topic);
			for (const record of records) {
				accepted = Math.max(now, accepted + 1);
				events += record.events;
				bytes += record.value.length;
				of(topic).insert.run(end++, accepted, events, bytes, record.key, record.header, record.value);
			}
			statements.advance.run(end, events, bytes, accepted, topic);
		},

		/** Records from `from` on, at most `maxEvents` or `maxBytes`, at least one where there is any. */
		read(topic: Topic, from: Position, maxEvents: number, maxBytes: number): Chunk {
			const records: LogRecord[] = [];
			let next = from;
			for (const row of of(topic).read.iterate(from.offset)) {
				const { offset, accepted, events, bytes, key, header, value } = recordSchema.parse(row);
				if (records.length && (events - from.events > maxEvents || bytes - from.bytes > maxBytes))
					return { records, next, caughtUp: false };
				records.push({
					partition: 0,
					offset,
					accepted,
					key,
					header: decodeHeader(header),
					value: asBuffer(value)
				});
				next = { offset: offset + 1, events, bytes };
			}
			return { records, next, caughtUp: true };
		},

		/** What has been appended so far. */
		end(topic: Topic): Position {
			const { end, events, bytes } = head(topic);
			return { offset: end, events, bytes };
		},

		/** Makes a group known: from now on nothing goes that it has not committed. */
		join: (group: string, topic: Topic): void => void statements.join.run(group, topic),
		committed,

		/** False where `holder` has lost the lease: then nothing is committed. */
		commit: (group: string, topic: Topic, at: Position, holder: string): boolean =>
			statements.commit.run(at.offset, at.events, at.bytes, group, topic, holder).changes === 1,

		lag(group: string, topic: Topic): Lag {
			const end = head(topic);
			const done = committed(group, topic);
			const oldest = done.offset < end.end ? of(topic).accepted.get(done.offset) : undefined;
			return {
				partition: 0,
				committed: done.offset,
				end: end.end,
				events: end.events - done.events,
				oldest: oldest ? single(oldest) : null
			};
		},

		/** Bytes that some group has still to read; all of a topic that no group reads. */
		uncommittedBytes: (): number => single(statements.uncommitted.get()),

		/**
		 * Deletes a bounded number of a topic's oldest records, as far as every group has committed them and they are older than
		 * `before` or the log keeps more than `maxBytes`. Returns whether any went.
		 */
		trim(topic: Topic, before: number, maxBytes: number): boolean {
			const { start, start_bytes } = head(topic);
			const floor = Math.min(single(statements.floor.get(topic)), start + 5_000);
			const excess = Math.max(0, single(statements.kept.get()) - maxBytes);
			const keep = of(topic).firstToKeep.get(
				floor,
				before,
				start_bytes + excess,
				start_bytes + 32 * 1024 * 1024
			);
			const cut = keep ? single(keep) : floor;
			if (cut <= start) return false;
			const last = positionSchema.parse(of(topic).before.get(cut));
			of(topic).delete.run(cut);
			statements.trim.run(cut, last.events, last.bytes, topic);
			return true;
		},

		lease(group: string, topic: Topic): LeaseRow | null {
			const row = statements.lease.get(group, topic);
			return row ? leaseSchema.parse(row) : null;
		},
		take: (group: string, topic: Topic, lease: LeaseRow, log: string): void =>
			void statements.take.run(group, topic, lease.holder, log, lease.process, lease.until),
		/** Renews what `holders` hold; returns those that still do. A power failure ends the holders too: no wait for the disk. */
		renew: (holders: readonly string[], until: number): string[] =>
			relaxed(db, () => statements.renew.all(until, JSON.stringify(holders))).map(
				(row) => heldSchema.parse(row).holder
			),
		release: (holder: string): void => void statements.release.run(holder),

		/** Changes when another connection has written. */
		dataVersion: (): number => single(statements.dataVersion.get()),
		close: (): void => db.close()
	};
}
export type LogFile = ReturnType<typeof openLogFile>;

function topicStatements(db: DatabaseSync, topic: Topic) {
	const name = table(topic);
	return {
		insert: db.prepare(
			`INSERT INTO ${name} (offset, accepted, events, bytes, key, header, value) VALUES (?, ?, ?, ?, ?, ?, ?)`
		),
		read: db.prepare(`SELECT * FROM ${name} WHERE offset >= ? ORDER BY offset`),
		accepted: db.prepare(`SELECT accepted AS value FROM ${name} WHERE offset >= ? ORDER BY offset LIMIT 1`),
		before: db.prepare(
			`SELECT offset, events, bytes FROM ${name} WHERE offset < ? ORDER BY offset DESC LIMIT 1`
		),
		delete: db.prepare(`DELETE FROM ${name} WHERE offset < ?`),
		firstToKeep: db.prepare(
			`SELECT offset AS value FROM ${name} WHERE offset < ? AND (accepted >= ? AND bytes > ? OR bytes > ?) ORDER BY offset LIMIT 1`
		)
	};
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
