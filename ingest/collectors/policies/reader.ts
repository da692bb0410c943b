/** Reads pages in a thread of its own. */
import type { Fetched } from '#lib/server/fetch/document.ts';
import type { Extracted, Rules } from '#lib/server/fetch/extract.ts';
import { ReadingThread } from '#lib/server/fetch/reading.ts';

export interface PageQuestion {
	fetched: Fetched;
	rules: Rules;
}

export class Reader {
	readonly #thread: ReadingThread<PageQuestion, Extracted>;

	/** `longest`: how long one page may take, ms. */
	constructor(longest?: number) {
		const module = new URL('./reader-thread.ts', import.meta.url);
		this.#thread = new ReadingThread({ module, longest, what: 'a page' });
	}

	/** As {@link extract}, one page at a time; besides, `too-large` for a page that takes too long or too much memory. */
	read(fetched: Fetched, rules: Rules): Promise<Extracted> {
		return this.#thread.ask({ fetched, rules: { ...rules } });
	}

	close(): Promise<void> {
		return this.#thread.close();
	}
}
