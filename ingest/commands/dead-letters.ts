/** `telltale dead-letters list|show|replay|set-aside` */
import { readFile } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { DeadLetter, DeadLetterState, Desk } from '#lib/server/desk/desk.ts';
import { replay } from '#lib/server/doors/replay.ts';
import { isProblem, Problem } from '#lib/server/errors.ts';
import type { EventLog } from '#lib/server/log/log.ts';

export interface DeadLettersCommand {
	desk: Pick<Desk, 'deadLetters'>;
	log: Pick<EventLog, 'append'>;
	now: () => number;
	/** Who is named as having replayed a letter or set it aside. */
	who: string;
	out: Writable;
	err: Writable;
}

/** Letters at a time: each may have 4 MB. */
const PAGE = 20;

/** All letters of a state, newest first. */
async function* letters(
	{ desk }: Pick<DeadLettersCommand, 'desk'>,
	state?: DeadLetterState
): AsyncGenerator<DeadLetter> {
	for (let before: string | undefined; ;) {
		const page = await desk.deadLetters.list({
			limit: PAGE,
			...(state === undefined ? {} : { state }),
			...(before === undefined ? {} : { before })
		});
		yield* page;
		before = page.at(-1)?.id;
		if (page.length < PAGE) return;
	}
}

/** One line a letter: id, when, state, reason, apart by tabs. */
export async function listLetters(command: DeadLettersCommand, state?: DeadLetterState): Promise<number> {
	for await (const { id, accepted, state: is, reason } of letters(command, state))
		command.out.write(
			`${[id, new Date(accepted).toISOString(), is, reason.replace(/\s+/g, ' ')].join('\t')}\n`
		);
	return 0;
}

/** What is known of a letter to `err`, its bytes as they are to `out`: `show ID > event.json`, mend, `replay ID --with event.json`. */
export async function showLetter({ desk, out, err }: DeadLettersCommand, id: string): Promise<number> {
	const letter = await desk.deadLetters.get(id);
	if (!letter) throw new Problem('not-found', `there is no dead letter ${id}`);
	const { topic, partition, offset, row, key, reason, writer, accepted, state, who, at } = letter;
	const settled = who === null || at === null ? '' : ` by ${who}, ${new Date(at).toISOString()}`;
	err.write(`${id}: ${reason}\n`);
	err.write(
		`${topic} ${partition}:${offset}, row ${row}, key ${JSON.stringify(key)}, by ${writer || 'another producer'}\n`
	);
	err.write(`accepted ${new Date(accepted).toISOString()}; ${state}${settled}\n`);
	out.write(letter.bytes);
	out.write('\n');
	return 0;
}

/**
 * Replays letters, or with `all` those that wait; `file` has the mended event for a single one. Goes on after a letter that is still
 * wrong; resolves to 1 when there was one.
 */
export async function replayLetters(
	command: DeadLettersCommand,
	{ ids, all, file }: { ids: string[]; all: boolean; file?: string | undefined }
): Promise<number> {
	if (all === ids.length > 0)
		throw new Problem('configuration', 'name the letters to replay, or --all', { path: 'all' });
	if (file !== undefined && ids.length !== 1)
		throw new Problem('configuration', '--with mends one letter: name it', { path: 'with' });
	const bytes = file === undefined ? undefined : await mended(file);
	const { desk, log, who, now } = command;
	return each(command, all ? waiting(command) : ids, 'replayed', (id) =>
		replay({ desk, log, id, bytes, who, now })
	);
}

/** Sets letters aside: nobody will replay them, and they are kept. */
export async function setLettersAside(command: DeadLettersCommand, ids: string[]): Promise<number> {
	const { desk, who, now } = command;
	return each(command, ids, 'set aside', async (id) => {
		if (!(await desk.deadLetters.settle(id, 'set-aside', who, now())))
			throw new Problem('not-found', `there is no dead letter ${id} that waits`);
	});
}

/** The ids are read before the first is replayed: pages move when letters change their state. */
async function* waiting(command: DeadLettersCommand): AsyncGenerator<string> {
	const ids: string[] = [];
	for await (const { id } of letters(command, 'waiting')) ids.push(id);
	yield* ids;
}

async function each(
	{ out, err }: DeadLettersCommand,
	ids: Iterable<string> | AsyncIterable<string>,
	done: string,
	work: (id: string) => Promise<unknown>
): Promise<number> {
	let status = 0;
	for await (const id of ids) {
		try {
			await work(id);
			out.write(`${id}: ${done}\n`);
		} catch (error) {
			if (!isProblem(error, 'invalid', 'conflict', 'not-found')) throw error;
			status = 1;
			err.write(`${id}: ${error.message}\n`);
		}
	}
	return status;
}

async function mended(file: string): Promise<Buffer> {
	try {
		return await readFile(file);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Problem('configuration', `--with cannot be read: ${reason}`, { path: 'with', cause: error });
	}
}
