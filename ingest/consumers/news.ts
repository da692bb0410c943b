/** news: who is mentioned is read off each article; mentions and story first, then the article, which makes them visible. */
import { logChecks, type NewsEvent } from '#lib/domain/events.ts';
import { languageOf } from '#lib/domain/news/language.ts';
import { insertMentions } from '#lib/server/store/mentions.ts';
import { insertNews, type NewsRow } from '#lib/server/store/news.ts';
import { insertStories } from '#lib/server/store/stories.ts';
import { letterOf, positionOf, readBatch, storeAll, tokenOf, type Placed } from './blocks.ts';
import type { Consumer, ConsumerDeps, Reading } from './consumer.ts';
import { mentionsIn, storyOf } from './derive-news.ts';

export function newsConsumer({ store, desk }: ConsumerDeps, reading: Reading): Consumer {
	return async (batch) =>
		storeAll(
			await readBatch(batch, logChecks.news, desk.deadLetters),
			tokenOf(batch),
			async (placed, token) => {
				const rows = placed.map(rowOf);
				await insertMentions(store, rows.flatMap((row) => mentionsIn(row, reading)), { token }); // prettier-ignore
				await insertStories(store, rows.map(storyOf), { token });
				await insertNews(store, rows, token);
			},
			({ event, record, row }, message) =>
				desk.deadLetters.put([
					letterOf('news', record, row, Buffer.from(JSON.stringify(event)), [{ path: '', message }])
				])
		);
}

const rowOf = ({ event, record, row }: Placed<NewsEvent>): NewsRow => ({
	event,
	detected: languageOf(`${event.title}\n${event.text ?? ''}`),
	accepted: record.accepted,
	position: positionOf(record, row),
	origin: record.header?.origin ?? 'door'
});
