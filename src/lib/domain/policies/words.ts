/** Which words of a modified clause changed, for the page that marks them. */
import { align } from './align.ts';

export interface Mark {
	kind: 'same' | 'removed' | 'added';
	text: string;
}

/** A word, a single character of a script without spaces, or a sign, each with the white space behind it. */
const PIECE =
	/(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}\s]|^(?=\s))\s*/gu;

/** Both clauses as one run of marks: `same` and `removed` together are `before`, `same` and `added` are `after` (but for white space). */
export function wordMarks(before: string, after: string): Mark[] {
	const [old, now] = [before.match(PIECE) ?? [], after.match(PIECE) ?? []];
	const bare = (pieces: string[]) => pieces.map((piece) => piece.trimEnd());
	const marks: Mark[] = [];
	const add = (kind: Mark['kind'], text: string) => {
		const last = marks.at(-1);
		if (text === '') return;
		if (last?.kind === kind) last.text += text;
		else marks.push({ kind, text });
	};
	let [i, j] = [0, 0];
	for (const [x, y] of [...align(bare(old), bare(now), () => 1), [old.length, now.length] as const]) {
		add('removed', old.slice(i, x).join(''));
		add('added', now.slice(j, y).join(''));
		add('same', now[y] ?? '');
		[i, j] = [x + 1, y + 1];
	}
	return marks;
}
