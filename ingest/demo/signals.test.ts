/** What the product finds in the demo's articles, by the detector that ships. */
import { beforeAll, describe, expect, test } from 'vitest';
import { detector } from '#lib/domain/partnerships/signals/detect.ts';
import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { background } from './background.ts';
import { calendar } from './calendar.ts';
import { random } from './random.ts';
import { scenario } from './scenario.ts';
import { WATCHLIST } from './world.ts';

const TODAY = '2026-11-20';
const detect = detector(watchlistSchema.parse(WATCHLIST), shippedWeights());
const signalsIn = (articles: readonly { title: string; text?: string | undefined; url: string; publishedAt: string }[]) =>
	articles.flatMap((article) =>
		detect(article)
			.signals.filter(({ probability }) => probability >= 0.5)
			.map(({ type, organisations, person = '' }) => ({ url: article.url, told: [type, ...organisations.toSorted(), person].join(' ').trim() }))
	); // prettier-ignore

describe('the demo’s articles', () => {
	let found: ReturnType<typeof signalsIn>;
	beforeAll(() => {
		found = signalsIn(scenario({ today: TODAY }).news);
	});

	test.each([
		['denglong-gangji-rukou', 'talks harbor lantern'],
		['deputy-president-walks-harbor-campus', 'executive_visit harbor lantern He Yan'],
		['he-yan-fang-gangji', 'executive_visit harbor lantern He Yan'],
		['neither-confirms-nor-denies', 'no_comment harbor lantern'],
		['harbor-denies-lantern-store', 'denial harbor lantern'],
		['lantern-harbor-agree-terms', 'talks harbor lantern'],
		['gangji-denglong-tiaokuan', 'talks harbor lantern'],
		['orchard-lane-supplies-inkstone-kitchen', 'supply inkstone orchard-lane'],
		['shen-tuomo-at-orchard-lane', 'executive_visit inkstone orchard-lane Shen Tuomo'],
		['inkstone-engineer-orchard-lane-entrance', 'integration inkstone orchard-lane'],
		['paperkite-ventures-tilework-stake', 'equity paperkite tilework'],
		['inkstone-harbour-logistics', 'talks harbour-logistics inkstone']
	])('say in %s: %s', (slug, told) => {
		expect(found.filter(({ url }) => url.endsWith(slug)).map((one) => one.told)).toContain(told);
	});

	test('say nothing of a partnership where business is as ever', () => {
		expect(signalsIn(background(calendar(TODAY), random('background'))).map(({ told }) => told)).toEqual([]);
	});
});
