/**
 * news: the article first, then what is read off it: a rebuild that has not seen the article cannot miss what follows it (derived.ts). Then
 * it is handed on to be placed in a story, where it is seen with all its mentions and signals.
 */
import { logChecks, type NewsEvent } from '#lib/domain/events.ts';
import { articleId, contentId } from '#lib/domain/news/ids.ts';
import { languageOf } from '#lib/domain/news/language.ts';
import { newsReadings, type NewsReading } from '#lib/server/news-reading.ts';
import type { EventLog } from '#lib/server/log/log.ts';
import { noteBehind } from '#lib/server/re-reading.ts';
import { acceptedNewsOf, insertNews, sightingsOfArticles, type NewsRow } from '#lib/server/store/news.ts';
import type { Store } from '#lib/server/store/store.ts';
import { announce } from './articles.ts';
import { letterOf, positionOf, readBatch, storeAll, tokenOf, type Placed } from './blocks.ts';
import type { Consumer, ConsumerDeps } from './consumer.ts';
import { storeAgain, storeFirst } from './store-read.ts';

interface NewsDeps extends ConsumerDeps {
	log: Pick<EventLog, 'append'>;
}

export function newsConsumer({ store, desk, log, now }: NewsDeps): Consumer {
	const current = newsReadings(desk);
	return async (batch) => {
		const reading = await current();
		await storeAll(
			await readBatch(batch, logChecks.news, desk.deadLetters),
			tokenOf(batch),
			async (placed, token) => {
				const rows = placed.map(rowOf);
				const known = await sightingsOfArticles(store, [...new Set(rows.map(({ id }) => id))]);
				await insertNews(store, rows, token);
				await read(store, rows, known, reading);
				await announce(log, rows);
			},
			({ event, record, row }, message) =>
				desk.deadLetters.put([
					letterOf('news', record, row, Buffer.from(JSON.stringify(event)), [{ path: '', message }])
				])
		);
		const [from = 0, to = 0] = [batch.records[0]?.accepted, batch.records.at(-1)?.accepted];
		await noteBehind(desk, reading.version, { from, to, now: now() });
	};
}

/**
 * `known`: what was there of the same articles before. What was only seen once more says nothing new. A redelivery may have been read with
 * another watchlist before its process died, and an address may say something else now: there it is seen to what changed.
 */
async function read(
	store: Store,
	rows: readonly NewsRow[],
	known: Awaited<ReturnType<typeof sightingsOfArticles>>,
	reading: NewsReading
): Promise<void> {
	const before = Map.groupBy(known, ({ id }) => id);
	const fresh: NewsRow[] = [];
	const redelivered: NewsRow[] = [];
	const changed = new Set<string>();
	for (const row of rows) {
		const { id, content } = row;
		const texts = before.get(id);
		const same = texts?.find((text) => text.content === content);
		if (!texts) fresh.push(row);
		else if (!same || texts.length > 1) changed.add(id);
		else if (same.accepted === row.accepted && same.position === row.position) redelivered.push(row);
	}
	await storeFirst(store, fresh, reading);
	await storeAgain(store, redelivered.filter(({ id }) => !changed.has(id)), reading, 0); // prettier-ignore
	await storeAgain(store, await acceptedNewsOf(store, [...changed]), reading, 0);
}

const rowOf = ({ event, record, row }: Placed<NewsEvent>): NewsRow => ({
	id: articleId(event.url),
	content: contentId(event),
	event,
	detected: languageOf(`${event.title}\n${event.text ?? ''}`),
	accepted: record.accepted,
	position: positionOf(record, row),
	origin: record.header?.origin ?? 'door'
});
