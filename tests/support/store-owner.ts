/**
 * A process with an embedded store, to be killed: `store-owner.ts FOLDER` prints one line of JSON once the store is open
 * (`{pid, migrated}`, or `{code}` when it cannot be opened) and lives until its standard input closes.
 */
import { isProblem } from '#lib/server/errors.ts';
import { migrate } from '#lib/server/store/migrate.ts';
import { openStore } from '#lib/server/store/open.ts';
import { quiet, serverAddress } from './engine.ts';

const [folder = '', url] = process.argv.slice(2);
try {
	const store = await openStore({ at: url ? { url } : { folder }, logger: quiet });
	const migrated = await migrate(store);
	console.log(JSON.stringify({ pid: url ? 0 : (await serverAddress(folder)).pid, migrated }));
	process.stdin.resume().once('end', () => void store.close());
} catch (error) {
	console.log(JSON.stringify({ code: isProblem(error) ? error.code : String(error) }));
}
