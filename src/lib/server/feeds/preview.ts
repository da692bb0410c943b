/** What a feed would bring, before it is followed. */
import type { Fetched } from '../fetch/document.ts';
import { FetchProblem } from '../fetch/problem.ts';
import { readFeed, type FeedItem } from './feed.ts';

const SHOWN = 8;

export interface FeedPreview {
	/** As it was asked for. */
	url: string;
	/** Items that could become articles: they have a title and an address. */
	articles: number;
	/** The first of them. */
	shown: { title: string; url: string; publishedAt: string | null }[];
	/** A name for the publisher, from the address. */
	publisher: string;
}

/** What was fetched from `url` as a feed. Throws a {@link FetchProblem}. */
export function feedPreview(url: string, fetched: Fetched): FeedPreview {
	const items = readFeed(fetched.bytes, { base: fetched.url, charset: fetched.charset }).filter(isArticle);
	if (items.length === 0) throw new FetchProblem('empty', 'the feed has no item with a title and an address');
	const shown = items
		.slice(0, SHOWN)
		.map((item) => ({ title: item.title, url: item.url, publishedAt: item.publishedAt ?? null }));
	return {
		url,
		articles: items.length,
		shown,
		publisher: new URL(url).hostname.replace(/^(www|feeds?|rss)\./, '')
	};
}

const isArticle = (item: FeedItem): item is FeedItem & { title: string; url: string } =>
	item.title !== undefined && item.url !== undefined;
