/**
 * Eight categories; a source keeps its number on every page. The subject is number 1, whatever the source. The others take the number
 * that the hash of their name says, or the next that is free, in the order given: so pass all sources of the store, in an order that does
 * not depend on the page. From the eighth on there is no hue left that can be told apart, and they are grey.
 */
export interface Colour {
	/** For lines and fills. */
	fill: string;
	/** For words. */
	text: string;
}

const SUBJECT: Colour = { fill: 'var(--subject)', text: 'var(--subject-text)' };
const GREY: Colour = { fill: 'var(--axis)', text: 'var(--ink-2)' };
const HUES = 7;

/** FNV-1a, 32 bit. */
function hash(text: string): number {
	let h = 0x811c9dc5;
	for (const unit of new TextEncoder().encode(text)) h = Math.imul(h ^ unit, 0x01000193);
	return h >>> 0;
}

/** `sources`: all there are, the most important first. Returns the colour of any source; grey for one that is not among them. */
export function colourOf(sources: string[], subject: string | null): (source: string) => Colour {
	const taken = new Map<string, number>();
	const used = new Set<number>();
	for (const source of sources) {
		if (used.size === HUES || taken.has(source)) continue;
		let slot = hash(source) % HUES;
		while (used.has(slot)) slot = (slot + 1) % HUES;
		used.add(slot);
		taken.set(source, slot);
	}
	return (source) => {
		if (source === subject) return SUBJECT;
		const slot = taken.get(source);
		if (slot === undefined) return GREY;
		return { fill: `var(--cat-${slot + 2})`, text: `var(--cat-${slot + 2}-text)` };
	};
}
