/** What is known of everything that gives us data. */
import type { Health, SourceHealth } from './desk.ts';
import type { Database } from './schema.ts';

export const health = ({ tables, relaxed }: Database): Health => ({
	/** Said again and again while it holds: no wait for the disk. */
	async report(sources) {
		// An id told twice in one report counts as told last: a statement may touch a row once only.
		const rows = [...new Map(sources.map((source) => [source.id, row(source)])).values()];
		if (rows.length === 0) return;
		await relaxed(async (connection) => {
			await connection
				.insertInto('source_health')
				.values(rows)
				.onConflict((conflict) =>
					conflict.column('id').doUpdateSet(({ ref }) => ({
						kind: ref('excluded.kind'),
						state: ref('excluded.state'),
						last_success: ref('excluded.last_success'),
						last_attempt: ref('excluded.last_attempt'),
						error: ref('excluded.error'),
						failure: ref('excluded.failure'),
						next: ref('excluded.next')
					}))
				)
				.execute();
		});
	},
	async all() {
		const rows = await tables.selectFrom('source_health').selectAll().orderBy('id').execute();
		return rows.map(({ last_success, last_attempt, ...rest }) => ({
			...rest,
			lastSuccess: last_success,
			lastAttempt: last_attempt
		}));
	}
});

const row = ({ id, kind, state, lastSuccess, lastAttempt, error, failure, next }: SourceHealth) => ({
	id,
	kind,
	state,
	last_success: lastSuccess,
	last_attempt: lastAttempt,
	error,
	failure,
	next
});
