/** Opens the desk over SQLite or PostgreSQL; what it can do is the same. */
import { sql } from 'kysely';
import type { Logger } from '../logger.ts';
import { deadLetters } from './dead-letters.ts';
import type { Desk } from './desk.ts';
import { documents } from './documents.ts';
import { health } from './health.ts';
import { imports } from './imports.ts';
import { leases } from './leases.ts';
import { openPostgres } from './postgres.ts';
import { progress } from './progress.ts';
import { migrate } from './schema.ts';
import { silences } from './silences.ts';
import { openSqlite } from './sqlite.ts';
import { timers } from './timers.ts';
import { visits } from './visits.ts';

/**
 * Opens the desk in a SQLite file or in PostgreSQL and brings its tables up to date. Several processes may have the same one open.
 * Rejects with `desk-unavailable`.
 */
export async function openDesk(
	at: { file: string } | { url: string },
	{ logger }: { logger: Logger }
): Promise<Desk> {
	const database = 'file' in at ? openSqlite(at.file) : openPostgres(at.url, logger);
	const { tables } = database;
	try {
		await migrate(database);
	} catch (error) {
		await tables.destroy();
		throw error;
	}
	return {
		documents: documents(database),
		progress: progress(database),
		leases: leases(database),
		timers: timers(database),
		deadLetters: deadLetters(database),
		imports: imports(database),
		health: health(database),
		silences: silences(database),
		visits: visits(database),
		ping: async () => {
			await sql`select 1`.execute(tables);
		},
		close: () => tables.destroy()
	};
}
