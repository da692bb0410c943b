/** Replay of a dead letter: the bytes, mended or as they are, through the door's checks back into their topic. */
import { doorChecks, isTopic, keyOf, type FieldError, type InputTopic } from '#lib/domain/events.ts';
import type { DeadLetter, Desk } from '../desk/desk.ts';
import { Problem } from '../errors.ts';
import type { Entry, EventLog } from '../log/log.ts';
import { withoutMark } from './csv.ts';
import { checkEvent, parseLine } from './door.ts';

export interface Replay {
	desk: Pick<Desk, 'deadLetters'>;
	log: Pick<EventLog, 'append'>;
	id: string;
	/** The mended event; without it the letter's own bytes are tried again. */
	bytes?: Buffer | undefined;
	who: string;
	now: () => number;
}

/** What is wrong with the bytes, field by field, beside the problem's message. */
export class Unmended extends Problem {
	readonly errors: FieldError[];
	constructor(errors: FieldError[]) {
		const [first] = errors;
		const message = errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join('; ');
		super('invalid', message, first?.path ? { path: first.path } : {});
		this.errors = errors;
	}
}

/**
 * Appends a letter's event to its topic and settles the letter. Resolves to the letter as it was. Rejects with `not-found`; with
 * `conflict` where the letter is not waiting any more; with `invalid` ({@link Unmended}) where the bytes are still no event, and the
 * letter waits on; with the log's errors. Killed in between, the letter waits and may be replayed again: the same event changes nothing.
 */
export async function replay({ desk, log, id, bytes, who, now }: Replay): Promise<DeadLetter> {
	const letter = await desk.deadLetters.get(id);
	if (!letter) throw new Problem('not-found', `there is no dead letter ${id}`);
	if (letter.state !== 'waiting')
		throw new Problem('conflict', `dead letter ${id} is ${letter.state} already`);
	if (!isTopic(letter.topic))
		throw new Problem('invalid', `dead letter ${id} is of ${letter.topic}, which takes no events`);

	const entry = read(letter.topic, bytes ?? letter.bytes, now);
	if ('errors' in entry) throw new Unmended(entry.errors);
	await log.append(letter.topic, [entry], { origin: 'replay' });
	if (!(await desk.deadLetters.settle(id, 'replayed', who, now())))
		throw new Problem('conflict', `dead letter ${id} was settled meanwhile`);
	return letter;
}

function read<T extends InputTopic>(
	topic: T,
	bytes: Buffer,
	now: () => number
): Entry | { errors: FieldError[] } {
	const parsed = parseLine(withoutMark(bytes));
	if ('reason' in parsed) return { errors: [{ path: '', message: parsed.reason }] };
	return checkEvent(parsed.value, doorChecks(now)[topic], keyOf[topic]);
}
