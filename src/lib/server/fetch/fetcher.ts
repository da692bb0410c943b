/** The polite fetcher: permission, pace and patience around {@link fetchDocument}. One for a process; it keeps what it knows of sites. */
import { setTimeout as pause } from 'node:timers/promises';
import { parseNetworks } from './addresses.ts';
import { fetchDocument, type Fetched, type FetchOptions, type Way } from './document.ts';
import { Pacer } from './pacing.ts';
import { FetchProblem, isFetchProblem } from './problem.ts';
import { systemResolve, type Answer, type Resolve } from './request.ts';
import { Robots } from './robots.ts';

export interface FetcherOptions {
	/** Networks that may be reached although they are not public, as CIDR (TELLTALE_FETCH_ALLOW). */
	allow: readonly string[];
	/** Milliseconds. */
	now: () => number;
	/** From 0 to 1. */
	random: () => number;
	resolve?: Resolve;
	sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
	/** Pause between two requests to a host, ms. */
	delay?: number;
}
export interface Patience {
	/** How often it is tried in all. Default 3. */
	attempts?: number;
}
/** What collectors and pages need of it. */
export interface Fetcher {
	/** Reads a document, several times if need be. Rejects with a {@link FetchProblem}, or the reason of `options.signal`. */
	fetch(url: string, options?: FetchOptions & Patience): Promise<Fetched>;
}

const DELAY_MS = 1_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/** Throws `configuration` where `allow` names no network. */
export function createFetcher(options: FetcherOptions): Fetcher {
	const { now, random, resolve = systemResolve, delay = DELAY_MS } = options;
	const sleep = options.sleep ?? ((ms, signal) => pause(ms, undefined, { signal }));
	const pacer = new Pacer({ now, sleep, delay });
	const bare = { resolve, allow: parseNetworks(options.allow), now };
	const paced: Way = {
		...bare,
		around: (url, signal, work) => pacer.run(url.host, work, { signal })
	};
	const robots = new Robots((url, fetching) => fetchDocument(url, fetching, paced), now);
	const polite: Way = {
		...bare,
		around: async (url: URL, signal: AbortSignal | undefined, work: () => Promise<Answer>) => {
			const { allowed, delay } = await robots.ask(url, signal);
			if (!allowed) throw new FetchProblem('blocked', `robots.txt of ${url.host} does not allow it`);
			return pacer.run(url.host, work, { delay, signal });
		}
	};
	return {
		async fetch(url, { attempts = 3, ...fetching } = {}) {
			for (let attempt = 1; ; attempt++) {
				try {
					return await fetchDocument(url, fetching, polite);
				} catch (error) {
					if (!isFetchProblem(error) || !error.retryable || attempt >= attempts) throw error;
					const wait = waitAfter(attempt, random(), error.retryAfter);
					if (wait > LONGEST_WAIT_MS) throw error;
					await sleep(wait, fetching.signal);
				}
			}
		}
	};
}

/**
 * Before attempt `attempt + 1`, ms: doubles each time, half of it by chance (`random`, 0 to 1) so that many who failed together do not
 * come back together; never sooner than the site asks.
 */
export function waitAfter(attempt: number, random: number, retryAfter = 0): number {
	const full = FIRST_WAIT_MS * 2 ** (attempt - 1);
	return Math.max(retryAfter, full * (0.5 + random / 2));
}
