/** A tree as Markdown, always in the same way: what looks the same gives the same text. */
import TurndownService from 'turndown';

const service = new TurndownService({
	headingStyle: 'atx',
	bulletListMarker: '-',
	codeBlockStyle: 'fenced',
	emDelimiter: '_',
	strongDelimiter: '**',
	hr: '---'
});
// The text is compared and quoted, never rendered as markup: words stand as they are.
service.escape = (text) => text;
const isName = (node: Node, ...names: string[]) => names.includes(node.nodeName);
const inline = (text: string) => text.replace(/\s+/g, ' ').trim();
service.addRule('cell', {
	filter: ['td', 'th'],
	replacement: (content) => ` ${inline(content).replaceAll('|', '/')} |`
});
/** One line a row, so that a row is one clause; the first row is set off where it is a heading. */
service.addRule('row', {
	filter: 'tr',
	replacement: (content, node) => {
		const cells = [...node.childNodes].filter((child) => isName(child, 'TD', 'TH'));
		const heading = cells.length > 0 && cells.every((cell) => isName(cell, 'TH'));
		const first = node.previousSibling === null && !isName(node.parentNode ?? node, 'TFOOT');
		return `\n|${content.trimEnd()}${heading && first ? `\n|${' --- |'.repeat(cells.length)}` : ''}`;
	}
});
service.addRule('table', {
	filter: ['table', 'thead', 'tbody', 'tfoot'],
	replacement: (content, node) =>
		isName(node, 'TABLE') ? `\n\n${content.replace(/^\n+/, '').trimEnd()}\n\n` : content
});
/** Definitions: the term stands alone, what it means below it. */
service.addRule('term', {
	filter: 'dt',
	replacement: (content) => `\n\n**${inline(content).replace(/^\*\*|\*\*$/g, '')}**\n\n`
});
service.addRule('meaning', { filter: 'dd', replacement: (content) => `\n\n${content.trim()}\n\n` });
service.addRule('link', {
	filter: 'a',
	replacement: (content, node) => {
		const href = 'getAttribute' in node ? node.getAttribute('href') : null;
		const text = inline(content);
		if (!text) return '';
		return href && !content.includes('\n') ? `[${text}](${href.replaceAll(')', '%29')})` : content;
	}
});

/** Markdown of an element and what it holds, tidied. Takes the element out of its tree. */
export function toMarkdown(element: HTMLElement): string {
	const root = element.ownerDocument.createElement('div');
	root.append(...(element.localName === 'body' ? element.childNodes : [element]));
	return tidy(service.turndown(root).replace(/^(\s*(?:-|\d+\.)) {2,3}/gm, '$1 '));
}

/** Soft hyphens, joiners without letters to join, marks of direction and of byte order: nobody sees them, and they come and go. */
const UNSEEN = /[\u00ad\u200b\u2060\ufeff\u200e\u200f]/g;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u3000]/g;

/** The same text in one form: composed letters, plain spaces, LF, no spaces at line ends, one empty line at most. */
export function tidy(text: string): string {
	return text
		.normalize('NFC')
		.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
		.replaceAll('\0', '')
		.toWellFormed()
		.replace(UNSEEN, '')
		.replace(SPACES, ' ')
		.replace(/[ \t\f\v]+$/gm, '')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
