/**
 * news: the article first, then what is read off it: a rebuild that has not seen the article cannot miss what follows it (derived.ts). The
 * story comes last, and makes the article visible in stories with all its mentions.
 */
import { logChecks, type NewsEvent } from '#lib/domain/events.ts';
import { languageOf } from '#lib/domain/news/language.ts';
import { insertMentions } from '#lib/server/store/mentions.ts';
import { insertNews, type NewsRow } from '#lib/server/store/news.ts';
import { insertStories } from '#lib/server/store/stories.ts';
import { readings } from '#lib/server/watchlist.ts';
import { letterOf, positionOf, readBatch, storeAll, tokenOf, type Placed } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';
import { mentionsIn, storyOf } from './derive-news.ts';

export function newsConsumer({ store, desk }: ConsumerDeps): Consumer {
	const current = readings(desk);
	return async (batch) => {
		const reading = await current();
		await storeAll(
			await readBatch(batch, logChecks.news, desk.deadLetters),
			tokenOf(batch),
			async (placed, token) => {
				const rows = placed.map(rowOf);
				await insertNews(store, rows, token);
				await insertMentions(store, rows.flatMap((row) => mentionsIn(row, reading)), { token }); // prettier-ignore
				await insertStories(store, rows.map(storyOf), { token });
			},
			({ event, record, row }, message) =>
				desk.deadLetters.put([
					letterOf('news', record, row, Buffer.from(JSON.stringify(event)), [{ path: '', message }])
				])
		);
	};
}

const rowOf = ({ event, record, row }: Placed<NewsEvent>): NewsRow => ({
	event,
	detected: languageOf(`${event.title}\n${event.text ?? ''}`),
	accepted: record.accepted,
	position: positionOf(record, row),
	origin: record.header?.origin ?? 'door'
});
