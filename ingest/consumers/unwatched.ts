/**
 * Looks for names in recent news that nobody watches, again when the watchlist changed or more is stored. Of all processes one looks, by
 * lease, for a twentieth of the time at most.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { READ, UnwatchedNames } from '#lib/domain/watchlist/unwatched.ts';
import { isProblem } from '#lib/server/errors.ts';
import { newsVersion } from '#lib/server/news-reading.ts';
import { articlesNaming, newsStored } from '#lib/server/store/named.ts';
import { saveUnwatchedState, unwatchedState } from '#lib/server/unwatched.ts';
import { recentFrom } from '#lib/server/watchlist-preview.ts';
import { readWatchlist } from '#lib/server/watchlist.ts';
import type { ConsumerDeps } from './consumer.ts';

interface UnwatchedOptions extends ConsumerDeps {
	/** Names this process in leases. */
	holder: string;
	/** How often it is asked whether something changed, ms. */
	every?: number;
}

const LEASE = 'news/unwatched';
const LEASE_MS = 60_000;
const LOOK_MS = 10_000;
/** Articles that are looked at, the newest ones. */
const ARTICLES = 2_000;
/** Names that are kept. */
const NAMES = 100;
/** So long it has the event loop for itself, ms. */
const BREATH_MS = 15;
/** So much longer it rests than it looked. */
const REST = 19;

export class UnwatchedSearch {
	readonly #options: UnwatchedOptions;
	readonly #stop = new AbortController();
	#looking: Promise<void> = Promise.resolve();
	#timer: NodeJS.Timeout | undefined;

	constructor(options: UnwatchedOptions) {
		this.#options = options;
	}

	start(): void {
		this.#looking = this.look().finally(() => {
			if (!this.#stop.signal.aborted)
				this.#timer = setTimeout(() => this.start(), this.#options.every ?? LOOK_MS);
		});
	}

	async close(): Promise<void> {
		this.#stop.abort();
		clearTimeout(this.#timer);
		await this.#looking;
		await this.#options.desk.leases.release(LEASE, this.#options.holder);
	}

	/** Looks where something changed since somebody last did. Never rejects. */
	async look(): Promise<void> {
		const { store, desk, logger, holder, now } = this.#options;
		try {
			if (!(await desk.leases.claim(LEASE, holder, LEASE_MS, now()))) return;
			const state = `${await newsVersion(desk)} ${await newsStored(store)}`;
			const last = await unwatchedState(desk);
			if (last?.state === state || (last && now() < last.at + REST * last.took)) return;
			const begun = performance.now();
			const { organisations } = await readWatchlist(desk);
			const articles = await articlesNaming(store, { from: recentFrom(now()), limit: ARTICLES, text: READ });
			const found = new UnwatchedNames(organisations);
			await this.#each(articles, (article) => found.count(article));
			await this.#each(articles, (article) => found.read(article));
			if (this.#stop.signal.aborted) return;
			await saveUnwatchedState(desk, {
				state,
				at: now(),
				took: performance.now() - begun,
				articles: articles.length,
				names: found.names().slice(0, NAMES)
			});
		} catch (error) {
			if (isProblem(error)) logger.warn({ err: error }, 'looking for names that nobody watches waits');
			else logger.error({ err: error }, 'names that nobody watches could not be looked for');
		}
	}

	/** One after the other, and in between others have their turn. */
	async #each<T>(list: readonly T[], work: (one: T) => void): Promise<void> {
		let since = performance.now();
		for (const one of list) {
			if (this.#stop.signal.aborted) return;
			work(one);
			if (performance.now() - since < BREATH_MS) continue;
			await nextTurn();
			since = performance.now();
		}
	}
}
