import { oneLine } from '#lib/ui/outside.ts';
import { readSources } from '#lib/server/sources.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { articles } from '#lib/server/store/news.ts';
import { overview } from '#lib/server/store/overview.ts';
import { documents } from '#lib/server/store/policies.ts';
import { signals } from '#lib/server/store/signals.ts';
import { destinations } from '#lib/server/store/traffic.ts';
import type { PageServerLoad } from './$types';
import { changedPolicies } from './changed.ts';
import { movers } from './movers.ts';
import { readNames } from './names.ts';
import { COUNTS_FROM } from './signals/asked.ts';
import { late, silent } from './unseen.ts';
import { reading, shownDay } from './view.ts';

/** Lines a section of the first page. */
const LINES = 5;

export const load: PageServerLoad = async ({ locals: { services, locale }, url }) => {
	const shown = shownDay(url);
	const { now, known } = shown;
	const { store, desk } = services;
	const clock = known.asOf === undefined ? now : Date.parse(known.asOf);
	return reading(services, async () => {
		const [names, watched, { wrong }] = await Promise.all([
			readNames(desk, locale),
			services.reading(),
			judgedSignals(store, desk, known.asOf)
		]);
		const [topics, sources, moved, read, charted, news, told] = await Promise.all([
			overview(store),
			readSources(services, now),
			movers(store, shown, names),
			documents(store, known),
			destinations(store, known),
			articles(store, { limit: LINES, ...known }),
			signals(store, { limit: LINES, own: true, least: COUNTS_FROM, without: wrong, ...known })
		]);
		return {
			topics,
			// Pages are told as the documents that they hold.
			sources: sources.filter(({ kind }) => kind !== 'page'),
			/** What its own rhythm says is not seen; what is known of collectors is known of today alone. */
			silent: silent(read, known.asOf === undefined ? sources : [], clock),
			late: late(charted).map((one) => ({ ...one, name: names.host(one.destination) })),
			/** How many documents and destinations there are to see. */
			watched: read.length + new Set(charted.map(({ destination }) => destination)).size,
			movers: moved,
			changes: await changedPolicies(store, read, { now: clock, ...known, reading: watched, names }),
			documents: read.length,
			signals: told.map(({ id, type, a, b, at, quote, source }) => ({
				id,
				type,
				at,
				quote: oneLine(quote),
				source: oneLine(source),
				organisations: names.organisations(b === '' ? [a] : [a, b])
			})),
			news: news.map((article) => ({
				...article,
				title: oneLine(article.title),
				publisher: oneLine(article.publisher),
				organisations: names.organisations(article.organisations)
			}))
		};
	});
};
