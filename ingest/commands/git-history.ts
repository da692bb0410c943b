/** A git repository's history of files, read through the `git` command as two streams: what changed, and the contents. */
import { spawn, type ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '#lib/server/errors.ts';

export interface Commit {
	hash: string;
	/** Author date, RFC 3339. */
	date: string;
	subject: string;
	/** Files that have a new content, by path from the root. */
	files: { path: string; blob: string }[];
}

/** Whether `path` is a repository's folder, with a working tree or bare. */
export async function isRepository(path: string): Promise<boolean> {
	const exists = (...parts: string[]) => stat(join(path, ...parts)).then(() => true, () => false); // prettier-ignore
	return (
		(await exists('.git')) || ((await exists('HEAD')) && (await exists('objects')) && (await exists('refs')))
	);
}

function git(
	repository: string,
	args: string[]
): ChildProcess & { stdout: NodeJS.ReadableStream; stdin: NodeJS.WritableStream } {
	const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' };
	return spawn('git', ['-C', repository, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Resolves at the end of the process; rejects with `invalid` and what git said when it failed. */
async function ended(child: ChildProcess): Promise<void> {
	let said = '';
	child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500)));
	await new Promise<void>((resolve, reject) => {
		child.on('error', (cause) =>
			reject(new Problem('invalid', `git cannot be run: ${cause.message}`, { cause }))
		);
		child.on('close', (code) => {
			if (code === 0) resolve();
			else reject(new Problem('invalid', `git: ${said.trim().split('\n')[0] || `ended with ${code}`}`));
		});
	});
}

/** Standard output of a short command; null where git says no. */
async function ask(repository: string, args: string[]): Promise<string | null> {
	const child = git(repository, args);
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	try {
		await ended(child);
		return text.trim();
	} catch {
		return null;
	}
}

/** Number of commits on the way to HEAD. Rejects with `invalid` for what is no repository, or an empty one. */
export async function countCommits(repository: string): Promise<number> {
	const child = git(repository, ['rev-list', '--count', '--first-parent', 'HEAD']);
	let text = '';
	child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
	await ended(child);
	return Number(text.trim());
}

/** Whether `commit` is there and HEAD goes back to it: false when history was written anew. */
export const isInHistory = async (repository: string, commit: string): Promise<boolean> =>
	(await ask(repository, ['merge-base', '--is-ancestor', commit, 'HEAD'])) !== null;

const COMMIT = '\u0001';

/** All commits, oldest first. Rejects with `invalid` when git fails. */
export async function* commits(repository: string): AsyncGenerator<Commit> {
	// -z ends every field with NUL, so that no file name can be mistaken for something else.
	const format = `--format=${COMMIT}%H%x00%aI%x00%s`;
	const child = git(repository, ['-c', 'core.quotePath=false', 'log', '--reverse', '--first-parent', '-m', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', format, 'HEAD']); // prettier-ignore
	const end = ended(child);
	end.catch(() => undefined);
	let commit: Commit | null = null;
	let blob: string | null = null;
	let header: string[] = [];
	try {
		for await (const raw of fields(child.stdout)) {
			const field = raw.replace(/^\n/, '');
			if (header.length > 0) header.push(field);
			else if (blob !== null) {
				if (!/^0+$/.test(blob)) commit?.files.push({ path: field, blob });
				blob = null;
			} else if (field.startsWith(':')) blob = field.split(' ')[3] ?? null;
			else if (field.startsWith(COMMIT)) {
				if (commit) yield commit;
				commit = null;
				header = [field.slice(1)];
			}
			if (header.length === 3) {
				const [hash = '', date = '', subject = ''] = header;
				commit = { hash, date, subject, files: [] };
				header = [];
			}
		}
		if (commit) yield commit;
		await end;
	} finally {
		child.kill();
	}
}

async function* fields(chunks: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
	let rest = Buffer.alloc(0);
	for await (const chunk of chunks) {
		rest = Buffer.concat([rest, Buffer.from(chunk)]);
		let start = 0;
		for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0, start)) {
			yield rest.toString('utf8', start, end);
			start = end + 1;
		}
		rest = rest.subarray(start);
	}
	if (rest.length > 0) yield rest.toString('utf8');
}

/** Contents by their hashes, one at a time. */
export class Blobs {
	readonly #child: ReturnType<typeof git>;
	readonly #chunks: AsyncIterator<Buffer>;
	readonly #end: Promise<void>;
	#rest = Buffer.alloc(0);

	constructor(repository: string) {
		this.#child = git(repository, ['cat-file', '--batch']);
		this.#child.stdin.on('error', () => undefined); // its end is told by #end
		this.#end = ended(this.#child);
		this.#end.catch(() => undefined);
		this.#chunks = (this.#child.stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	}

	/** Null where the repository does not have it (a partial clone), or it has more than `most` bytes. */
	async read(hash: string, most: number): Promise<Buffer | null> {
		this.#child.stdin.write(`${hash}\n`);
		let newline = this.#rest.indexOf(10);
		for (; newline < 0; newline = this.#rest.indexOf(10)) await this.#more();
		const [, type, size] = this.#rest.toString('utf8', 0, newline).split(' ');
		this.#rest = this.#rest.subarray(newline + 1);
		if (type === 'missing') return null;
		const bytes = await this.#take(Number(size), most);
		await this.#take(1, 1);
		return type === 'blob' ? bytes : null;
	}

	/** The next `size` bytes; null, and not held, where they are more than `most`. */
	async #take(size: number, most: number): Promise<Buffer | null> {
		const parts: Buffer[] = [];
		for (let left = size; left > 0;) {
			if (this.#rest.length === 0) await this.#more();
			const part = this.#rest.subarray(0, left);
			this.#rest = this.#rest.subarray(part.length);
			left -= part.length;
			if (size <= most) parts.push(part);
		}
		return size <= most ? Buffer.concat(parts) : null;
	}

	async #more(): Promise<void> {
		const next = await this.#chunks.next();
		if (next.done) {
			await this.#end;
			throw new Problem('invalid', 'git ended early');
		}
		this.#rest = this.#rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#rest, next.value]);
	}

	async close(): Promise<void> {
		this.#child.stdin.end();
		this.#child.kill();
		await this.#end.catch(() => undefined);
	}
}
