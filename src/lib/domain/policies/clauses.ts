/**
 * A policy's text as clauses: paragraphs, list items, table rows and headings, each with the headings above it. Bullets, emphasis, link
 * targets, white space, heading levels and line endings are layout and are left out; numbering stays in the text, but not in the key.
 */

export interface Clause {
	/** The headings above, outermost first, joined by ` › `; empty above the first. */
	heading: string;
	/** As it is to be read: without markup, with its numbering. */
	text: string;
	/** Words and symbols without numbering, folded: equal keys are the same clause. */
	key: string;
	tokens: string[];
}

/** White space other than single spaces between words. */
const UNEVEN = /^\s|\s$|\s\s|[^\S ]/;
const HEADING = /^(#{1,6}) (.*)$/;
const UNDERLINE = /^(=+|-{2,})$/;
const RULE = /^([-*_]\s*){3,}$/;
const FENCE = /^(```|~~~)/;
const TABLE_RULE = /^[ :|-]*$/;
const BULLET = /^[*+•·●○▪■◦–-]\s+/;
/** How a clause may be numbered, in the scripts that number theirs. */
const NUMBER = new RegExp(
	`^(?:${[
		String.raw`\d{1,3}(?:\.\d{1,3}){0,4}[.)](?:\s+|(?=\p{sc=Han}))`,
		String.raw`\d{1,3}(?:\.\d{1,3}){0,4}[、．）]\s*`,
		String.raw`\d{1,3}(?:\.\d{1,3}){2,4}\s+(?=\p{L})`,
		// `1.2 Purpose`, and neither `1.2 million` nor `1.2 万`: those say how much.
		String.raw`\d{1,3}\.\d{1,3}\s+(?=\p{Lu}|(?![万亿千百倍元年月日])\p{Lo})`,
		String.raw`[(（](?:\d{1,3}|[a-z]{1,4}|[一二三四五六七八九十]{1,3})[)）]\s*`,
		String.raw`[A-Za-z][.)]\s+`,
		String.raw`[ivxIVX]{1,6}[.)]\s+`,
		String.raw`[一二三四五六七八九十]{1,3}[、．.]\s*`,
		String.raw`第[一二三四五六七八九十百\d]{1,5}[条條章节節款][\s：:、]*`,
		String.raw`제\s?\d{1,3}\s?[조항장](?:의\s?\d{1,2})?[\s.:]*`,
		// `Article 5 Retention`, and not `Section 4.2 applies`.
		String.raw`(?:(?:Article|Section|Clause|Artikel|Art\.|Artículo|Articolo|Статья)\s|§\s?)\d{1,3}(?:\.\d{1,3}){0,4}[.:)]?\s+(?=\p{Lu})`
	].join('|')})`,
	'u'
);
/** `1.2 Purpose`: in a heading the dot after the number may be missing. */
const HEADING_NUMBER = /^\d{1,3}(\.\d{1,3}){0,4}\s+(?=\p{L})/u;
const HAN_END = /[\p{sc=Han}，。；：！？、）】》”]$/u;

type Reading = Omit<Clause, 'heading'>;
/** A line of the text as layout. */
interface Line {
	kind: 'blank' | 'heading' | 'underline' | 'rule' | 'row' | 'words';
	text: string;
	/** Of a heading. */
	level: number;
	/** A bullet or a number begins it; it ends in Chinese, which needs no space before what follows. */
	begins: boolean;
	endsInHan: boolean;
}

/** What was read of which raw text: the versions of a document have most of it in common. */
export interface ClauseMemory {
	lines: Map<string, Line>;
	headings: Map<string, Reading>;
	others: Map<string, Reading>;
}
export const clauseMemory = (): ClauseMemory => ({
	lines: new Map(),
	headings: new Map(),
	others: new Map()
});

/** Texts after which a memory begins anew. */
const REMEMBERED = 10_000;

function remembered<T>(memory: Map<string, T>, raw: string, read: (raw: string) => T): T {
	const known = memory.get(raw);
	if (known !== undefined) return known;
	if (memory.size >= REMEMBERED) memory.clear();
	const reading = read(raw);
	memory.set(raw, reading);
	return reading;
}

/** The clauses of a Markdown text, in order. Time grows with the length, whatever the text. `memory` is read and added to. */
export function clausesOf(markdown: string, memory = clauseMemory()): Clause[] {
	const clauses: Clause[] = [];
	const path: { level: number; text: string }[] = [];
	let above = ''; // the path in words
	let open: Line[] = [];
	const add = (raw: string, level = 0) => {
		const { text, key, tokens } = level
			? remembered(memory.headings, raw, headingOf)
			: remembered(memory.others, raw, passageOf);
		if (tokens.length === 0) return;
		if (level) {
			while ((path.at(-1)?.level ?? 0) >= level) path.pop();
			above = path.map((heading) => heading.text).join(' › ');
		}
		clauses.push({ heading: above, text, key, tokens });
		if (!level) return;
		path.push({ level, text });
		above = path.map((heading) => heading.text).join(' › ');
	};
	const close = () => {
		if (open.length) add(open.map(({ text }) => text).join(' '));
		open = [];
	};
	for (const raw of markdown.split(/\r\n?|\n/)) {
		const line = remembered(memory.lines, raw, lineOf);
		if (line.kind === 'underline' && open.length === 1) {
			add(open[0]?.text ?? '', line.level);
			open = [];
		} else if (line.kind === 'words') {
			if (line.begins || open.at(-1)?.endsInHan) close();
			open.push(line);
		} else {
			close();
			if (line.kind === 'heading') add(line.text, line.level);
			else if (line.kind === 'row') add(line.text);
		}
	}
	close();
	return clauses;
}

function lineOf(raw: string): Line {
	const text = (UNEVEN.test(raw) ? raw.replace(/\s+/g, ' ').trim() : raw).replace(/^(> ?)+/, ''); // no two spaces: all below stays linear
	const line = { text, level: 0, begins: false, endsInHan: false };
	if (text === '' || FENCE.test(text)) return { ...line, kind: 'blank' };
	const heading = HEADING.exec(text);
	if (heading)
		return {
			...line,
			kind: 'heading',
			text: withoutHashes(heading[2] ?? ''),
			level: heading[1]?.length ?? 1
		};
	if (UNDERLINE.test(text)) return { ...line, kind: 'underline', level: text.startsWith('=') ? 1 : 2 };
	if (RULE.test(text) || TABLE_RULE.test(text)) return { ...line, kind: 'rule' };
	if (text.startsWith('|'))
		return { ...line, kind: 'row', text: text.replace(/^\| ?| ?\|$/g, '').replace(/ ?\| ?/g, ' | ') };
	return {
		...line,
		kind: 'words',
		begins: BULLET.test(text) || NUMBER.test(text),
		endsInHan: HAN_END.test(text)
	};
}

const headingOf = (raw: string): Reading => readingOf(raw, true);
const passageOf = (raw: string): Reading => readingOf(raw, false);
function readingOf(raw: string, isHeading: boolean): Reading {
	const text = plain(raw);
	const tokens = tokensOf(unnumbered(text, isHeading));
	return { text, key: tokens.join(' '), tokens };
}

/** A heading's text without the closing `##` that Markdown allows. */
function withoutHashes(text: string): string {
	let end = text.length;
	while (end > 0 && (text[end - 1] === '#' || text[end - 1] === ' ')) end--;
	return text.slice(0, end);
}

function plain(raw: string): string {
	return raw
		.replace(/^([*+-]\s+)+/, '')
		.replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
		.replace(/<\/?[a-z][^<>]{0,300}>/gi, ' ')
		.replace(/\\(?=[\p{P}\p{S}])/gu, '')
		.replace(/\*+|`+|~~/g, '')
		.replace(/(?<![\p{L}\p{N}])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}])/gu, '')
		.replace(/\s+/g, ' ')
		.trim()
		.replace(BULLET, '');
}

function unnumbered(text: string, isHeading: boolean): string {
	let bare = text;
	for (let turn = 0; turn < 4; turn++) {
		const next = bare.replace(BULLET, '').replace(NUMBER, '');
		if (next === bare || next === '') break;
		bare = next;
	}
	return isHeading ? bare.replace(HEADING_NUMBER, '') : bare;
}

const TOKEN =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[\p{L}\p{N}\p{M}]+|[%]|(?!\|)\p{S}/gu;

/** Words, single characters where a script has no spaces, and symbols; letter case and width folded, punctuation left out. */
export const tokensOf = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(TOKEN) ?? [];
