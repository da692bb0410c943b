/** Stores for tests: on the embedded engine in a folder of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '#lib/server/logger.ts';
import { DATABASE, readAddress } from '#lib/server/store/engine-files.ts';
import { migrate } from '#lib/server/store/migrate.ts';
import { openStore } from '#lib/server/store/open.ts';
import type { Store } from '#lib/server/store/store.ts';

export const quiet = createLogger('silent');

/** Whether the embedded engine is installed here; says so once where it is not, which is a failure in CI. */
export const hasEngine: boolean = (() => {
	try {
		createRequire(import.meta.url).resolve(`@chdb/lib-${process.platform}-${process.arch}-gnu/libchdb.so`);
		return true;
	} catch {
		if (process.env.CI === 'true') throw new Error('the embedded ClickHouse is not installed');
		console.log('store tests skipped: no embedded ClickHouse for this platform');
		return false;
	}
})();

export async function temporaryFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'telltale-'));
	return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface TestStore {
	store: Store;
	folder: string;
	/** Stops the engine and removes its folder. */
	end(): Promise<void>;
}

/** An embedded store, migrated unless `empty`. */
export async function openTestStore({ empty = false } = {}): Promise<TestStore> {
	const { folder, remove } = await temporaryFolder();
	const store = await openStore({ at: { folder }, logger: quiet });
	if (!empty) await migrate(store);
	return {
		store,
		folder,
		async end() {
			await store.close();
			await remove();
		}
	};
}

/** Addresses under which an embedded engine is a server like any other. */
export async function serverAddress(
	folder: string
): Promise<{ url: string; readerUrl: string; pid: number }> {
	const address = await readAddress(folder);
	if (!address) throw new Error(`no engine runs on ${folder}`);
	const as = (user: string, password: string) =>
		address.url.replace('://', `://${user}:${password}@`) + `/${DATABASE}`;
	return { url: as('writer', address.writer), readerUrl: as('reader', address.reader), pid: address.pid };
}

/** Resolves once `condition` holds; rejects with `what` when it does not within `ms`. */
export async function until(
	what: string,
	condition: () => boolean | Promise<boolean>,
	ms = 10_000
): Promise<void> {
	for (const end = performance.now() + ms; !(await condition());) {
		if (performance.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
		await new Promise((done) => setTimeout(done, 10));
	}
}
