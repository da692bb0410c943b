/** Finds names that an item brings itself. There are few of them, so a plain search does. */
import type { Matcher, Mention } from '../watchlist/matcher.ts';

const WORD = /[\p{L}\p{N}\p{M}_]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const joins = (unit: string) => WORD.test(unit) && !UNSPACED.test(unit);

/** A matcher for `names`, letter by letter, at word boundaries where the script has them; of overlapping ones the leftmost, then the longest. */
export function given(names: readonly string[]): Matcher {
	const wanted = [...new Set(names)].filter((name) => name !== '').sort((a, b) => b.length - a.length);
	const mentions = (text: string): Mention[] => {
		const hits: Mention[] = [];
		for (const name of wanted)
			for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
				if (bounded(text, at, at + name.length))
					hits.push({ organisation: name, text: name, start: at, end: at + name.length });
		hits.sort((a, b) => a.start - b.start || b.end - a.end);
		let taken = 0;
		return hits.filter(({ start, end }) => {
			if (start < taken) return false;
			taken = end;
			return true;
		});
	};
	return {
		mentions,
		mentionsIn(fields) {
			const names = Object.keys(fields) as (keyof typeof fields)[];
			return names.flatMap((field) => mentions(fields[field]).map((mention) => ({ ...mention, field })));
		}
	};
}

/** Whether what stands there begins and ends at word boundaries, where its script has them. */
export function bounded(text: string, start: number, end: number): boolean {
	if (start > 0 && joins(text.charAt(start - 1)) && joins(text.charAt(start))) return false;
	return !(end < text.length && joins(text.charAt(end)) && joins(text.charAt(end - 1)));
}
