/** Ids of articles and of their content: 64-bit hashes as decimal text, as the store keeps them. */
import { canonicalUrl } from '../events.ts';
import type { NewsEvent } from '../events.ts';

/** The id of the article at an address: equal for all links that {@link canonicalUrl} holds to be the same. */
export const articleId = (url: string): string => hash64(canonicalUrl(url));

/** The id of what an article says, its title and text: a page that changed keeps its article id and gets another content id. */
export const contentId = ({ title, text = '' }: Pick<NewsEvent, 'title' | 'text'>): string =>
	hash64(`${title.length}:${title}${text}`);

/**
 * FNV-1a (Fowler, Noll, Vo) of the UTF-8 bytes of `text`, 64 bits, as an unsigned decimal. Not for secrets. The prime is 2⁴⁰ + 0x1b3,
 * so a product is two small ones on 32-bit halves and a shift.
 */
export function hash64(text: string): string {
	let [high, low] = [0xcbf29ce4, 0x84222325];
	for (const byte of new TextEncoder().encode(text)) {
		low = (low ^ byte) >>> 0;
		const product = low * 0x1b3;
		high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + ((low << 8) >>> 0)) % 2 ** 32;
		low = product >>> 0;
	}
	return ((BigInt(high) << 32n) | BigInt(low)).toString();
}
