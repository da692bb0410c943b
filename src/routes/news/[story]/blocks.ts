/** A text in blocks of runs, so that what was found in it can be marked without ever being markup. */
export interface Run {
	text: string;
	/** Whose name it is; null for other words. */
	organisation: string | null;
	/** Whether it is part of a sentence that carries a signal, and whether one of them counts. */
	mark: 'counts' | 'below' | null;
}
export interface Block {
	runs: Run[];
	/** Ids of the signals whose words begin in it. */
	signals: string[];
}
interface Span {
	/** UTF-16 units. */
	start: number;
	end: number;
}
export interface NameSpan extends Span {
	organisation: string;
}
export interface SignalSpan extends Span {
	id: string;
	counts: boolean;
}

/**
 * A block ends at the end of a paragraph and before a sentence that carries a signal where it has one already: a sentence and its reading
 * share a row. Spans that the text does not have are left out; of two names that overlap the earlier one counts.
 */
export function blocksOf(text: string, names: readonly NameSpan[], signals: readonly SignalSpan[]): Block[] {
	const has = ({ start, end }: Span) => start >= 0 && start < end && end <= text.length;
	const found = signals.filter(has).sort((a, b) => a.start - b.start);
	const blocks: Block[] = [];
	for (const { start, end } of cuts(text, found)) {
		const own = found.filter((signal) => signal.start >= start && signal.start < end);
		const runs = runsOf(text, { start, end }, names.filter(has), found);
		if (runs.some((run) => run.text.trim() !== '')) blocks.push({ runs, signals: own.map(({ id }) => id) });
		else if (own.length) blocks.at(-1)?.signals.push(...own.map(({ id }) => id));
	}
	return blocks;
}

function cuts(text: string, signals: readonly Span[]): Span[] {
	const at = new Set<number>();
	for (const { index } of text.matchAll(/\n+/g)) at.add(index);
	let last = -1;
	for (const { start } of signals) {
		const paragraph = text.lastIndexOf('\n', start);
		if (last > paragraph && start > last) at.add(start);
		last = Math.max(last, start);
	}
	const edges = [...at, text.length].sort((a, b) => a - b);
	return edges.map((end, i) => ({ start: edges[i - 1] ?? 0, end })).filter(({ start, end }) => end > start);
}

function runsOf(
	text: string,
	{ start, end }: Span,
	names: readonly NameSpan[],
	signals: readonly SignalSpan[]
): Run[] {
	const inside = <S extends Span>(spans: readonly S[]) =>
		spans.filter((span) => span.start < end && span.end > start);
	let taken = 0;
	const own = inside(names)
		.sort((a, b) => a.start - b.start || b.end - a.end)
		.filter((name) => {
			if (name.start < taken) return false;
			taken = name.end;
			return true;
		});
	const marks = inside(signals);
	const edges = [...new Set([start, end, ...[...own, ...marks].flatMap((span) => [span.start, span.end])])]
		.filter((edge) => edge >= start && edge <= end)
		.sort((a, b) => a - b);
	return edges.slice(0, -1).map((from, i): Run => {
		const to = edges[i + 1] ?? end;
		const over = (span: Span) => span.start <= from && span.end >= to;
		const carried = marks.filter(over);
		return {
			text: text.slice(from, to),
			organisation: own.find(over)?.organisation ?? null,
			mark: carried.length === 0 ? null : carried.some(({ counts }) => counts) ? 'counts' : 'below'
		};
	});
}
