/** Which characters a feed's bytes are: by byte order mark, by the shape of its first bytes, by declaration. */
import { decode } from '../fetch/charset.ts';

/** The text of a feed, without a byte order mark; what cannot be read becomes U+FFFD. `declared`: the server's charset. */
export function decodeFeed(bytes: Buffer, declared: string | null): string {
	const wide = widthOf(bytes);
	const text = wide ? wide(bytes) : decode(bytes, declared).text;
	return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** How text in units of two or four bytes is read, whatever it declares; null for any other. */
function widthOf(bytes: Buffer): ((bytes: Buffer) => string) | null {
	const head = bytes.subarray(0, 4).toString('hex');
	if (head === '0000feff' || head === '0000003c') return (bytes) => utf32(bytes, 'readUInt32BE');
	if (head === 'fffe0000' || head === '3c000000') return (bytes) => utf32(bytes, 'readUInt32LE');
	if (/^(fffe|3c00)/.test(head)) return (bytes) => new TextDecoder('utf-16le').decode(bytes);
	if (/^(feff|003c)/.test(head)) return (bytes) => new TextDecoder('utf-16be').decode(bytes);
	return null;
}

function utf32(bytes: Buffer, read: 'readUInt32BE' | 'readUInt32LE'): string {
	const parts: string[] = [];
	for (let at = 0; at + 4 <= bytes.length; at += 4) {
		const code = bytes[read](at);
		parts.push(code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd');
	}
	return parts.join('');
}
