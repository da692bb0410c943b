/** Repositories like those of Open Terms Archive, made by `git fast-import`. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

export interface ArchiveCommit {
	subject: string;
	/** RFC 3339. */
	date: string;
	/** New contents by path; null removes the file. */
	files: Record<string, string | Buffer | null>;
}

export function hasGit(): boolean {
	return spawnSync('git', ['--version']).status === 0;
}

/** Adds commits to the branch `main` of the bare repository at `path`, which is made where it is not there. */
export async function writeArchive(path: string, commits: Iterable<ArchiveCommit>): Promise<void> {
	const fresh = spawnSync('git', ['-C', path, 'rev-parse', '--verify', '-q', 'refs/heads/main']).status !== 0;
	if (fresh) spawnSync('git', ['init', '-q', '--bare', '-b', 'main', path]);
	const child = spawn('git', ['-C', path, 'fast-import', '--quiet', '--date-format=raw'], {
		stdio: ['pipe', 'inherit', 'inherit']
	});
	const closed = once(child, 'close');
	const write = async (part: string | Buffer) => {
		if (!child.stdin.write(part)) await once(child.stdin, 'drain');
	};
	const data = async (content: string | Buffer) => {
		const bytes = Buffer.from(content);
		await write(`data ${bytes.length}\n`);
		await write(bytes);
		await write('\n');
	};
	let first = true;
	for (const { subject, date, files } of commits) {
		const seconds = Math.floor(Date.parse(date) / 1000);
		const who = `Archive Bot <bot@archive.example> ${seconds} +0000`;
		await write(`commit refs/heads/main\nauthor ${who}\ncommitter ${who}\n`);
		await data(subject);
		if (first && !fresh) await write('from refs/heads/main^0\n');
		first = false;
		for (const [name, content] of Object.entries(files)) {
			if (content === null) await write(`D ${JSON.stringify(name)}\n`);
			else {
				await write(`M 100644 inline ${JSON.stringify(name)}\n`);
				await data(content);
			}
		}
		await write('\n');
	}
	child.stdin.end();
	const [code] = await closed;
	if (code !== 0) throw new Error(`git fast-import ended with ${String(code)}`);
}
