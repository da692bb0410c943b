import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../watchlist/matcher.ts';
import { starter } from '../watchlist/starter.ts';
import { languageOf } from './language.ts';
import { DAY, dayOf, daysAround, Stories, WINDOW, type Article } from './stories.ts';
import { amounts, organisationsIn } from './terms.ts';

const MATCHER = compile(starter);
const HOUR = 3_600_000;
const START = Date.UTC(2025, 2, 1);
const REPORT =
	'Velteno will open a shopping door for Daxdell inside its app, a deal worth 413 million, the companies said in Harwick. ' +
	'Merchants hope that it brings them buyers before the holidays. An analyst, Ann Hale, expects 12 percent more orders. ' +
	'The app has 90 million users, most of them in the north. Daxdell sells tools and lamps in 14 countries.';

interface Told {
	title?: string;
	text?: string;
	hour?: number;
}
const article = ({ title = '', text = '', hour }: Told, n: number): Article => ({
	id: `a${n}`,
	title,
	text,
	language: languageOf(`${title}\n${text}`),
	organisations: organisationsIn(MATCHER, title, text),
	publishedAt: START + (hour ?? n) * HOUR
});

/** Places articles an hour apart unless they say when. */
function placed(...articles: Told[]) {
	const stories = new Stories();
	return articles.map((told, n) => stories.place(article(told, n)));
}

describe('copies', () => {
	it('of one report, fifty of them, are one source in one story', () => {
		const copies = Array.from({ length: 50 }, (_, n) => ({
			title: `Headline of our own ${n}`,
			text: `HARWICK, staff report - ${REPORT} Subscribe to Paper ${n}.`
		}));
		const all = placed({ title: 'Velteno opens app', text: REPORT }, ...copies);
		expect(new Set(all.slice(1).map(({ copyOf }) => copyOf))).toEqual(new Set(['a0']));
		expect(all.at(-1)?.story).toBe('a0');
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
		const [, second] = placed({ text: note([1200, 3411, 5120]) }, { text: note([1307, 2218, 6093]) });
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
		expect(placed({ text: REPORT }, { text: REPORT, hour: 73 })[1]).toEqual({ story: 'a1', copyOf: null });
	});
});

