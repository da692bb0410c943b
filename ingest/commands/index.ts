/** The commands that open something; the filters need nothing and stand in ../filters. */
import { userInfo } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import { isTopic, TOPICS, type InputTopic } from '#lib/domain/events.ts';
import { Problem } from '#lib/server/errors.ts';
import type { CommandParts } from './parts.ts';

/** Runs `work` with what it asks for, and takes its result as the exit status. Modules are loaded when a command needs them. */
type Run = (work: (parts: CommandParts) => Promise<number>) => Promise<void>;

const who = (): string => process.env['USER'] ?? userInfo().username;
const topicOf = (name: string): InputTopic => {
	if (isTopic(name)) return name;
	throw new Problem('configuration', `${name} is not a topic; the topics are ${TOPICS.join(', ')}`, {
		path: 'topic'
	});
};

export function addCommands(program: Command, run: Run): void {
	program
		.command('import <topic> <files...>')
		.description(
			`imports files of ${TOPICS.join(', ')}: NDJSON, JSON, CSV (also .gz; - for standard input), of policies also Open Terms Archive repositories; goes on where it was killed`
		)
		.addOption(
			new Option('--format <format>', 'what the files are, where name and content do not tell').choices([
				'ndjson',
				'json',
				'csv',
				'ga4'
			])
		)
		.option(
			'--map <mapping>',
			'how foreign columns become fields: a YAML or JSON file, or the mapping itself'
		)
		.option('--destination <name>', 'ga4: what the export measures')
		.option('--provider <name>', 'ga4: who measured it')
		.option('--from <day>', 'ga4: first day of an export without dates')
		.option('--to <day>', 'ga4: its last day')
		.action((topic: string, files: string[], options: Record<string, string>) =>
			run(async ({ log, desk, config }) => {
				const { importFiles } = await import('./import.ts');
				const status = await importFiles({
					topic: topicOf(topic), files, options, log: await log(), desk: await desk(), now: Date.now,
					stdin: process.stdin, out: process.stdout, err: process.stderr, tty: process.stderr.isTTY, pause
				}); // prettier-ignore
				if (!config.kafka && !(await isRunning(config.data)))
					process.stderr.write('no Telltale runs here: the next start stores what was taken\n');
				return status;
			})
		);

	program
		.command('export <topic>')
		.description(
			`every accepted event of ${TOPICS.join(', ')} as NDJSON; verdicts: what people said of signals, for \`npm run train\``
		)
		.option('--from <day>', 'published, fetched, measured or judged on that day or later')
		.option('--to <day>', 'or earlier')
		.action((topic: string, { from, to }: Record<string, string>) =>
			run(async ({ store, desk }) => {
				const { exportTopic, exportVerdicts } = await import('./export.ts');
				if (topic === 'verdicts')
					return exportVerdicts({ from, to, desk: await desk(), out: process.stdout });
				return exportTopic({ topic: topicOf(topic), from, to, store: await store(), out: process.stdout });
			})
		);

	const watchlist = program
		.command('watchlist')
		.description('whom and what we watch, as YAML (docs/import-formats.md)');
	watchlist
		.command('export')
		.description(
			'organisations, feeds and pages to standard output, or to a file; into a file ….opml the feeds alone'
		)
		.argument('[file]', '', '-')
		.action((file: string) =>
			run(async ({ desk }) =>
				(await import('./watchlist.ts')).exportFile({ file, desk: await desk(), out: process.stdout })
			)
		);
	watchlist
		.command('import <file>')
		.description('takes the place of what is watched, section by section; says what changes (- for standard input); of OPML the feeds are added')
		.option('--dry-run', 'says it and changes nothing', false)
		.action((file: string, { dryRun }: { dryRun: boolean }) =>
			run(async ({ desk }) =>
				(await import('./watchlist.ts')).importFile({
					file, dryRun, desk: await desk(), who: who(), now: Date.now,
					stdin: process.stdin, out: process.stdout, err: process.stderr
				})
			)
		); // prettier-ignore

	const letters = program.command('dead-letters').description('events that could not be read');
	const withLetters = (work: (module: typeof import('./dead-letters.ts'), command: import('./dead-letters.ts').DeadLettersCommand) => Promise<number>) =>
		run(async ({ desk, log }) =>
			work(await import('./dead-letters.ts'), {
				desk: await desk(), log: await log(), now: Date.now, who: who(), out: process.stdout, err: process.stderr
			})
		); // prettier-ignore
	letters
		.command('list')
		.description('id, time, state, reason')
		.addOption(new Option('--state <state>').choices(['waiting', 'replayed', 'set-aside']))
		.action(({ state }: { state?: 'waiting' | 'replayed' | 'set-aside' }) =>
			withLetters((m, command) => m.listLetters(command, state))
		);
	letters
		.command('show <id>')
		.description('what is known of one; its bytes to standard output')
		.action((id: string) => withLetters((m, command) => m.showLetter(command, id)));
	letters
		.command('replay [ids...]')
		.description('appends letters again, as they came or mended')
		.option('--all', 'every letter that waits', false)
		.option('--with <file>', 'the mended event')
		.action((ids: string[], options: { all: boolean; with?: string }) =>
			withLetters((m, command) => m.replayLetters(command, { ids, all: options.all, file: options.with }))
		);
	letters
		.command('set-aside <ids...>')
		.description('they wait no longer, and are kept')
		.action((ids: string[]) => withLetters((m, command) => m.setLettersAside(command, ids)));

	program
		.command('rebuild <what>')
		.description('makes derived tables again from the store: mentions, stories, changes, signals or all')
		.action((what: string) =>
			run(async ({ store, desk }) => {
				const { rebuild } = await import('./rebuild.ts');
				return rebuild({
					what,
					store: await store(),
					desk: await desk(),
					now: Date.now,
					out: process.stdout
				});
			})
		);

	program
		.command('migrate')
		.description("brings the store's schema up to date; safe to repeat")
		.action(() =>
			run(async ({ store }) => {
				const { migrate } = await import('#lib/server/store/migrate.ts');
				const applied = await migrate(await store());
				process.stdout.write(applied.length ? `applied ${applied.join(', ')}\n` : 'up to date\n');
				return 0;
			})
		);

	program
		.command('doctor')
		.description('checks configuration, reach, versions, clocks; says what to do')
		.action(() =>
			run(async ({ config, log, store, desk }) => {
				const [{ examine }, { GROUP }] = await Promise.all([import('./doctor.ts'), import('../product.ts')]);
				let status = 0;
				for await (const { ok, what, advice } of examine(config, {
					openLog: log,
					openStore: store,
					openDesk: desk,
					now: Date.now,
					group: GROUP
				})) {
					process.stdout.write(`${ok ? 'ok  ' : 'BAD '} ${what}${advice ? `\n     ${advice}` : ''}\n`);
					if (!ok) status = 1;
				}
				return status;
			})
		);

	for (const form of ['start', 'ingest', 'web'] as const)
		program
			.command(form)
			.description(
				form === 'start'
					? 'the whole product in one process'
					: form === 'ingest'
						? 'the consumers alone'
						: 'pages and API alone'
			)
			.action(async () => {
				const { main } = await import('../main.ts');
				await main([form]);
			});
}

/** Whether a product has claimed the data folder. */
async function isRunning(folder: string): Promise<boolean> {
	const { claimFolder } = await import('../folder.ts');
	try {
		claimFolder(folder)();
		return false;
	} catch {
		return true;
	}
}
