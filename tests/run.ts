/**
 * `npm test`: everything. Types, lint, then the tests, fast ones first: unit, components, integration, faults, browser. Fetches what it
 * needs. What cannot be had here is skipped with a line, and with CI=true that is a failure. Ends with "N passed, N failed".
 * `npm test -- unit integration` runs some steps only.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { build, isStale } from '../ingest/build.ts';
import { findChromium, installChromium } from './support/chromium.ts';

const root = resolve(import.meta.dirname, '..');
const ci = process.env['CI'] === 'true';
const reports = mkdtempSync(join(tmpdir(), 'telltale-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

interface Outcome {
	passed: number;
	failed: number;
	skipped: number;
}
const total: Outcome = { passed: 0, failed: 0, skipped: 0 };

/** The script behind a package's command, so that this process's Node runs it. */
function binary(name: string, command = name): string {
	const file = join(root, 'node_modules', name, 'package.json');
	const { bin } = z
		.object({ bin: z.union([z.string(), z.record(z.string(), z.string())]) })
		.parse(JSON.parse(readFileSync(file, 'utf8')));
	return join(dirname(file), typeof bin === 'string' ? bin : (bin[command] ?? ''));
}

function run(script: string, args: string[], env: Record<string, string> = {}): Promise<number> {
	return new Promise((done, fail) => {
		const child = spawn(process.execPath, [script, ...args], {
			cwd: root,
			stdio: 'inherit',
			env: { ...process.env, ...env }
		});
		child.on('error', fail);
		child.on('close', (code) => done(code ?? 1));
	});
}

/** A step that is one check: passed or failed. */
async function check(name: string, ...commands: [string, string[]][]): Promise<void> {
	let ok = true;
	for (const [script, args] of commands) if ((await run(script, args)) !== 0) ok = false;
	console.log(`${ok ? 'passed' : 'FAILED'}: ${name}`);
	if (ok) total.passed++;
	else total.failed++;
}

const vitestReport = z.object({
	numPassedTests: z.number(),
	numFailedTests: z.number(),
	numPendingTests: z.number(),
	success: z.boolean()
});
async function vitest(project: string): Promise<void> {
	const file = join(reports, `${project}.json`);
	const code = await run(binary('vitest'), [
		'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`
	]); // prettier-ignore
	if (!existsSync(file)) return void total.failed++;
	const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
	total.passed += report.numPassedTests;
	total.skipped += report.numPendingTests;
	// A file that cannot be loaded has no failed test and is a failure all the same.
	total.failed += Math.max(report.numFailedTests, code === 0 ? 0 : 1);
}

const playwrightReport = z.object({
	stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() })
});
async function browser(): Promise<void> {
	const chromium = findChromium() ?? installChromium();
	if (!chromium) {
		console.log('Browser tests skipped: no Chromium');
		return void total.skipped++;
	}
	const file = join(reports, 'browser.json');
	const code = await run(binary('@playwright/test', 'playwright'), ['test', '--reporter=list,json'], {
		CHROMIUM: chromium,
		PLAYWRIGHT_JSON_OUTPUT_FILE: file
	});
	if (!existsSync(file)) return void total.failed++;
	const { stats } = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
	total.passed += stats.expected;
	total.skipped += stats.skipped;
	total.failed += Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1);
}

const kit = createRequire(import.meta.url).resolve('@sveltejs/kit/package.json');
const steps: Record<string, () => Promise<void>> = {
	build: async () => {
		if (isStale()) build();
	},
	check: () =>
		check(
			'types',
			[join(dirname(kit), 'svelte-kit.js'), ['sync']],
			[binary('svelte-check'), ['--tsconfig', './tsconfig.json', '--fail-on-warnings']]
		),
	lint: () =>
		check('lint', [binary('eslint'), ['.']], [binary('prettier'), ['--check', '--log-level', 'warn', '.']]),
	unit: () => vitest('unit'),
	components: () => vitest('components'),
	integration: () => vitest('integration'),
	faults: () => vitest('faults'),
	browser
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length) {
	console.error(`no step ${unknown.join(', ')}; the steps are ${Object.keys(steps).join(', ')}`);
	process.exit(2);
}
for (const [name, step] of Object.entries(steps)) if (!wanted.length || wanted.includes(name)) await step();

if (ci && total.skipped) {
	console.log(`${total.skipped} tests were skipped that CI has to run`);
	total.failed += total.skipped;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
