/**
 * Looks for names in recent news that nobody watches, again when the watchlist changed or more is stored. Of all processes one looks, by
 * lease, for a twentieth of the time at most.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { READ, RULES, UnwatchedNames } from '#lib/domain/watchlist/unwatched.ts';
import { newsVersion } from '#lib/server/news-reading.ts';
import { articlesNaming, newsStored } from '#lib/server/store/named.ts';
import { saveUnwatchedState, unwatchedState } from '#lib/server/unwatched.ts';
import { recentFrom } from '#lib/server/watchlist-preview.ts';
import { readWatchlist } from '#lib/server/watchlist.ts';
import { BackgroundWorker, type BackgroundOptions } from '../background-worker.ts';
import type { ConsumerDeps } from './consumer.ts';

/** Articles that are looked at, the newest ones. */
const ARTICLES = 2_000;
/** Names that are kept. */
const NAMES = 100;
/** So long it has the event loop for itself, ms. */
const BREATH_MS = 15;
/** So much longer it rests than it looked. */
const REST = 19;

export class UnwatchedSearch extends BackgroundWorker<ConsumerDeps & BackgroundOptions> {
	constructor(options: ConsumerDeps & BackgroundOptions) {
		super(options, { name: 'names that nobody watches', every: 10_000, lease: 'news/unwatched' });
	}

	/** Looks where something changed since somebody last did. */
	protected async turn(signal: AbortSignal): Promise<void> {
		const { store, desk, now } = this.options;
		const state = [RULES, await newsVersion(desk), await newsStored(store)].join(' ');
		const last = await unwatchedState(desk);
		if (last?.state === state || (last && now() < last.at + REST * last.took)) return;
		const begun = performance.now();
		const { organisations } = await readWatchlist(desk);
		const articles = await articlesNaming(store, { from: recentFrom(now()), limit: ARTICLES, text: READ });
		const found = new UnwatchedNames(organisations);
		await each(articles, (article) => found.count(article), signal);
		await each(articles, (article) => found.read(article), signal);
		if (signal.aborted) return;
		await saveUnwatchedState(desk, {
			state,
			at: now(),
			took: performance.now() - begun,
			articles: articles.length,
			names: found.names().slice(0, NAMES)
		});
	}
}

/** One after the other, and in between others have their turn. */
async function each<T>(list: readonly T[], work: (one: T) => void, signal: AbortSignal): Promise<void> {
	let since = performance.now();
	for (const one of list) {
		if (signal.aborted) return;
		work(one);
		if (performance.now() - since < BREATH_MS) continue;
		await nextTurn();
		since = performance.now();
	}
}
