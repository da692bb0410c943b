/** Names of sources and of the kinds that there are. */
import { m } from '#lib/paraglide/messages.js';
import { topicName } from './names.ts';

const KINDS: Record<string, () => string> = {
	topic: m.kind_topic,
	door: m.kind_door,
	consumer: m.kind_consumer,
	log: m.kind_log,
	store: m.kind_store,
	page: m.kind_page,
	feed: m.kind_feed
};
export const sourceKind = (kind: string): string => KINDS[kind]?.() ?? kind;

/** What a source is called by its id: a topic by its word, a feed or page by its address or document, parts of the product by their kind. */
export const sourceName = ({ id, kind }: { id: string; kind: string }): string =>
	kind === 'topic'
		? topicName(id)
		: kind === 'page' || kind === 'feed'
			? id.split('/').slice(1).map(decodeURIComponent).join(', ')
			: id === kind
				? sourceKind(kind)
				: id;
