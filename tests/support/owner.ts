import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const said = z.object({
	pid: z.int().optional(),
	migrated: z.array(z.string()).optional(),
	code: z.string().optional()
});

/** Starts store-owner.ts and waits for its line. */
export async function startOwner(...args: string[]) {
	const child = spawn(process.execPath, [new URL('store-owner.ts', import.meta.url).pathname, ...args], {
		stdio: ['pipe', 'pipe', 'inherit']
	});
	const ended = new Promise<void>((done) => child.once('close', () => done()));
	for await (const line of createInterface({ input: child.stdout }))
		return {
			...said.parse(JSON.parse(line)),
			kill: () => child.kill('SIGKILL'),
			end: () => (child.stdin.end(), ended)
		};
	throw new Error('the owner of a store ended without a word');
}
