/** "Adding a page to watch takes one URL": what is there, which part of it is the document, and what would be kept. */
import { languageOf } from '#lib/domain/news/language.ts';
import { article, extract } from './extract.ts';
import type { Fetched } from './document.ts';
import { clean, dropBoilerplate, lengthOf, parsePage } from './page-dom.ts';

export interface Proposal {
	/** CSS selector; null: what reads as the article. */
	select: string | null;
	/** Characters it holds. */
	size: number;
}
export interface PagePreview extends Proposal {
	/** After redirects. */
	url: string;
	contentType: string;
	title: string;
	/** BCP 47; null where it cannot be told. */
	language: string | null;
	/** Markdown that would be kept with the proposed selector. */
	text: string;
	/** Other parts that could be meant, the best first. */
	alternatives: Proposal[];
}

/** What a collector would make of a page. `select`: the reader's own choice of a part. Rejects with a {@link FetchProblem}. */
export async function pagePreview(fetched: Fetched, select?: string): Promise<PagePreview> {
	const isHtml = fetched.text !== null && fetched.contentType.includes('html');
	const proposals = isHtml ? propose(fetched.text ?? '', fetched.url) : [];
	const chosen = select ?? proposals[0]?.select ?? undefined;
	const { text, title, language } = await extract(fetched, { select: chosen });
	const guess = language ?? languageOf(text);
	return {
		url: fetched.url,
		contentType: fetched.contentType,
		title: title || (/^#+ (.*)$/m.exec(text)?.[1] ?? ''),
		language: guess === 'und' ? null : guess,
		select: chosen ?? null,
		size: text.length,
		text,
		alternatives: proposals.filter((proposal) => proposal.select !== (chosen ?? null))
	};
}

/** A part that holds less of what reads as the article than this is not it. */
const ENOUGH = 0.9;
const MOST = 5;
/** Names that carry a meaning of their own, and so will outlive the next release of the site. */
const MEANT =
	/content|article|main|body|policy|privacy|terms|legal|agreement|document|text|post|entry|markdown|prose/i;
/** Names made by a machine: hashes, counters, utility classes. */
const MADE = /\d{3,}|[0-9a-f]{6,}|^(css|sc|jss|_|js)-?|__[A-Za-z0-9]{5}|[:[\]/]/;

/** Selectors that hit exactly one element which holds the article, the tightest first; where none does, the article itself. */
export function propose(html: string, base: string): Proposal[] {
	const { document } = parsePage(html);
	clean(document, base);
	dropBoilerplate(document);
	const whole = lengthOf(article(document));
	const found: (Proposal & { rank: number })[] = [];
	for (const element of document.querySelectorAll('main, article, [role="main"], div, section, td')) {
		const size = lengthOf(element);
		if (size < ENOUGH * whole || size === 0) continue;
		for (const { select, rank } of namesOf(element))
			if (document.querySelectorAll(select).length === 1) {
				found.push({ select, size, rank });
				break;
			}
	}
	found.sort((a, b) => a.rank - b.rank || a.size - b.size);
	const proposals = found.slice(0, MOST).map(({ select, size }) => ({ select, size }));
	return [...proposals, { select: null, size: whole }];
}

/** Ways to name an element, the most lasting first. `rank`: lower is better. */
function namesOf(element: Element): { select: string; rank: number }[] {
	const names: { select: string; rank: number }[] = [];
	const tag = element.localName;
	const { id } = element;
	const plain = (name: string) => /^[A-Za-z][\w-]*$/.test(name) && !MADE.test(name);
	if (id && plain(id) && MEANT.test(id)) names.push({ select: `#${id}`, rank: 0 });
	if (tag === 'main' || tag === 'article') names.push({ select: tag, rank: 1 });
	if (element.getAttribute('role') === 'main') names.push({ select: '[role="main"]', rank: 1 });
	for (const name of element.classList)
		if (plain(name) && MEANT.test(name)) names.push({ select: `.${name}`, rank: 2 });
	if (id && plain(id)) names.push({ select: `#${id}`, rank: 3 });
	return names;
}
