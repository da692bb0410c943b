#!/usr/bin/env node
/** The `telltale` command: wires the filters to standard input and output, and the commands to what they open. */
import { once } from 'node:events';
import { Command, CommanderError, Option } from 'commander';
import { isProblem } from '#lib/server/errors.ts';
import { addCommands } from './commands/index.ts';
import type { CommandParts } from './commands/parts.ts';
import { filters } from './filters/index.ts';
import type { Filter } from './filters/index.ts';
import { lines } from './filters/lines.ts';

const BLOCK = 65_536;

/** Runs a filter over this process's streams; many lines are written at once, and a full pipe is waited for. */
async function run(filter: Filter, args: string[], options: Record<string, unknown>): Promise<number> {
	let block = '';
	const flush = async () => {
		const text = block;
		block = '';
		if (text && !process.stdout.write(text)) await once(process.stdout, 'drain');
	};
	const status = await filter.run({
		args,
		options,
		input: lines(process.stdin),
		write: (line) => {
			block += line + '\n';
			if (block.length > BLOCK) return flush();
		},
		warn: (text) => void process.stderr.write(text + '\n')
	});
	await flush();
	return status;
}

/** Runs a command; what went wrong on the way is said in a line. */
async function runCommand(work: (parts: CommandParts) => Promise<number>): Promise<void> {
	const { withParts } = await import('./commands/parts.ts');
	try {
		process.exitCode = await withParts(process.env, work);
	} catch (error) {
		if (!isProblem(error)) throw error;
		process.stderr.write(`telltale: ${error.message}\n`);
		process.exitCode = error.code === 'configuration' ? 2 : 1;
	}
}

const program = new Command('telltale').exitOverride().showHelpAfterError();
for (const [name, filter] of Object.entries(filters)) {
	const command = program.command(name).description(filter.describe).exitOverride();
	if (filter.arguments) command.arguments(filter.arguments);
	for (const { flags, describe, required, choices } of filter.options) {
		const option = new Option(flags, describe).makeOptionMandatory(required ?? false);
		command.addOption(choices ? option.choices([...choices]) : option);
	}
	command.action(async () => {
		process.exitCode = await run(filter, command.args, command.opts());
	});
}
addCommands(program, runCommand);
try {
	await program.parseAsync();
} catch (error) {
	if (!(error instanceof CommanderError)) throw error;
	process.exitCode = error.exitCode === 0 ? 0 : 2;
}
