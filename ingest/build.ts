/**
 * Builds the web handler when its sources are newer than the last build, or when there is none. `npm install` calls this. Every build has a
 * folder of its own, `build/<time>`: a product that runs goes on serving the one that it began with while the next is made.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '..');
const BUILDS = join(root, 'build');
const SOURCES = ['src/**/*', 'static/**/*', 'package.json', 'svelte.config.js', 'vite.config.ts'];
/** A build that no product has said to serve for so long is served by none, ms. */
const UNSERVED_MS = 3_600_000;

const newest = (patterns: string[]): number =>
	Math.max(
		...globSync(patterns, { cwd: root, exclude: (name) => name === 'paraglide' }).map(
			(file) => statSync(join(root, file)).mtimeMs
		)
	);

/** Folders of builds, the last one first; one gets its name when it is whole. */
const buildsIn = (folder: string, named = /^\d+$/): string[] =>
	(existsSync(folder) ? readdirSync(folder) : [])
		.filter((name) => named.test(name))
		.sort((a, b) => Number(b) - Number(a))
		.map((name) => join(folder, name));

/** The handler of the last build; null where there is none. */
export function builtHandler(folder = BUILDS): string | null {
	const [last] = buildsIn(folder);
	return last === undefined ? null : join(last, 'handler.js');
}

/** Whether the built handler is missing or older than a source. */
export function isStale(): boolean {
	const built = builtHandler();
	return built === null || statSync(built).mtimeMs < newest(SOURCES);
}

/** Builds; throws with the builder's last words when it fails. */
export function build(): void {
	const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js');
	const name = String(Date.now());
	const making = join(BUILDS, `.${name}`);
	const { status, stderr, stdout } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
		cwd: root,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', TELLTALE_BUILD: making }
	});
	if (status !== 0) {
		rmSync(making, { recursive: true, force: true });
		throw new Error(`the pages could not be built\n${(stderr || stdout).slice(-2000)}`);
	}
	renameSync(making, join(BUILDS, name));
	removeOld();
}

/** Leaves the last build, those that are served or made, and whatever else lies there. */
export function removeOld(folder = BUILDS, now = Date.now()): void {
	for (const old of [...buildsIn(folder).slice(1), ...buildsIn(folder, /^\.\d+$/)])
		if (statSync(old).mtimeMs < now - UNSERVED_MS) rmSync(old, { recursive: true, force: true });
}

/** Says that the build of a handler is served. Where the folder may not be written nobody builds either. */
export function serve(handler: string, now = Date.now()): void {
	try {
		utimesSync(dirname(handler), now / 1000, now / 1000);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error)) throw error;
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href && isStale()) build();
