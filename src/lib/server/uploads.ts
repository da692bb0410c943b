/** Files that somebody dropped on a page: kept by the hash of their bytes until they are imported or a day old. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DAY } from '#lib/domain/time.ts';
import { BODY_BYTES } from './doors/body.ts';
import { Problem } from './errors.ts';

const meta = z.object({ name: z.string(), size: z.int() });
const NOTE = '.json';
const ID = /^[0-9a-f]{64}$/;

export interface Upload {
	/** SHA-256 of its bytes, in hex. */
	id: string;
	/** As it was called where it came from. */
	name: string;
	size: number;
	/** Where it lies now. */
	path: string;
}

/** `folder`: made when the first file comes. */
export class Uploads {
	readonly #folder: string;
	constructor(folder: string) {
		this.#folder = folder;
	}

	/** Keeps a file, and throws away those of yesterday. Rejects with `too-large` beyond 32 MB. */
	async keep(file: File, now: number): Promise<Upload> {
		if (file.size > BODY_BYTES)
			throw new Problem('too-large', `a file may have ${BODY_BYTES / 1024 / 1024} MB on this way`);
		const bytes = Buffer.from(await file.arrayBuffer());
		const id = createHash('sha256').update(bytes).digest('hex');
		const name = file.name.slice(0, 200);
		await mkdir(this.#folder, { recursive: true, mode: 0o700 });
		await this.#sweep(now);
		const path = join(this.#folder, id);
		await writeFile(path, bytes, { mode: 0o600 });
		await writeFile(path + NOTE, JSON.stringify({ name, size: bytes.length }), { mode: 0o600 });
		return { id, name, size: bytes.length, path };
	}

	/** Null where it is not kept, or not any more. */
	async find(id: string): Promise<Upload | null> {
		if (!ID.test(id)) return null;
		const path = join(this.#folder, id);
		try {
			return { id, path, ...meta.parse(JSON.parse(await readFile(path + NOTE, 'utf8'))) };
		} catch (error) {
			if (isMissing(error)) return null;
			throw error;
		}
	}

	async discard({ path }: Pick<Upload, 'path'>): Promise<void> {
		await rm(path + NOTE, { force: true });
		await rm(path, { force: true });
	}

	async #sweep(now: number): Promise<void> {
		for (const name of await readdir(this.#folder)) {
			const path = join(this.#folder, name);
			const age = await stat(path).then(({ mtimeMs }) => now - mtimeMs, () => 0); // prettier-ignore
			if (age > DAY) await rm(path, { force: true });
		}
	}
}

const isMissing = (error: unknown): boolean =>
	error instanceof Error && 'code' in error && error.code === 'ENOENT';
