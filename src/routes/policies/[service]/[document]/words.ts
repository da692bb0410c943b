/** What changed inside a clause, word by word; in scripts without spaces sign by sign. */
import { diffArrays } from 'diff';

export interface Run {
	text: string;
	/** Whether the other side lacks it. */
	changed: boolean;
}

const TOKEN = /\p{sc=Han}|[\p{L}\p{N}\p{M}_'’-]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu;
const tokens = (text: string): string[] => text.match(TOKEN) ?? [];

/** Both texts as runs. A space between two changed words belongs to them, so that a phrase is marked as one. */
export function words(before: string, after: string): { before: Run[]; after: Run[] } {
	const sides: { before: Run[]; after: Run[] } = { before: [], after: [] };
	for (const { value, added, removed } of diffArrays(tokens(before), tokens(after))) {
		const text = value.join('');
		if (!added) add(sides.before, text, removed);
		if (!removed) add(sides.after, text, added);
	}
	return { before: joined(sides.before), after: joined(sides.after) };
}

function add(side: Run[], text: string, changed: boolean): void {
	const last = side.at(-1);
	if (last?.changed === changed) last.text += text;
	else side.push({ text, changed });
}

function joined(runs: Run[]): Run[] {
	const all: Run[] = [];
	runs.forEach((run, i) => {
		const bridge =
			!run.changed &&
			run.text.trim() === '' &&
			runs[i - 1]?.changed === true &&
			runs[i + 1]?.changed === true;
		add(all, run.text, run.changed || bridge);
	});
	return all;
}
