/** Where sentences begin and end, English and Chinese. */

export interface Span {
	start: number;
	end: number;
}

/** Words with a full stop that end no sentence. */
const SHORT =
	/(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Inc|Corp|Co|Ltd|Bros|vs|No|Jr|Sr|Gen|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx|est|[A-Z]\.[A-Z]|e\.g|i\.e|e\.g ) ?\.$/;
const END = /[。！？!?…]+[”’」』"')）]*|[.;；]["”’')]*(?=\s)|\n+/gu;
/** A longer sentence is cut: nobody's argument reaches that far, and time stays linear. */
const LONGEST = 800;

/** Sentences of `text` in order, without white space around them; every other character is in one. */
export function sentences(text: string): Span[] {
	const spans: Span[] = [];
	let start = 0;
	const close = (end: number) => {
		for (let from = start; from < end; from += LONGEST) {
			const span = trim(text, from, Math.min(from + LONGEST, end));
			if (span.end > span.start) spans.push(span);
		}
		start = end;
	};
	for (const match of text.matchAll(END)) {
		const end = match.index + match[0].length;
		if (match[0].startsWith('.') && isShort(text, match.index, end)) continue;
		close(end);
	}
	close(text.length);
	return spans;
}

/** Whether the full stop at `at` belongs to a short form, or is followed by what begins no sentence. */
function isShort(text: string, at: number, end: number): boolean {
	const next = /\S/u.exec(text.slice(end, end + 4))?.[0] ?? '';
	if (/\p{Ll}/u.test(next)) return true;
	return SHORT.test(text.slice(Math.max(0, at - 12), at + 1));
}

function trim(text: string, start: number, end: number): Span {
	while (start < end && /\s/.test(text.charAt(start))) start++;
	while (end > start && /\s/.test(text.charAt(end - 1))) end--;
	return { start, end };
}
