/** What an organisation's names match in recent news, before they are saved. */
import { DAY, dayOf, formatInstant, startOf } from '#lib/domain/time.ts';
import { previewNames, type NamesPreview } from '#lib/domain/watchlist/preview.ts';
import type { Organisation } from '#lib/domain/watchlist/watchlist.ts';
import { articlesSince, articlesWith } from './store/named.ts';
import type { Store } from './store/store.ts';

/** News of so many days is recent. */
export const RECENT_DAYS = 30;
/** Articles that are looked at, the newest ones. */
const MOST_ARTICLES = 1_000;
/** A name that stands alone in more than this part of all articles may be a word. */
const COMMON = 0.1;
/** Below so many articles no part says anything. */
const ENOUGH = 50;

export interface RecentPreview extends NamesPreview {
	/** Recent articles in all. */
	of: number;
	/** Only the newest of those that have one of the names were looked at. */
	partial: boolean;
	/** Names that stand alone in so many articles that they may be words. */
	common: string[];
}

/** RFC 3339: the beginning of what is recent at `now`, ms: of a whole day, so that it moves once a day. */
export const recentFrom = (now: number): string => formatInstant(startOf(dayOf(now - RECENT_DAYS * DAY)));

/** `others`: everybody who is watched. Rejects as the store does. */
export async function previewRecent(
	store: Store,
	draft: Organisation,
	others: readonly Organisation[],
	now: number,
	signal?: AbortSignal
): Promise<RecentPreview> {
	const from = recentFrom(now);
	const names = [
		draft.name,
		...draft.aliases,
		...draft.ambiguous,
		...draft.people.flatMap((person) => [person.name, ...person.aliases])
	];
	const plain = [...new Set(names.map((name) => name.replaceAll('’', "'")))];
	const [of, articles] = await Promise.all([
		articlesSince(store, { from }),
		articlesWith(store, plain, { from, limit: MOST_ARTICLES }, signal)
	]);
	const preview = previewNames(draft, others, articles);
	return {
		...preview,
		of,
		partial: articles.length === MOST_ARTICLES,
		common: preview.names.flatMap(({ kind, name, alone }) =>
			kind === 'name' && of >= ENOUGH && alone > of * COMMON ? [name] : []
		)
	};
}