describe('stories', () => {
	it('take in reports in other words, and leave out what shares a company alone', () => {
		const [, same, other] = placed(
			{ title: 'Samsung to Make Tesla AI Chips in $16.5 Billion Multiyear Deal' },
			{ title: 'Musk says Tesla, Samsung sign $16.5bn chip supply deal' },
			{ title: 'Samsung galaxy phones get a brighter camera this autumn' }
		);
		expect(same).toEqual({ story: 'a0', copyOf: null });
		expect(other).toEqual({ story: 'a2', copyOf: null });
	});

	it('meet across languages in the same organisations and the same amount', () => {
		const english = { title: 'Tencent to invest $2 billion in JD.com' };
		expect(placed(english, { title: '腾讯拟向京东投资20亿美元' })[1]?.story).toBe('a0');
		expect(placed(english, { title: '腾讯向京东出售35亿美元的股份' })[1]?.story).toBe('a1');
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

describe('out of order', () => {
	const title = 'Velteno opens app to Daxdell';

	it('an article that comes late joins the story of its time, which keeps its name', () => {
		const now = Array.from({ length: 10 }, (_, n) => ({
			title: `Lamp makers meet in hall ${n}`,
			hour: 80 + n
		}));
		const all = placed({ title, hour: 12 }, ...now, {
			title: 'Daxdell gets the Velteno app opened',
			hour: 10
		});
		expect(all.at(-1)?.story).toBe('a0');
	});

	it('history is told by its own time, not by that of its import', () => {
		const years = 20_000;
		const all = placed(
			{ title, hour: years },
			{ title, hour: 0 },
			{ title: 'Velteno app opens to Daxdell', hour: 1 }
		);
		expect(all.map(({ story }) => story)).toEqual(['a0', 'a1', 'a1']);
	});

	it('a copy may come before what it repeats was seen', () => {
		expect(placed({ text: REPORT, hour: 9 }, { text: REPORT, hour: 2 })[1]).toEqual({
			story: 'a0',
			copyOf: 'a0'
		});
	});

	it('the same address with more words repeats nobody', () => {
		const stories = new Stories();
		stories.place(article({ text: REPORT }, 0));
		expect(stories.place({ ...article({ text: `${REPORT} More follows.` }, 1), id: 'a0' })).toEqual({
			story: 'a0',
			copyOf: null
		});
	});
});

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
/** A stream whose articles come up to two days late, as feeds have them, over some weeks. */
const stream = fc
	.array(
		fc.record({ title: words(6), text: words(30), hour: fc.integer({ min: 0, max: 500 }), late: fc.integer({ min: 0, max: 48 }) }),
		{ maxLength: 25 }
	)
	.map((list) => list.sort((a, b) => a.hour + a.late - b.hour - b.late).map(article)); // prettier-ignore
const RUNS = { numRuns: 200 };

it('whatever comes: a story is named after its first article, copies repeat an earlier text of their story', () => {
	fc.assert(
		fc.property(stream, (articles) => {
			const stories = new Stories();
			const storyOf = new Map<string, string>();
			for (const told of articles) {
				const { story, copyOf } = stories.place(told);
				expect(story === told.id).toBe(![...storyOf.values()].includes(story));
				if (copyOf !== null) expect(storyOf.get(copyOf)).toBe(story);
				storyOf.set(told.id, story);
			}
		}),
		RUNS
	);
});

describe('what was forgotten and restored', () => {
	/** Places articles, with a memory that keeps only the days that the article in hand looks at and reads the others again. */
	function withRestarts(articles: readonly Article[], restarts: ReadonlySet<number>) {
		const stored = new Map<string, { told: Article; story: string; copyOf: string | null }>();
		let stories = new Stories();
		let loaded = new Set<number>();
		return articles.map((told, n) => {
			if (restarts.has(n)) [stories, loaded] = [new Stories(), new Set()];
			const wanted = daysAround(told.publishedAt);
			for (const day of loaded) if (!wanted.includes(day) && loaded.delete(day)) stories.forget(day);
			for (const { told: of, story, copyOf } of [...stored.values()].reverse()) {
				const day = dayOf(of.publishedAt);
				if (copyOf !== null || !wanted.includes(day) || loaded.has(day)) continue;
				const copies = [...stored.values()].filter((other) => other.copyOf === of.id);
				stories.restore(of, story, Math.max(0, ...copies.map((copy) => copy.told.publishedAt)));
			}
			loaded = new Set(wanted);
			const place = stories.place(told);
			stored.set(told.id, { told, ...place });
			return place;
		});
	}

	it('places every later article as if nothing had happened, wherever the stream is cut', () => {
		fc.assert(
			fc.property(stream, fc.array(fc.nat(24), { maxLength: 3 }), (articles, cuts) => {
				const uncut = new Stories();
				expect(withRestarts(articles, new Set(cuts))).toEqual(articles.map((told) => uncut.place(told)));
			}),
			RUNS
		);
	});

	it('is as lively as its last copy', () => {
		const [report, copy] = [
			{ title: 'Velteno opens app to Daxdell', text: REPORT },
			{ text: REPORT, hour: 60 }
		];
		const title = 'Shopping door for Daxdell opens inside the Velteno app, merchants hope for buyers';
		const follows = article({ title, hour: 71 }, 2);
		const live = new Stories();
		live.place(article(report, 0));
		expect(live.place(follows).story).toBe('a2');
		for (const day of live.days()) live.forget(day);
		live.place(article(report, 0));
		live.place(article(copy, 1));
		expect(live.place(follows).story).toBe('a0');
		const restored = new Stories();
		restored.restore(article(report, 0), 'a0', START + 60 * HOUR);
		expect(restored.place(follows).story).toBe('a0');
	});

	it('is gone while it is forgotten', () => {
		const stories = new Stories();
		for (let n = 0; n < 20; n++) stories.place(article({ title: `Velteno opens door ${n}`, text: `${REPORT} ${n}`, hour: 90 * n }, n));
		expect(stories.size).toBe(20);
		for (const day of stories.days()) stories.forget(day);
		expect(stories.size).toBe(0);
		expect(stories.place(article({ text: REPORT, hour: 90 }, 21))).toEqual({ story: 'a21', copyOf: null });
	}); // prettier-ignore
});

it('days around an instant are those of the window on both sides, and those that tell how common a term is', () => {
	expect(daysAround(10 * DAY)).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
	expect(daysAround(10 * DAY).at(-1)).toBe(dayOf(10 * DAY + WINDOW));
});

it('amounts are the same however they are written; years and single digits are none', () => {
	expect(amounts('$16.5 billion, 16.5bn and 165亿 in 2025, 3 times')).toEqual([
		'#16500000000',
		'#16500000000',
		'#16500000000'
	]);
	expect(amounts('1,200 dollars, 38 percent')).toEqual(['#1200', '#38']);
});
