/** robots.txt of each site (RFC 9309), read by the same safe way as everything else and kept for a day. */
import robotsParser from 'robots-parser';
import type { Fetched, FetchOptions } from './document.ts';
import { FetchProblem, isFetchProblem } from './problem.ts';

const KEEP_MS = 24 * 3_600_000;
/** RFC 9309 asks for at least 500 KiB; what a larger file says further down is not read. */
const MOST = 512 * 1024;
const SITES = 2000;
/** A longer pause is taken for a wish to be left alone, and not kept to the letter. */
const LONGEST_DELAY_MS = 60_000;
const PRODUCT = 'Telltale';

type Rules = ReturnType<typeof robotsParser>;
export interface Permission {
	allowed: boolean;
	/** Pause between requests that the site asks for, ms. */
	delay: number;
}

export class Robots {
	readonly #sites = new Map<string, { at: number; rules: Promise<Rules> }>();
	readonly #read: (url: string, options: FetchOptions) => Promise<Fetched>;
	readonly #now: () => number;

	constructor(read: (url: string, options: FetchOptions) => Promise<Fetched>, now: () => number) {
		this.#read = read;
		this.#now = now;
	}

	/** Whether we may read `url`. Rejects where the site cannot say: a site that is down is not asked for pages either. */
	async ask(url: URL, signal?: AbortSignal): Promise<Permission> {
		const rules = await this.#rulesOf(url.origin, signal);
		return {
			allowed: rules.isAllowed(url.href, PRODUCT) ?? true,
			delay: Math.min((rules.getCrawlDelay(PRODUCT) ?? 0) * 1000, LONGEST_DELAY_MS)
		};
	}

	#rulesOf(origin: string, signal?: AbortSignal): Promise<Rules> {
		const known = this.#sites.get(origin);
		if (known && this.#now() - known.at < KEEP_MS) return known.rules;
		const rules = this.#load(origin, signal);
		this.#sites.delete(origin);
		this.#sites.set(origin, { at: this.#now(), rules });
		const [oldest] = this.#sites.keys();
		if (this.#sites.size > SITES && oldest !== undefined) this.#sites.delete(oldest);
		// A failure is told to whoever asked, and asked for again next time.
		rules.catch(() => {
			if (this.#sites.get(origin)?.rules === rules) this.#sites.delete(origin);
		});
		return rules;
	}

	async #load(origin: string, signal?: AbortSignal): Promise<Rules> {
		const address = `${origin}/robots.txt`;
		try {
			const limits = { packed: MOST, unpacked: MOST, total: 30_000 };
			const { text } = await this.#read(address, { types: null, cut: true, limits, signal });
			return robotsParser(address, text ?? '');
		} catch (error) {
			if (!isFetchProblem(error)) throw error;
			// No such file, or none for us: no rules (RFC 9309, 2.3.1.3). What is asked of us by 429 we heed.
			const none = error.kind === 'gone' || error.kind === 'empty' || error.kind === 'moved' || (error.kind === 'blocked' && !error.retryable); // prettier-ignore
			if (none) return robotsParser(address, '');
			const { kind, message, status, retryable, retryAfter } = error;
			throw new FetchProblem(kind, `robots.txt: ${message}`, { cause: error, status, retryable, retryAfter });
		}
	}
}
