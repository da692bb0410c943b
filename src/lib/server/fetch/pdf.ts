/** The text of a PDF: lines joined to paragraphs, pages to one text. */
import { getDocumentProxy } from 'unpdf';
import { z } from 'zod';
import { FetchProblem } from './problem.ts';

const MOST_PAGES = 500;
const piece = z.object({
	str: z.string(),
	hasEOL: z.boolean(),
	height: z.number(),
	transform: z.array(z.number())
});
/** A gap of more than so many line heights begins a paragraph. */
const PARAGRAPH = 1.6;

/** Rejects with `type` for what is no readable PDF (broken, encrypted), `too-large` for more than 500 pages. */
export async function pdfText(bytes: Buffer): Promise<string> {
	const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, isEvalSupported: false }).catch(
		(cause: unknown) => {
			throw new FetchProblem('type', 'the PDF cannot be read', { cause });
		}
	);
	try {
		if (pdf.numPages > MOST_PAGES)
			throw new FetchProblem('too-large', `the PDF has ${pdf.numPages} pages; ${MOST_PAGES} are read`);
		const pages: string[] = [];
		for (let number = 1; number <= pdf.numPages; number++) {
			const page = await pdf.getPage(number);
			const { items } = await page.getTextContent();
			pages.push(paragraphs(items));
			page.cleanup();
		}
		return pages.join('\n\n');
	} finally {
		await pdf.destroy();
	}
}

function paragraphs(items: readonly unknown[]): string {
	let text = '';
	let lastY: number | null = null;
	for (const item of items) {
		const parsed = piece.safeParse(item);
		if (!parsed.success) continue;
		const { str, hasEOL, height, transform } = parsed.data;
		const y = transform[5] ?? 0;
		if (lastY !== null && height > 0 && Math.abs(lastY - y) > PARAGRAPH * height && text.endsWith(' '))
			text = `${text.trimEnd()}\n\n`;
		text += str;
		if (height > 0) lastY = y;
		if (hasEOL) text += ' ';
	}
	return text;
}
