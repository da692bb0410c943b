import { expect, test } from 'vitest';
import { contextOf, keptText } from './context.ts';

const text = `${'Earlier words. '.repeat(400)}They have agreed terms.${' Later words.'.repeat(400)}`;
const start = text.indexOf('They');
const place = { field: 'text' as const, start, end: start + 23, quote: 'They have agreed terms.' };
const article = { title: 'They have agreed terms.', text };

test('the words stand between the whole words around them', () => {
	const context = contextOf(article, place);
	expect(context?.quote).toBe('They have agreed terms.');
	expect(context?.before).toMatch(/^… (Earlier |words\. )/);
	expect(context?.after).toMatch(/words\. …$|Later …$/);
	expect(contextOf(article, { ...place, field: 'title', start: 0, end: 23 })).toEqual({ before: '', quote: place.quote, after: '' }); // prettier-ignore
});

test('what the article no longer says has no context', () => {
	expect(contextOf({ ...article, text: `Corrected. ${text}` }, place)).toBeNull();
	expect(contextOf({ ...article, text: null }, place)).toBeNull();
});

test('of a long text the part around the words is kept, where they stand at their place', () => {
	const kept = keptText(article, place);
	expect(kept.text?.slice(kept.start, kept.end)).toBe(place.quote);
	expect(kept.text?.length).toBeLessThan(9000);
	expect(keptText(article, { field: 'title', start: 0, end: 23 })).toEqual({ start: 0, end: 23 });
});
