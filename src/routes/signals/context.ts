/** The words of a signal with what stands before and after them. */
import type { Article } from '#lib/server/store/news.ts';
import type { SignalRow } from '#lib/server/store/signals.ts';

export interface Context {
	before: string;
	quote: string;
	after: string;
}

/** UTF-16 units on either side that are shown, and that are kept with a verdict. */
const SHOWN = 260;
const KEPT = 4000;

type Place = Pick<SignalRow, 'field' | 'start' | 'end' | 'quote'>;
const fieldOf = ({ title, text }: Pick<Article, 'title' | 'text'>, { field }: Place): string =>
	field === 'title' ? title : (text ?? '');

/** Null where the article no longer says so at that place. */
export function contextOf(article: Pick<Article, 'title' | 'text'>, place: Place): Context | null {
	const { start, end, quote } = place;
	const said = fieldOf(article, place);
	if (quote === '' || said.slice(start, end) !== quote) return null;
	const [from, to] = [Math.max(0, start - SHOWN), Math.min(said.length, end + SHOWN)];
	const before = said.slice(from, start);
	const after = said.slice(end, to);
	return {
		before: from > 0 ? `… ${before.replace(/^\S*\s/, '')}` : before,
		quote,
		after: to < said.length ? `${after.replace(/\s\S*$/, '')} …` : after
	};
}

/** The part of the text that is kept with a verdict, and where the words stand in it. */
export function keptText(
	article: Pick<Article, 'title' | 'text'>,
	{ field, start, end }: Pick<Place, 'field' | 'start' | 'end'>
): { text?: string; start: number; end: number } {
	if (field !== 'text' || article.text === null) return { start, end };
	const from = Math.max(0, start - KEPT);
	return { text: article.text.slice(from, end + KEPT), start: start - from, end: end - from };
}
