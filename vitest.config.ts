import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Fast ones first: `unit` stands beside its file, `integration` and `faults` cross processes (engine, broker, PostgreSQL). */
export default defineConfig({
	test: {
		projects: [
			{
				test: {
					name: 'unit',
					include: ['src/**/*.test.ts', 'ingest/**/*.test.ts'],
					exclude: ['**/*.svelte.test.ts'],
					testTimeout: 20_000
				}
			},
			// What the server draws; no browser.
			{ plugins: [svelte()], test: { name: 'components', include: ['src/**/*.svelte.test.ts'] } },
			{
				test: {
					name: 'integration',
					include: ['tests/integration/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000,
					maxWorkers: 1
				}
			},
			{
				test: {
					name: 'faults',
					include: ['tests/faults/**/*.test.ts'],
					testTimeout: 300_000,
					hookTimeout: 120_000,
					maxWorkers: 1
				}
			}
		]
	}
});
