/** Who may do what only one may do at a time. */
import type { Leases } from './desk.ts';
import type { Database } from './schema.ts';

export const leases = ({ tables, relaxed }: Database): Leases => ({
	/** Renewed often, and a power failure that forgets a lease has ended its holder too: no wait for the disk. */
	async claim(name, holder, ttl, now) {
		const until = now + ttl;
		const claimed = await relaxed((connection) =>
			connection
				.insertInto('leases')
				.values({ name, holder, until })
				.onConflict((conflict) =>
					conflict
						.column('name')
						.doUpdateSet({ holder, until })
						.where((is) => is.or([is('leases.holder', '=', holder), is('leases.until', '<=', now)]))
				)
				.returning('name')
				.executeTakeFirst()
		);
		return claimed !== undefined;
	},
	async release(name, holder) {
		await tables.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
	}
});
