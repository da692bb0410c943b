/** A Chromium for the browser tests: the system's, Playwright's, or one that Playwright fetches. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';

/** Path of a Chromium that is here, or null. */
export function findChromium(): string | null {
	const places = [
		process.env['CHROMIUM'],
		'/usr/bin/chromium',
		'/usr/bin/chromium-browser',
		chromium.executablePath()
	];
	return places.find((path): path is string => !!path && existsSync(path)) ?? null;
}

/** Lets Playwright fetch one; null where it cannot be had. */
export function installChromium(): string | null {
	const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
	spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
	return findChromium();
}

/** As root Chromium runs without its sandbox only. */
export const chromiumArgs = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);
