/** Markup to plain text, for text that pages show as text: whatever is left is harmless, and nobody reads tags. */
import { decodeHTML } from 'entities';

/** How often text may have been escaped over; more is nobody's mistake. */
const ROUNDS = 6;

/**
 * `html` without tags, comments, scripts and entities, on one line a block; at most `longest` UTF-16 units, never half a character.
 * Escaped markup is markup too: feeds escape once, twice or not at all and do not say which.
 */
export function plainText(html: string, longest: number): string {
	let text = html.slice(0, longest * 8);
	for (let round = 0; round < ROUNDS && /[<&]/.test(text); round++) {
		const next = decodeHTML(withoutTags(text));
		if (next === text) break;
		text = next;
	}
	const lines = withoutTags(text)
		.replace(CONTROL, '')
		.replace(/[^\S\n]+/g, ' ')
		.replace(/ ?\n\s*/g, '\n');
	return cut(defused(lines).trim(), longest);
}

/** What begins an element, also for readers that are laxer than browsers. */
const LIVE = /^(?:[/!?]?[a-z]|\s?\/?\s?(?:script|img|svg|iframe|style|object|embed))/i;
/** Longer than what {@link LIVE} looks at. */
const AHEAD = 20;

/** Without every `<` that would begin an element after all, from the end on: one that goes lets those before it see further. */
function defused(text: string): string {
	const parts = text.split('<');
	let follows = '';
	for (let at = parts.length - 1; at > 0; at--) {
		follows = ((parts[at] ?? '') + follows).slice(0, AHEAD);
		if (LIVE.test(follows)) continue;
		parts[at] = `<${parts[at] ?? ''}`;
		follows = `<${follows}`;
	}
	return parts.join('');
}

const CONTROL = /(?!\s)\p{Cc}/gu;
const BLOCK = /^\/?(p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|pre|section|article|hr)\b/i;
const HIDDEN = /^(script|style)\b/i;

/** One pass over the text: an element's name begins right after `<`, so that "a < b" stays. */
function withoutTags(text: string): string {
	const parts: string[] = [];
	let at = 0;
	for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', at)) {
		const found = tagAt(text, open);
		parts.push(text.slice(at, found ? open : open + 1));
		if (found?.breaks) parts.push('\n');
		at = found ? found.end : open + 1;
	}
	parts.push(text.slice(at));
	return parts.join('');
}

function tagAt(text: string, open: number): { end: number; breaks: boolean } | null {
	if (text.startsWith('<!--', open)) return { end: after(text, '-->', open + 4), breaks: false };
	const head = text.slice(open + 1, open + 16);
	if (text.startsWith('<![CDATA[', open)) return { end: open + 9, breaks: false };
	if (!/^[/!?]?[a-z]/i.test(head)) return null;
	const end = after(text, '>', open + 1);
	const hidden = HIDDEN.exec(head)?.[1];
	if (hidden) {
		const close = text.toLowerCase().indexOf(`</${hidden.toLowerCase()}`, end);
		if (close >= 0) return { end: after(text, '>', close), breaks: false };
	}
	return { end, breaks: BLOCK.test(head) };
}

/** Past the next `mark`, or the end of the text. */
function after(text: string, mark: string, from: number): number {
	const at = text.indexOf(mark, from);
	return at < 0 ? text.length : at + mark.length;
}

function cut(text: string, longest: number): string {
	const short = text.slice(0, longest);
	return (short.isWellFormed() ? short : short.slice(0, -1)).toWellFormed();
}
