import { defineConfig } from '@playwright/test';
import { chromiumArgs, findChromium } from './tests/support/chromium.ts';

/** Each file starts a product of its own (tests/support/product.ts), on its embedded default. */
export default defineConfig({
	testDir: 'tests/e2e',
	timeout: 60_000,
	workers: 1,
	forbidOnly: process.env['CI'] === 'true',
	use: {
		launchOptions: { executablePath: findChromium() ?? '', args: chromiumArgs() },
		locale: 'en-GB',
		reducedMotion: 'reduce'
	}
});
