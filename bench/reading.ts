/** /signals over a million signals, /watchlist with ten thousand organisations: from the request to the last byte of the page. */
import { join } from 'node:path';
import { SIGNAL_TYPES } from '#lib/domain/partnerships/signals/signal.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { openDesk } from '#lib/server/desk/open.ts';
import { createLogger } from '#lib/server/logger.ts';
import { openStore } from '#lib/server/store/open.ts';
import { readLayers } from '#lib/server/watchlist.ts';
import { saveLayer } from '#lib/server/watchlist-edit.ts';
import type { Running } from '../tests/support/product.ts';
import { watchlistOf } from './articles.ts';
import type { Report } from './report.ts';
import { median, timed } from './sample.ts';

const SIGNALS = 1_000_000;
const ARTICLES = 400_000;
const NAMES = 31_000;
const ROUNDS = 7;

export async function readings(report: Report, { url, folder }: Pick<Running, 'url' | 'folder'>): Promise<void> {
	await fill(folder);
	const page = (path: string) => timed(async () => (await fetch(url + path)).text());
	const say = async (what: string, path: (round: number) => string, most?: number) => {
		const all: number[] = [];
		for (let round = 0; round < ROUNDS; round++) all.push(await page(path(round)));
		report.add({ bench: 'pages', what, value: median(all), unit: 'ms', ...(most && { goal: { is: '<=', value: most } }) });
	};
	// Each round asks for something else, which was not counted yet.
	await say('signals at 1,000,000, counted for the first time', (round) => `/signals?from=2020-01-0${round + 1}`, 500);
	await page('/signals');
	await say('signals at 1,000,000, counted before', () => '/signals', 500);
	await say('watchlist at 10,000 organisations', (round) => `/watchlist?page=${round + 1}`, 600);
} // prettier-ignore

/** Signals of articles of two years, of which four in ten repeat another; some things are said by several sentences of an article. */
async function fill(folder: string): Promise<void> {
	const logger = createLogger('silent');
	const store = await openStore({ at: { folder: join(folder, 'engine'), attach: true }, logger });
	const article = (n: string) => `cityHash64('article', toUInt64(${n})) % ${2 ** 48}`;
	const at = (n: string) => `toDateTime64('2026-11-01', 3, 'UTC') - toIntervalSecond(cityHash64('at', toUInt64(${n})) % ${730 * 86_400})`;
	await store.command(`INSERT INTO stories (id, content, story, copyOf, publishedAt, known, recorded)
		SELECT ${article('number')}, number, ${article('number - number % 10')}, if(number % 10 BETWEEN 1 AND 4, ${article('number - number % 10')}, 0),
			${at('number')} AS at, at, at FROM numbers(${ARTICLES})`);
	await store.command(
		`INSERT INTO signals (a, b, id, recorded, at, happened, type, probability, quote, source, reliability, copyOf, evidence, detector, live, position,
			field, start, end, agent, person)
		WITH intDiv(number * ${ARTICLES}, ${SIGNALS}) AS article, intDiv(number, 2) % 3 AS said, {organisations:Array(String)} AS ids,
			ids[1 + cityHash64('a', intDiv(article, 10), said) % length(ids)] AS one, ids[1 + cityHash64('b', intDiv(article, 10), said) % length(ids)] AS other
		SELECT least(one, other), if(one = other, '', greatest(one, other)), reinterpretAsUInt128(sipHash128(number)), ${at('article')} AS at, at, NULL,
			{types:Array(String)}[1 + cityHash64('type', intDiv(article, 10), said) % ${SIGNAL_TYPES.length}], cityHash64('probability', number) % 1000 / 1000,
			concat('what somebody said of the two of them in so many words ', toString(number)), concat('Paper ', toString(cityHash64('paper', article) % 2000)),
			char(65 + article % 6), 0, ('news', toString(${article('article')})), 'bench', true, number, if(number % 3, 'text', 'title'), number % 500, number % 500 + 60, '', ''
		FROM numbers(${SIGNALS})`,
		{ organisations: starter.organisations.map(({ id }) => id), types: SIGNAL_TYPES }
	);
	await store.close();
	const desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger });
	const layered = await readLayers(desk);
	const known = new Set(layered.organisations.map(({ id }) => id));
	const organisations = watchlistOf(NAMES, 5).organisations.filter(({ id }) => !known.has(id));
	await saveLayer(desk, layered, { organisations, hidden: [] }, { who: 'bench', at: Date.now() });
	await desk.close();
} // prettier-ignore
