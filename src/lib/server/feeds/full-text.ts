/** The text of an article from its page. */
import { article, refuseErrorPage } from '../fetch/extract.ts';
import { clean, dropBoilerplate, parsePage } from '../fetch/page-dom.ts';
import { FetchProblem } from '../fetch/problem.ts';
import { plainText } from './plain.ts';

/** An HTML page, and the address that it was read from. */
export interface ArticlePage {
	html: string;
	url: string;
}

const MOST = 1_000_000;

/** Plain text of what reads as the article. Synchronous and, for hostile pages, slow. Throws a {@link FetchProblem}. */
export function articleText({ html, url }: ArticlePage): string {
	const { document, title, language } = parsePage(html);
	clean(document, url);
	dropBoilerplate(document);
	const text = plainText(article(document).innerHTML, MOST);
	if (text === '') throw new FetchProblem('empty', 'the page has no text');
	refuseErrorPage({ text, title, language });
	return text;
}
