/** What a filter of the pure core is: lines in, lines out, no store and no log. */

export interface FilterOption {
	/** As the command line has it: `--metric <name>`. */
	flags: string;
	describe: string;
	required?: boolean;
	choices?: readonly string[];
}

export interface FilterContext {
	args: string[];
	/** Options by their long name in camel case. */
	options: Record<string, unknown>;
	/** Standard input, line by line. */
	input: AsyncIterable<string>;
	/** One line to standard output, without its end. */
	write(line: string): Promise<void> | void;
	/** One line to standard error. */
	warn(text: string): void;
}

export interface Filter {
	describe: string;
	/** Positional arguments, as the command line has them: `[old] [new]`. */
	arguments?: string;
	options: readonly FilterOption[];
	/** Resolves to the exit status: 0 done, 1 something could not be read, 2 wrong usage. */
	run(context: FilterContext): Promise<number>;
}

/** Exit status of a filter, and a way to name lines that cannot be read; naming one makes the status 1. */
export function reporter({ warn }: Pick<FilterContext, 'warn'>) {
	let status = 0;
	return {
		unreadable(line: number, reason: string): void {
			status = 1;
			warn(`line ${line}: ${reason}`);
		},
		status: () => status
	};
}
