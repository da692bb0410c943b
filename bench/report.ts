/** What a run found: printed as it comes, and kept as JSON and Markdown with the machine and the versions it ran on. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export interface Figure {
	bench: string;
	what: string;
	value: number;
	unit: string;
	/** What it should be, where a goal is set. */
	goal?: { is: '<=' | '>='; value: number };
}

const root = resolve(import.meta.dirname, '..');

const reached = ({ value, goal }: Figure): boolean | null =>
	goal === undefined ? null : goal.is === '<=' ? value <= goal.value : value >= goal.value;
const verdict = (figure: Figure) => ({ true: 'yes', false: 'NO', null: '' })[`${reached(figure)}`];
const number = (value: number) =>
	Math.abs(value) >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
const goalOf = ({ goal }: Figure) => (goal ? `${goal.is} ${number(goal.value)}` : '');

/** Collects figures of one run. */
export class Report {
	readonly #figures: Figure[] = [];
	readonly #began = new Date();

	add(figure: Figure): void {
		this.#figures.push(figure);
		const aim = figure.goal ? `   (goal ${goalOf(figure)}: ${verdict(figure)})` : '';
		console.log(`${figure.bench}: ${figure.what}: ${number(figure.value)} ${figure.unit}${aim}`);
	}

	get missed(): number {
		return this.#figures.filter((figure) => reached(figure) === false).length;
	}

	/** Writes `bench/report/<time>.{json,md}` and gives the path without its ending. */
	write(): string {
		const folder = join(import.meta.dirname, 'report');
		mkdirSync(folder, { recursive: true });
		const path = join(folder, this.#began.toISOString().replaceAll(':', '-').slice(0, 19));
		const machine = describeMachine();
		const versions = describeVersions();
		const figures = this.#figures;
		writeFileSync(
			`${path}.json`,
			`${JSON.stringify({ at: this.#began, machine, versions, figures }, null, '\t')}\n`
		);
		const rows = figures.map((figure) =>
			[
				figure.bench,
				figure.what,
				`${number(figure.value)} ${figure.unit}`,
				goalOf(figure),
				verdict(figure)
			].join(' | ')
		);
		const facts = Object.entries({ ...machine, ...versions }).map(([name, value]) => `- ${name}: ${value}`);
		const table = [
			'| bench | figure | value | goal | reached |',
			'|---|---|---|---|---|',
			...rows.map((row) => `| ${row} |`)
		];
		writeFileSync(
			`${path}.md`,
			['# Benchmarks', '', this.#began.toISOString(), '', ...facts, '', ...table, ''].join('\n')
		);
		return path;
	}
}

const describeMachine = () => ({
	processor: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
	memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
	system: `${platform()} ${release()} ${arch()}`,
	load: loadavg().map((load) => load.toFixed(1)).join(' ')
}); // prettier-ignore

const manifest = z.object({ version: z.string() });
function describeVersions(): Record<string, string> {
	const versionOf = (name: string) => {
		try {
			const file = name ? join(root, 'node_modules', name, 'package.json') : join(root, 'package.json');
			return manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).version;
		} catch {
			return 'not installed';
		}
	};
	const packages = [
		'@clickhouse/client',
		'@chdb/lib-linux-x64-gnu',
		'kafkajs',
		'svelte',
		'@sveltejs/kit',
		'echarts',
		'lighthouse'
	];
	return {
		telltale: `${versionOf('')} ${revision()}`,
		node: process.version,
		...Object.fromEntries(packages.map((name) => [name, versionOf(name)]))
	};
}

function revision(): string {
	try {
		return execFileSync('git', ['describe', '--always', '--dirty'], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore']
		}).trim();
	} catch {
		return '';
	}
}
