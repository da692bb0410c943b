/** Which characters the bytes of a page are. Declarations are often wrong, so the bytes have a word too. */
import { isUtf8 } from 'node:buffer';

export interface Decoded {
	/** WHATWG name in lower case. */
	charset: string;
	text: string;
}

/** Tried in this order where nothing is declared; of those that fit, the one with the most ordinary text wins. */
const CANDIDATES = ['gb18030', 'big5', 'shift_jis', 'euc-jp', 'euc-kr', 'windows-1251', 'windows-1252'];
/** Fewer characters beyond ASCII than this can be valid UTF-8 by chance. */
const ENOUGH = 6;
const HEAD = 4096;

/**
 * Decodes `bytes`: by a byte order mark; as UTF-8 where they are that beyond doubt; by `declared` (the header's charset), by the page's
 * own declaration, by what their letters look like. What cannot be read becomes U+FFFD.
 */
export function decode(bytes: Buffer, declared: string | null): Decoded {
	const marked = byMark(bytes);
	if (marked) return read(bytes, marked);
	if (isUtf8(bytes)) {
		const ascii = bytes.every((byte) => byte < 128);
		if (!ascii && charactersBeyondAscii(bytes) >= ENOUGH) return read(bytes, 'utf-8');
		if (ascii && !isStateful(declared)) return read(bytes, 'utf-8');
	}
	for (const name of [declared, declaredInside(bytes)]) {
		const charset = known(name);
		if (charset && readsWell(bytes, charset)) return read(bytes, charset);
	}
	return isUtf8(bytes) ? read(bytes, 'utf-8') : read(bytes, likeliest(bytes));
}

/** ISO-2022-JP says everything in ASCII bytes. */
const isStateful = (name: string | null): boolean => /^(iso-2022|utf-?16|utf-?7)/i.test(name ?? '');

function byMark(bytes: Buffer): string | null {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return null;
}

function charactersBeyondAscii(bytes: Buffer): number {
	let count = 0;
	for (const byte of bytes) if (byte >= 0xc0 && ++count >= ENOUGH) break;
	return count;
}

/** `<meta charset>`, `<meta http-equiv>` or an XML declaration in the first bytes. */
function declaredInside(bytes: Buffer): string | null {
	const head = bytes.subarray(0, HEAD).toString('latin1');
	return (/<meta[^>]+charset\s*=\s*["']?\s*([\w:-]+)/i.exec(head) ?? /^\s*<\?xml[^>]+encoding\s*=\s*["']([\w:-]+)/i.exec(head))?.[1] ?? null; // prettier-ignore
}

/** The WHATWG name of a label; GBK and GB2312 are read as what contains them. */
function known(label: string | null): string | null {
	if (!label) return null;
	try {
		const { encoding } = new TextDecoder(label);
		return encoding === 'gbk' ? 'gb18030' : encoding;
	} catch {
		return null;
	}
}

const read = (bytes: Buffer, charset: string): Decoded => ({
	charset,
	text: new TextDecoder(charset).decode(bytes)
});

/** A stray byte is forgiven; a page in another charset has one in every line. */
function readsWell(bytes: Buffer, charset: string): boolean {
	const { text } = read(bytes, charset);
	const broken = text.split('\uFFFD').length - 1;
	return broken * 1000 <= text.length;
}

/** Of the charsets in which all bytes mean something, the one whose letters are the most ordinary. */
function likeliest(bytes: Buffer): string {
	let best = { charset: 'windows-1252', score: -Infinity };
	for (const charset of CANDIDATES) {
		let text: string;
		try {
			text = new TextDecoder(charset, { fatal: true }).decode(bytes);
		} catch {
			continue;
		}
		const score = ordinary(text);
		if (score > best.score) best = { charset, score };
	}
	return best.charset;
}

/** Frequent characters of Chinese (both scripts) that wrong decodings hardly ever give. */
const FREQUENT = /[的一是不了在人有我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着去之过過家学學对對可她里裡后後小么麼心多天而能好都然没沒日于於起还還发發成事只作当當想看文无無开開手十用主行方又如前所本见見经經头頭面公同三已老从從动動两兩长長使用者信息服务服務隐私隱私]/g; // prettier-ignore
const KANA = /[\u3041-\u30ff]/g;
const HANGUL = /[\uac00-\ud7a3]/g;
/** Half-width katakana and private use: what text in another charset turns into. */
const ODD = /[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f]/g;
const CYRILLIC = /(?<![a-z])[а-яё](?![a-z])/gi;
const ACCENTED = /(?<=[a-z])[à-öø-ÿ]|[à-öø-ÿ](?=[a-z])/gi;

/** Ordinary characters less odd ones, among those beyond ASCII; 1 is best. */
function ordinary(text: string): number {
	const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
	const beyond = Math.max(1, [...text].filter((character) => character > '\u007f').length);
	const good = count(FREQUENT) * 3 + count(KANA) + count(HANGUL) + count(CYRILLIC) * 0.9 + count(ACCENTED);
	return (good - 3 * count(ODD)) / beyond;
}
