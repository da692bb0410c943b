/** HTML as a tree, without what is no content, and with what changes on every visit made still. */
import { parseHTML } from 'linkedom';
import { FetchProblem } from './problem.ts';

/** More elements than this no document has that is meant to be read. */
const MOST_TAGS = 40_000;
/** Nor is it nested deeper: what reads it takes time by the square of the depth. */
const DEEPEST = 400;
const NEVER_CONTENT = [
	'script', 'style', 'noscript', 'template', 'iframe', 'object', 'embed', 'svg', 'canvas', 'video', 'audio', 'picture', 'img',
	'form', 'input', 'select', 'textarea', 'button', 'dialog', 'link', 'meta',
	'[hidden]', '[aria-hidden="true"]', '[role="dialog"]', '[role="alertdialog"]'
].join(','); // prettier-ignore
/** Navigation and frame of a site; a selected part may be one of these, so they are dropped only inside it. */
const BOILERPLATE = [
	'nav', 'header[role="banner"]', 'footer', '[role="navigation"]', '[role="search"]', '[role="contentinfo"]',
	'[id*="cookie-banner" i]', '[class*="cookie-banner" i]', '[id*="cookie-consent" i]', '[class*="cookie-consent" i]',
	'[class*="breadcrumb" i]', '[class*="skip-link" i]', '[class*="share-buttons" i]'
].join(','); // prettier-ignore

export interface Page {
	document: Document;
	title: string;
	/** As the page declares it, or null. */
	language: string | null;
}

/** Rejects pages whose mere reading would hold us up as `too-large`. */
export function parsePage(html: string): Page {
	let tags = 0;
	for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1))
		if (++tags > 2 * MOST_TAGS) throw new FetchProblem('too-large', `has more than ${MOST_TAGS} elements`);
	const document = treeOf(html);
	refuseDepth(document.documentElement);
	const text = (selector: string) =>
		document.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
	const declared = document.documentElement?.getAttribute('lang')?.trim() ?? '';
	return {
		document,
		title: text('title') || text('h1'),
		language: /^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/.test(declared) ? declared : null
	};
}

/** A piece of a page, or one that is broken at its very start, is put into a whole one. */
function treeOf(html: string): Document {
	const { document } = parseHTML(html);
	if (document.documentElement?.localName === 'html' && document.querySelector('body')) return document;
	return parseHTML(`<!doctype html><html><body>${html}</body></html>`).document;
}

function refuseDepth(root: Element): void {
	let depth = 1;
	for (let at: Element | null = root; at;) {
		if (depth > DEEPEST) throw new FetchProblem('too-large', `is nested deeper than ${DEEPEST} elements`);
		if (at.firstElementChild) {
			at = at.firstElementChild;
			depth++;
			continue;
		}
		while (at && at !== root && !at.nextElementSibling) {
			at = at.parentElement;
			depth--;
		}
		at = at && at !== root ? at.nextElementSibling : null;
	}
}

const remove = (within: Element | Document, selector: string) => {
	for (const element of [...within.querySelectorAll(selector)]) element.remove();
};

/** Takes out what is never content. `base`: the address that links are relative to. */
export function clean(document: Document, base: string): void {
	const given = document.querySelector('base[href]')?.getAttribute('href');
	const root = (given && URL.parse(given, base)?.href) || base;
	remove(document, NEVER_CONTENT);
	for (const element of [...document.querySelectorAll('[data-cfemail]')]) showEmail(element);
	for (const link of [...document.querySelectorAll('a[href]')]) steadyLink(link, root);
}

export const dropBoilerplate = (within: Element | Document): void => remove(within, BOILERPLATE);

/** A well-known network hides e-mail addresses behind a key that is new on every visit; shown, they stand still. */
function showEmail(element: Element): void {
	const [key = 0, ...rest] = Buffer.from(element.getAttribute('data-cfemail') ?? '', 'hex');
	element.textContent = Buffer.from(rest.map((byte) => byte ^ key)).toString('utf8');
	element.removeAttribute('href');
	element.closest('a')?.removeAttribute('href');
}

const PASSING =
	/^(utm_\w+|gclid|fbclid|msclkid|sid|sessionid|phpsessid|jsessionid|_ga|_gl|spm|ref_?|nonce|csrf\w*)$/i;

/** Absolute, without what follows visitors around; links that lead nowhere become their text. */
function steadyLink(link: Element, base: string): void {
	const url = URL.parse(link.getAttribute('href') ?? '', base);
	link.removeAttribute('title');
	if (!url || !['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) || isEmailGate(url))
		return link.removeAttribute('href');
	for (const name of [...url.searchParams.keys()]) if (PASSING.test(name)) url.searchParams.delete(name);
	url.pathname = url.pathname.replace(/;jsessionid=[^/?]*/i, '');
	link.setAttribute('href', url.href);
}
const isEmailGate = (url: URL) => url.pathname.startsWith('/cdn-cgi/l/email-protection');

/** Characters of the text without white space runs. */
export const lengthOf = (element: Element): number =>
	(element.textContent ?? '').replace(/\s+/g, ' ').trim().length;
