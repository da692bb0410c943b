/**
 * Sentences with numbers that stand out and open their evidence. The message says the order of the words, the values say how each
 * looks; neither holds markup, so text from outside stays text.
 */
export type Tone = 'subject' | 'changed' | 'stale' | 'failed' | 'range' | 'strong';
export interface Part {
	text: string;
	tone?: Tone;
	/** What it opens. */
	href?: string;
}

/** Private-use characters stand for the values while the message is put together. */
const FIRST = 0xe000;
const slots = /([\ue000-\ue0ff])/;

/** A message's text with its values as parts. A number is given to the message as it is, for its plural. */
export function sentence<V extends Record<string, Part | string | number>>(
	message: (values: { [K in keyof V]: V[K] extends number ? number : string }) => string,
	values: V
): Part[] {
	const entries = Object.entries(values);
	const inputs = entries.map(([name, value], i) => [
		name,
		typeof value === 'number' ? value : String.fromCharCode(FIRST + i)
	]);
	const text = message(Object.fromEntries(inputs) as Parameters<typeof message>[0]);
	return text.split(slots).flatMap((piece): Part[] => {
		if (piece === '') return [];
		const slot = slots.test(piece) ? entries[piece.charCodeAt(0) - FIRST]?.[1] : undefined;
		if (slot === undefined) return [{ text: piece }];
		return [typeof slot === 'object' ? slot : { text: String(slot) }];
	});
}

/** Sentences one after the other, with what the language puts between them. */
export const joined = (sentences: Part[][], locale: string): Part[] =>
	sentences.flatMap((one, i) => (i === 0 || locale === 'zh' ? one : [{ text: ' ' }, ...one]));

/** The words alone, for titles and summaries. */
export const plain = (parts: Part[]): string => parts.map(({ text }) => text).join('');
