/** The data folder belongs to one running product at a time. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '#lib/server/errors.ts';

/**
 * Claims `folder` for this process. The claim is a lock of the operating system on a file in it, so it ends with the process, however
 * that ends. Returns a function that gives it back. Throws `folder-in-use`, or `configuration` where the folder cannot be made.
 */
export function claimFolder(folder: string): () => void {
	try {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
	} catch (cause) {
		throw new Problem('configuration', `TELLTALE_DATA: the folder ${folder} cannot be made`, {
			cause,
			path: 'TELLTALE_DATA'
		});
	}
	let lock: DatabaseSync | undefined;
	try {
		lock = new DatabaseSync(join(folder, 'lock'), { timeout: 1_000 });
		lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
	} catch (cause) {
		lock?.close();
		throw new Problem(
			'folder-in-use',
			`the data folder ${folder} is in use by another Telltale; set TELLTALE_DATA to another one`,
			{
				cause,
				path: 'TELLTALE_DATA'
			}
		);
	}
	return () => lock.close();
}
