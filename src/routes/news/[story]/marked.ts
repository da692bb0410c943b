/** Text in runs, so that what was found in it can be marked without ever being markup. */
export interface Run {
	text: string;
	/** Whose name it is; null for the words in between. */
	organisation: string | null;
}

/** `spans`: offsets in UTF-16 units; where two overlap the earlier one counts. */
export function marked(
	text: string,
	spans: readonly { start: number; end: number; organisation: string }[]
): Run[] {
	const runs: Run[] = [];
	let at = 0;
	for (const { start, end, organisation } of [...spans].sort((a, b) => a.start - b.start)) {
		if (start < at || end > text.length) continue;
		if (start > at) runs.push({ text: text.slice(at, start), organisation: null });
		runs.push({ text: text.slice(start, end), organisation });
		at = end;
	}
	if (at < text.length) runs.push({ text: text.slice(at), organisation: null });
	return runs;
}
