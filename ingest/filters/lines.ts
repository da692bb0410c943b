/** Lines of a byte stream, and NDJSON read leniently: what a filter cannot read is named and the rest goes on. */
import { StringDecoder } from 'node:string_decoder';
import type { z } from 'zod';

/** The lines of UTF-8 `chunks`, without their ends (LF or CRLF) and a leading byte order mark; a line may be as long as a string can. */
export async function* lines(chunks: AsyncIterable<Buffer | Uint8Array>): AsyncGenerator<string> {
	const decoder = new StringDecoder('utf8');
	let open: string[] = []; // pieces of a line that has not ended: joined once, so that a huge line costs linear time
	let first = true;
	const closed = (piece: string) => {
		const line = open.length ? open.join('') + piece : piece;
		if (open.length) open = [];
		const bare = first && line.startsWith('\ufeff') ? line.slice(1) : line;
		first = false;
		return bare.endsWith('\r') ? bare.slice(0, -1) : bare;
	};
	for await (const chunk of chunks) {
		const text = decoder.write(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk));
		let start = 0;
		for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
			yield closed(text.slice(start, end));
			start = end + 1;
		}
		if (start < text.length) open.push(text.slice(start));
	}
	const rest = decoder.end();
	if (open.length || rest) yield closed(rest);
}

/** A line that cannot be read: its number from 1, and why. */
export type Unreadable = (line: number, reason: string) => void;

/** What `schema` makes of each line of NDJSON; blank lines are skipped. */
export async function* records<T>(
	input: AsyncIterable<string>,
	schema: z.ZodType<T>,
	unreadable: Unreadable
): AsyncGenerator<T> {
	let number = 0;
	for await (const line of input) {
		number++;
		if (line.trim() === '') continue;
		let value: unknown;
		try {
			value = JSON.parse(line);
		} catch {
			unreadable(number, 'is not JSON');
			continue;
		}
		const result = schema.safeParse(value);
		if (result.success) yield result.data;
		else unreadable(number, reasonOf(result.error));
	}
}

function reasonOf(error: z.ZodError): string {
	const [issue] = error.issues;
	if (!issue) return 'cannot be read';
	const path = issue.path.map(String).join('.');
	return path ? `${path}: ${issue.message}` : issue.message;
}
