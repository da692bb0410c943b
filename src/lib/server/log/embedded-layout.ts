/** Tables and settings of the embedded log's file. */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { Problem } from '../errors.ts';
import { LOG_TOPICS, type Topic } from './log.ts';

/** Layout that this code reads and writes, kept in the file's `user_version`. */
const LAYOUT = 1;

const LAYOUT_SQL = `
	CREATE TABLE topics (
		topic TEXT PRIMARY KEY,
		"end" INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0,
		accepted INTEGER NOT NULL DEFAULT 0,
		start INTEGER NOT NULL DEFAULT 0, start_events INTEGER NOT NULL DEFAULT 0, start_bytes INTEGER NOT NULL DEFAULT 0
	) STRICT, WITHOUT ROWID;
	CREATE TABLE groups (
		name TEXT, topic TEXT, committed INTEGER NOT NULL, events INTEGER NOT NULL, bytes INTEGER NOT NULL,
		PRIMARY KEY (name, topic)
	) STRICT, WITHOUT ROWID;
	CREATE TABLE leases (
		name TEXT, topic TEXT, holder TEXT NOT NULL, log TEXT NOT NULL, process TEXT NOT NULL, until INTEGER NOT NULL,
		PRIMARY KEY (name, topic)
	) STRICT, WITHOUT ROWID;`;

/** A table a topic; the value comes last, so that what stands before it is read without it. */
const topicSql = (topic: Topic) => `
	CREATE TABLE IF NOT EXISTS ${table(topic)} (
		offset INTEGER PRIMARY KEY, accepted INTEGER NOT NULL, events INTEGER NOT NULL, bytes INTEGER NOT NULL,
		key TEXT NOT NULL, header TEXT, value BLOB NOT NULL
	) STRICT;
	INSERT OR IGNORE INTO topics (topic) VALUES ('${topic}');`;

/** Names of tables cannot be bound; these come from the list of topics and from nowhere else. */
export const table = (topic: Topic) => `"topic ${topic}"`;

const versionSchema = z.object({ user_version: z.number() });

/** Runs `work` in one transaction that nobody else can come between. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
	db.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		db.exec('COMMIT');
		return result;
	} catch (error) {
		// SQLite has rolled back by itself after some errors.
		if (db.isTransaction) db.exec('ROLLBACK');
		throw error;
	}
}

/** Runs `work`, one statement, without a wait for the disk: a power failure may lose it, nothing else, and never breaks the file. */
export function relaxed<T>(db: DatabaseSync, work: () => T): T {
	db.exec('PRAGMA synchronous = NORMAL');
	try {
		return work();
	} finally {
		db.exec('PRAGMA synchronous = FULL');
	}
}

/** Makes the tables where there are none. Throws `log-mismatch` for a file of a newer layout; `name`: the file's, without its folder. */
export function prepareLayout(db: DatabaseSync, name: string): void {
	db.exec(`
		PRAGMA page_size = 8192;
		PRAGMA journal_mode = WAL;
		PRAGMA synchronous = FULL;
		PRAGMA wal_autocheckpoint = 2000;
		PRAGMA journal_size_limit = 67108864`);
	const version = () => versionSchema.parse(db.prepare('PRAGMA user_version').get()).user_version;
	const complete = () =>
		version() === LAYOUT &&
		LOG_TOPICS.every((topic) => db.prepare('SELECT 1 FROM topics WHERE topic = ?').get(topic));
	if (complete()) return;
	transaction(db, () => {
		const found = version();
		if (found > LAYOUT)
			throw new Problem(
				'log-mismatch',
				`the event log ${name} was made by a newer version (layout ${found}, this one reads ${LAYOUT})`
			);
		// Two processes may have come here together, and a topic may be new to an older file.
		if (found < LAYOUT) db.exec(LAYOUT_SQL);
		for (const topic of LOG_TOPICS) db.exec(topicSql(topic));
		db.exec(`PRAGMA user_version = ${LAYOUT}`);
	});
}
