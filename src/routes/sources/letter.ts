/** A dead letter as the page shows it. */
import type { DeadLetter } from '#lib/server/desk/desk.ts';
import { reasonText } from '#lib/ui/reasons.ts';

export interface Shown {
	id: string;
	topic: string;
	/** `partition : offset : row`. */
	place: string;
	accepted: number;
	writer: string;
	reason: string;
	path: string;
	size: number;
	/** Its bytes as text; what is no UTF-8 shows as �. */
	text: string;
	/** Whether `text` is all of it, and word for word: only then it can be mended on the page. */
	entire: boolean;
}

/** Longer letters are mended as a file: `telltale dead-letters replay --with FILE`. */
const MOST = 16_384;

export function letterShown({
	id,
	topic,
	partition,
	offset,
	row,
	accepted,
	writer,
	reason,
	path,
	bytes
}: DeadLetter): Shown {
	const text = new TextDecoder().decode(bytes.subarray(0, MOST));
	const entire = bytes.length <= MOST && Buffer.from(text).equals(bytes);
	return {
		id,
		topic,
		place: `${partition} : ${offset} : ${row}`,
		accepted,
		writer,
		reason: reasonText(reason),
		path,
		size: bytes.length,
		text,
		entire
	};
}
