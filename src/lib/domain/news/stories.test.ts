import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../watchlist/matcher.ts';
import { starter } from '../watchlist/starter.ts';
import { Stories } from './stories.ts';
import { amounts } from './terms.ts';

const MATCHER = compile(starter);
const HOUR = 3_600_000;
const START = Date.UTC(2025, 2, 1);
const REPORT =
	'Velteno will open a shopping door for Daxdell inside its app, a deal worth 413 million, the companies said in Harwick. ' +
	'Merchants hope that it brings them buyers before the holidays. An analyst, Ann Hale, expects 12 percent more orders. ' +
	'The app has 90 million users, most of them in the north. Daxdell sells tools and lamps in 14 countries.';

/** Places articles an hour apart, each by another publisher unless it says so. */
function placed(...articles: { title?: string; text?: string; publisher?: string; hour?: number }[]) {
	const stories = new Stories(MATCHER);
	return articles.map(({ title = '', text = '', publisher, hour }, n) =>
		stories.add({
			id: `a${n}`,
			title,
			text,
			publisher: publisher ?? `Paper ${n}`,
			publishedAt: START + (hour ?? n) * HOUR
		})
	);
}

describe('copies', () => {
	it('of one report, fifty of them, are one source in one story', () => {
		const copies = Array.from({ length: 50 }, (_, n) => ({
			title: `Headline of our own ${n}`,
			text: `HARWICK, staff report - ${REPORT} Subscribe to Paper ${n}.`
		}));
		const all = placed({ title: 'Velteno opens app', text: REPORT }, ...copies);
		expect(new Set(all.slice(1).map(({ copyOf }) => copyOf))).toEqual(new Set(['a0']));
		expect(all.at(-1)).toMatchObject({ story: 'a0', first: false, independentSources: 1 });
	});

	it('are seen where a text was cut, and where the whole follows a cut one', () => {
		const cut = REPORT.slice(0, 240);
		expect(placed({ text: REPORT }, { text: cut })[1]?.copyOf).toBe('a0');
		expect(placed({ text: cut }, { text: REPORT })[1]?.copyOf).toBe('a0');
	});

	it('are seen in Chinese', () => {
		const text =
			'云途科技将在应用内为海购商城开设购物入口，交易金额341万元，双方在南屏宣布。分析师认为，此举将为中小商家带来新的客流。';
		expect(placed({ text }, { text: `南屏电 ${text}` })[1]?.copyOf).toBe('a0');
	});

	it('are not texts that fill a template with other figures', () => {
		const note = (figures: number[]) =>
			figures
				.map((n) => `Rates on the lane stood at ${n} dollars a box, with ${n + 37} sailings booked.`)
				.join(' ');
		const [, second] = placed(
			{ text: note([1200, 3411, 5120]), publisher: 'Desk' },
			{ text: note([1307, 2218, 6093]), publisher: 'Desk' }
		);
		expect(second?.copyOf).toBeNull();
	});

	it('are not reports that quote a sentence', () => {
		const own =
			'Shoppers at Daxdell will find it in another place from May. "Merchants hope that it brings them buyers before the holidays." ' +
			'Our reporter tried the door and found nine lamps, three of them sold out. Returns go by post. Nobody answered our calls.';
		expect(placed({ text: REPORT }, { text: own })[1]?.copyOf).toBeNull();
	});

	it('are not looked for beyond 72 hours', () => {
		expect(placed({ text: REPORT }, { text: REPORT, hour: 71 })[1]?.copyOf).toBe('a0');
		expect(placed({ text: REPORT }, { text: REPORT, hour: 73 })[1]).toMatchObject({
			story: 'a1',
			copyOf: null,
			first: true
		});
	});
});

describe('stories', () => {
	it('take in reports in other words, and leave out what shares a company alone', () => {
		const [, same, other] = placed(
			{ title: 'Samsung to Make Tesla AI Chips in $16.5 Billion Multiyear Deal' },
			{ title: 'Musk says Tesla, Samsung sign $16.5bn chip supply deal' },
			{ title: 'Samsung galaxy phones get a brighter camera this autumn' }
		);
		expect(same).toEqual({ story: 'a0', copyOf: null, first: false, independentSources: 2 });
		expect(other).toMatchObject({ story: 'a2', first: true, independentSources: 1 });
	});

	it('meet across languages in the same organisations and the same amount', () => {
		const english = { title: 'Tencent to invest $2 billion in JD.com' };
		expect(placed(english, { title: '腾讯拟向京东投资20亿美元' })[1]).toMatchObject({
			story: 'a0',
			independentSources: 2
		});
		expect(placed(english, { title: '腾讯向京东出售35亿美元的股份' })[1]?.story).toBe('a1');
	});

	it('count no source for a retelling that names the one it rests on', () => {
		const title = 'Velteno opens app to Daxdell';
		const retold = (source: string) => ({
			title,
			text: `Velteno is to give Daxdell a place in its app for 413 million, ${source} reported. We have not seen the contract.`
		});
		const all = placed({ title, text: REPORT, publisher: 'Harwick Wire' }, retold('Harwick Wire'));
		expect(all[1]).toEqual({ story: 'a0', copyOf: null, first: false, independentSources: 1 });
		const before = placed(retold('Reuters'), { title, text: REPORT, publisher: 'Reuters' });
		expect(before[1]).toMatchObject({ story: 'a0', independentSources: 1 });
	});

	it('go on at the same place whatever was published before the window', () => {
		const late = [
			{ title: 'Velteno opens app to Daxdell', hour: 5000 },
			{ title: 'Velteno app opens to Daxdell', hour: 5001 }
		];
		const [, alone] = placed(...late);
		const after = placed({ title: 'Daxdell sold to Velteno' }, ...late);
		expect(alone?.story).toBe('a0');
		expect(after.map(({ story }) => story)).toEqual(['a0', 'a1', 'a1']);
	});

	it('take articles without a word each as a story', () => {
		expect(placed({}, {}).map(({ story }) => story)).toEqual(['a0', 'a1']);
	});
});

it('whatever comes: a story opens once, with its first report; copies repeat an earlier text of their story', () => {
	const word = fc.constantFrom(
		'Tencent',
		'JD.com',
		'opens',
		'door',
		'shoppers',
		'京东',
		'20亿',
		'$2 billion',
		'.'
	);
	const words = (maxLength: number) => fc.array(word, { maxLength }).map((list) => list.join(' '));
	const article = fc.record({ title: words(6), text: words(30), hour: fc.integer({ min: 0, max: 400 }) });
	fc.assert(
		fc.property(fc.array(article, { maxLength: 25 }), (articles) => {
			const storyOf = new Map<string, string>();
			const counts = new Map<string, number>();
			placed(...articles).forEach(({ story, copyOf, first, independentSources }, n) => {
				expect(first).toBe(!counts.has(story));
				expect(story === `a${n}`).toBe(first);
				if (copyOf !== null) expect(storyOf.get(copyOf)).toBe(story);
				expect(independentSources).toBeGreaterThanOrEqual(counts.get(story) ?? 1);
				storyOf.set(`a${n}`, story);
				counts.set(story, independentSources);
			});
		}),
		{ numRuns: 40, seed: 6 }
	);
});

it('amounts are the same however they are written; years and single digits are none', () => {
	expect(amounts('$16.5 billion, 16.5bn and 165亿 in 2025, 3 times')).toEqual([
		'#16500000000',
		'#16500000000',
		'#16500000000'
	]);
	expect(amounts('1,200 dollars, 38 percent')).toEqual(['#1200', '#38']);
});
