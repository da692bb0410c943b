/** From what was fetched to the text that is watched: by selector, else by what reads as the page's article. */
import { createHash } from 'node:crypto';
import { Readability } from '@mozilla/readability';
import type { Fetched } from './document.ts';
import { toMarkdown, tidy } from './markdown.ts';
import { clean, dropBoilerplate, lengthOf, parsePage, type Page } from './page-dom.ts';
import { pdfText } from './pdf.ts';
import { FetchProblem, isFetchProblem } from './problem.ts';

/** Raised whenever the same page would give another text. */
const CODE = 1;

export interface Rules {
	/** CSS selector of the part that is the document; several parts are taken in order. */
	select?: string | undefined;
	/** CSS selector of what is left out of it. */
	remove?: string | undefined;
	/** Scripts of the page are run first. */
	render?: boolean | undefined;
}
export interface Extracted {
	/** Markdown. */
	text: string;
	title: string;
	/** As the page declares it, or null. */
	language: string | null;
}

/** Names the rules and the version of this code: text that changed with it did not change on the page. */
export function extractorOf({ select, remove, render }: Rules): string {
	const rules = JSON.stringify([select ?? null, remove ?? null, render ?? false]);
	return `telltale-${CODE}-${createHash('sha256').update(rules).digest('hex').slice(0, 12)}`;
}

/** Rejects with `selector`, `empty`, `type`, `too-large`, and `gone` or `blocked` for a page that only says so. */
export async function extract(fetched: Fetched, rules: Rules): Promise<Extracted> {
	const extracted = await read(fetched, rules);
	if (extracted.text === '') throw new FetchProblem('empty', 'the page has no text');
	refuseErrorPage(extracted);
	return extracted;
}

async function read({ contentType, bytes, text, url }: Fetched, rules: Rules): Promise<Extracted> {
	if (contentType === 'application/pdf')
		return { text: tidy(await pdfText(bytes)), title: '', language: null };
	if (text === null) throw new FetchProblem('type', `${contentType} is nothing that we read`);
	if (!contentType.endsWith('html') && !contentType.endsWith('html+xml'))
		return { text: tidy(text), title: '', language: null };
	try {
		const page = parsePage(text);
		return { text: pageText(page, url, rules), title: page.title, language: page.language };
	} catch (error) {
		if (error instanceof RangeError)
			throw new FetchProblem('too-large', 'the page is nested too deep', { cause: error });
		if (isFetchProblem(error)) throw error;
		// Markup can be broken in ways that those who read it did not foresee.
		throw new FetchProblem('type', 'the page cannot be read as HTML', { cause: error });
	}
}

function pageText(page: Page, url: string, { select, remove }: Rules): string {
	const { document } = page;
	clean(document, url);
	if (remove !== undefined) for (const element of matches(document, remove)) element.remove();
	const parts = select === undefined ? [article(document)] : matches(document, select);
	if (select !== undefined && parts.length === 0)
		throw new FetchProblem('selector', `nothing on the page matches ${select}`);
	const outer = parts.filter((part) => !parts.some((other) => other !== part && other.contains(part)));
	return outer
		.map((part) => {
			dropBoilerplate(part);
			return toMarkdown(part);
		})
		.filter(Boolean)
		.join('\n\n');
}

/** Rejects with `selector` where the selector itself is none. */
export function matches(document: Document, selector: string): HTMLElement[] {
	try {
		return [...document.querySelectorAll<HTMLElement>(selector)];
	} catch (cause) {
		throw new FetchProblem('selector', `${selector} is no CSS selector`, { cause });
	}
}

/** Readability forgets parts of unusual pages: what holds less than this part of the main text is not trusted. */
const TRUSTED = 0.6;

/** What reads as the article, else the main part of the page, else all of it. Changes nothing outside what it gives back. */
export function article(document: Document): HTMLElement {
	const copy = document.cloneNode(true) as Document;
	dropBoilerplate(copy);
	const main = copy.querySelector<HTMLElement>('main, [role="main"], article') ?? copy.body;
	const size = lengthOf(main);
	const found = new Readability(copy.cloneNode(true) as Document, { charThreshold: 200, serializer: (node) => node }).parse()?.content; // prettier-ignore
	if (isElement(found) && lengthOf(found) >= TRUSTED * size) return found;
	return main;
}
const isElement = (node: Node | null | undefined): node is HTMLElement => node?.nodeType === 1;

const SHORT = 1500;
const SAYS_GONE =
	/\b(404|page (was |could )?not (be )?found|page (does not|doesn['’]t) exist|no longer available|nothing (was )?found here)\b|页面不存在|找不到(该|此|您)?.{0,6}页面|頁面不存在|找不到網頁/i;
const SAYS_BLOCKED =
	/\b(access (is )?denied|forbidden|captcha|are you (a )?(human|robot)|verify (that )?you are( a)? human|unusual traffic|just a moment|attention required|enable javascript and cookies|request blocked)\b|安全验证|访问被拒绝|请完成验证|人机验证|访问过于频繁/i;

/** Rejects pages that answer 200 and say that there is nothing, or that we may not come in: short, and they say it at the top. */
export function refuseErrorPage({ text, title }: Extracted): void {
	if (text.length > SHORT) return;
	const top = `${title}\n${text.slice(0, 400)}`;
	if (SAYS_BLOCKED.test(top)) throw new FetchProblem('blocked', 'the page says that we may not read it');
	if (SAYS_GONE.test(top)) throw new FetchProblem('gone', 'the page says that it is not there');
}
