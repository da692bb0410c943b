/** Builds the web handler when its sources are newer than the last build, or when there is none. `npm install` calls this. */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const BUILT = join(root, 'build/handler.js');
const SOURCES = ['src/**/*', 'static/**/*', 'package.json', 'svelte.config.js', 'vite.config.ts'];

const newest = (patterns: string[]): number =>
	Math.max(
		...globSync(patterns, { cwd: root, exclude: (name) => name === 'paraglide' }).map(
			(file) => statSync(join(root, file)).mtimeMs
		)
	);

/** Whether the built handler is missing or older than a source. */
export const isStale = (): boolean => !existsSync(BUILT) || statSync(BUILT).mtimeMs < newest(SOURCES);

/** Builds; throws with the builder's last words when it fails. */
export function build(): void {
	const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
	const { status, stderr, stdout } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' }
	});
	if (status !== 0) throw new Error(`the pages could not be built\n${(stderr || stdout).slice(-2000)}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href && isStale()) build();
