/** How many of a story's articles rest on no other, in words. */
import { m } from '#lib/paraglide/messages.js';
import { count } from '#lib/ui/format.ts';
import type { Locale } from '#lib/ui/locale.ts';
import { sentence, type Part } from '#lib/ui/sentence.ts';

/** `4 of 63 articles are independent`; `href`: what the count opens. */
export function independence(independent: number, articles: number, locale: Locale, href?: string): Part[] {
	if (articles === 1) return [{ text: m.story_alone() }];
	const text = m.story_part({ independent: count(independent, locale), text: count(articles, locale) });
	return sentence(m.story_some, {
		n: independent,
		part: href === undefined ? text : { text, tone: 'changed', href }
	});
}
