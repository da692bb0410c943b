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
const NUMBER =
	/^(\d{1,3}(\.\d{1,3}){0,4}[.)](\s+|(?=\p{sc=Han}))|\d{1,3}(\.\d{1,3}){0,4}[、．）]\s*|[(（](\d{1,3}|[a-z]{1,4}|[一二三四五六七八九十]{1,3})[)）]\s*|[A-Za-z][.)]\s+|[ivxIVX]{1,6}[.)]\s+|[一二三四五六七八九十]{1,3}[、．.]\s*|第[一二三四五六七八九十百\d]{1,5}[条章节款][\s：:、]*)/u;
/** `1.2 Purpose`: in a heading the dot after the number may be missing. */
const HEADING_NUMBER = /^\d{1,3}(\.\d{1,3}){0,4}\s+(?=\p{L})/u;
const HAN_END = /[\p{sc=Han}，。；：！？、）】》”]$/u;

type Reading = Omit<Clause, 'heading'>;
/** What was read of which raw text: the versions of a document have most of it in common. */
export interface ClauseMemory {
	headings: Map<string, Reading>;
	others: Map<string, Reading>;
}
export const clauseMemory = (): ClauseMemory => ({ headings: new Map(), others: new Map() });

/** Texts after which a memory begins anew. */
const REMEMBERED = 10_000;

/** The clauses of a Markdown text, in order. Time grows with the length, whatever the text. `memory` is read and added to. */
export function clausesOf(markdown: string, memory = clauseMemory()): Clause[] {
	const clauses: Clause[] = [];
	const path: { level: number; text: string }[] = [];
	let open: string[] = [];
	const add = (raw: string, level = 0) => {
		const { text, key, tokens } = remembered(raw, level > 0, level > 0 ? memory.headings : memory.others);
		if (tokens.length === 0) return;
		if (level) while ((path.at(-1)?.level ?? 0) >= level) path.pop();
		const heading = path.map((above) => above.text).join(' › ');
		clauses.push({ heading, text, key, tokens });
		if (level) path.push({ level, text });
	};
	const close = () => {
		if (open.length) add(open.join(' '));
		open = [];
	};
	for (const raw of markdown.split(/\r\n?|\n/)) {
		const line = (UNEVEN.test(raw) ? raw.replace(/\s+/g, ' ').trim() : raw).replace(/^(> ?)+/, ''); // no two spaces: all below stays linear
		const heading = HEADING.exec(line);
		if (line === '' || FENCE.test(line)) close();
		else if (heading) {
			close();
			add(withoutHashes(heading[2] ?? ''), heading[1]?.length ?? 1);
		} else if (UNDERLINE.test(line) && open.length === 1) {
			add(open[0] ?? '', line.startsWith('=') ? 1 : 2);
			open = [];
		} else if (RULE.test(line) || TABLE_RULE.test(line)) close();
		else if (line.startsWith('|')) {
			close();
			add(line.replace(/^\| ?| ?\|$/g, '').replace(/ ?\| ?/g, ' | '));
		} else {
			if (open.length && (BULLET.test(line) || NUMBER.test(line) || HAN_END.test(open.at(-1) ?? ''))) close();
			open.push(line);
		}
	}
	close();
	return clauses;
}

function remembered(raw: string, isHeading: boolean, memory: Map<string, Reading>): Reading {
	const known = memory.get(raw);
	if (known) return known;
	if (memory.size >= REMEMBERED) memory.clear();
	const text = plain(raw);
	const tokens = tokensOf(unnumbered(text, isHeading));
	const reading = { text, key: tokens.join(' '), tokens };
	memory.set(raw, reading);
	return reading;
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

const TOKEN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[\p{L}\p{N}\p{M}]+|[%]|(?!\|)\p{S}/gu;

/** Words, single characters where a script has no spaces, and symbols; letter case and width folded, punctuation left out. */
export const tokensOf = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(TOKEN) ?? [];
