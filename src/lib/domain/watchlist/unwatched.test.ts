import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from './matcher.ts';
import { UnwatchedNames, type Unwatched } from './unwatched.ts';
import { organisationSchema } from './watchlist.ts';

const organisations = [
	{ id: 'harbor', name: 'Harbor', aliases: ['港湾'], ambiguous: ['HB'], people: [{ name: 'Ann Reed', aliases: ['安瑞'] }] },
	{ id: 'lantern', name: 'Lantern', aliases: ['灯笼'], decoys: ['Lantern Festival', '灯笼科技'] }
].map((one) => organisationSchema.parse(one)); // prettier-ignore

type Piece = { title?: string; text?: string; publisher?: string; day?: number };
function found(...pieces: (string | Piece)[]): Unwatched[] {
	const articles = pieces.map((piece, i) => {
		const { title = '', text = '', publisher = `Paper ${i}`, day = i } = typeof piece === 'string' ? { title: piece } : piece;
		return { id: String(i), title, text, publisher, publishedAt: `2026-11-${String(day + 1).padStart(2, '0')}T00:00:00.000Z` };
	});
	const names = new UnwatchedNames(organisations);
	for (const article of articles) names.count(article);
	for (const article of articles) names.read(article);
	return names.names();
} // prettier-ignore
const namesIn = (...pieces: (string | Piece)[]) => found(...pieces).map(({ name }) => name);

describe('a name that nobody watches', () => {
	test('is no surname of somebody that the news has in full elsewhere, unless it ends as companies do', () => {
		const deal = 'Harbor signs a three-year deal with Quillworth to ship its parcels';
		expect(namesIn(deal)).toEqual(['Quillworth']);
		expect(namesIn(deal, 'On Monday the singer Joan Quillworth sang')).toEqual([]);
		expect(namesIn(deal, 'On Monday the market Joan Quillworth Foods shut')).toEqual(['Quillworth']);
		expect(namesIn(deal, 'On Monday Joan Reed’s Quillworth shut')).toEqual(['Quillworth']);
		expect(namesIn('Harbor signs a deal with Taylor Farms for lettuce')).toEqual(['Taylor Farms']);
	});

	test.each([
		['Harbor signs a three-year deal with Xyzal to ship its parcels', ['Xyzal']],
		['Harbor agreed on terms with Orchard Lane, two people said', ['Orchard Lane']],
		['Harbor to form joint venture with Boyu Capital and Norsk Pay', ['Boyu Capital', 'Norsk Pay']],
		['Harbor expands its partnership with chip designer Quillworks', ['Quillworks']],
		['Harbor signs $9.7 billion contract with Australia’s Irenia', ['Irenia']],
		['The rivals said that Quillworks and Harbor partner on delivery', ['Quillworks']],
		['Yesterday OpenQuill signed a contract worth millions with Harbor', ['OpenQuill']],
		['Talks between Harbor and Quillworks go on, people said', ['Quillworks']],
		['Harbor offers to acquire Quill Park for $2 billion in cash', ['Quill Park']],
		['A court says that xQuill sues Harbor over its parcels', ['xQuill']],
		['港湾与羽坊达成战略合作', ['羽坊']],
		['羽坊宣布与港湾停止合作', ['羽坊']],
		['根据羽坊与港湾的合作规划，双方将开店', ['羽坊']],
		['港湾拟收购游戏手机厂商黑帆科技', ['黑帆科技']],
		['港湾宣布收购Quillcity股权', ['Quillcity']],
		['港湾和OPQR签订专利许可协议', ['OPQR']],
		['港湾近日与蓝桥物流、青石银行签署协议', ['蓝桥物流', '青石银行']],
		['继羽坊之后，青石集团与港湾签约', ['青石集团']]
	])('is found at the other end: %s', (title, names) => {
		expect(namesIn(title).sort()).toEqual([...names].sort());
	});

	test.each([
		'Harbor signs a deal with the government in Norway',
		'Harbor signs a deal with Norway',
		'Harbor signs a deal with Trump over tariffs',
		'Harbor signs a deal with Peter Quill',
		'Harbor announced a collaboration with Yasumi Quillworth to develop two games',
		'港湾与演员羽坊达成合作',
		'港湾与莱昂纳多·羽坊签约',
		'港湾与欧阳羽坊达成合作',
		'港湾与常州羽坊区签署协议',
		'港湾与黄羽云达成合作',
		'港湾与乌干达签署协议',
		'港湾与管理层达成协议',
		'Harbor signs a deal with Lantern',
		'Harbor signs a deal with Ann Reed',
		'Harbor signs a deal with HB',
		'Harbor has a deal with guests of the Lantern Festival',
		'Harbor fixes Quillworks bug',
		'Harbor teams say that Lantern Air is out with Lantern Pay',
		'Best prices: Harbor sells the Quill Watch 8 with a discount',
		'Quillworks signs a deal with Orchard Lane',
		'Harbor Signs Massive Deal With Major Retailer',
		'港湾与政府达成合作',
		'港湾与多家公司达成合作',
		'港湾与灯笼科技达成合作',
		'港湾终止与张哲瀚合作',
		'港湾起诉恶意抹黑的短视频作者',
		'港湾的收购计划遇阻，双方还在谈判',
		'港湾与航空公司谈判',
		'港湾上涨，羽坊集团下跌',
		'羽坊与青石集团达成合作'
	])('is not what is no organisation, is watched, or stands apart: %s', (title) => {
		expect(namesIn(title)).toEqual([]);
	});

	test('is told from words of a headline in title case by how the news writes them elsewhere', () => {
		const headline = 'Harbor Signs Massive Deal With Quillworks Amid Store Boom';
		expect(namesIn(headline)).toEqual([]);
		expect(namesIn(headline, { text: 'Parcels of the young company Quillworks are late.' })).toEqual(['Quillworks']);
		expect(namesIn('Harbor Signs Deal With Orchard Lane Today', { text: 'It rains on Orchard Lane again.' })).toEqual(['Orchard Lane']);
	}); // prettier-ignore

	test('counts articles, and of those who print one sentence word for word only the first', () => {
		const copy = 'Harbor signs a deal with Quillworks to ship parcels';
		const [name] = found(
			{ title: copy, publisher: 'Wire', day: 3 },
			{ title: copy, publisher: 'Copy One', day: 4 },
			{ title: copy, publisher: 'Copy Two', day: 5 },
			{ title: 'Sources: talks between Harbor and Quillworks, and of Lantern', publisher: 'Second Look', day: 1 }
		);
		expect(name).toMatchObject({ name: 'Quillworks', articles: 4, publishers: 2, beside: ['harbor', 'lantern'] });
		expect(name?.sample).toMatchObject({ article: '2', publisher: 'Copy Two', publishedAt: '2026-11-06T00:00:00.000Z' });
	}); // prettier-ignore

	test('is the longer one where the news has it in full', () => {
		expect(namesIn('Harbor signs a deal with Boyu', 'Harbor signs a deal with Boyu Capital')).toEqual(['Boyu Capital']);
	}); // prettier-ignore

	test('has its newest sentence as evidence, cut around it where that is long', () => {
		const far = `${'and so on, '.repeat(60)}Harbor signs a deal with Quillworks ${'and so on, '.repeat(60)}`;
		const [{ sample } = expect.fail()] = found({ text: far });
		expect(sample.text.length).toBeLessThanOrEqual(240);
		expect(sample.text.slice(sample.start, sample.end)).toBe('Quillworks');
	});
});

test('a suggestion is never a name that the matcher knows, and always a slice of what was read', () => {
	const words = fc.constantFrom(
		'Harbor', '港湾', 'HB', 'Ann Reed', 'Lantern', 'Lantern Festival', '灯笼科技', 'Quillworks', 'Orchard Lane', '羽坊', '青石集团', 'signs', 'a', 'deal',
		'with', 'and', 'between', 'sues', 'to buy', 'partner', '与', '和', '达成', '合作', '收购', '、', ', ', '. ', '。', '\n', '’s', '-', '(', 'chip designer', 'xAI'
	); // prettier-ignore
	const texts = fc.array(fc.tuple(words, fc.constantFrom(' ', '')), { maxLength: 24 }).map((parts) => parts.map((pair) => pair.join('')).join('')); // prettier-ignore
	const everything = compile({
		organisations: organisations.map((one) => ({ ...one, aliases: [...one.aliases, ...one.ambiguous, ...one.decoys, ...one.people.flatMap(({ name, aliases }) => [name, ...aliases])], ambiguous: [], decoys: [], people: [] }))
	}); // prettier-ignore
	fc.assert(
		fc.property(texts, texts, (title, text) => {
			for (const { name, sample } of found({ title, text })) {
				expect(everything.mentions(name)).toEqual([]);
				expect(sample.text.slice(sample.start, sample.end)).toBe(name);
				expect(`${title}\n${text}`).toContain(sample.text);
			}
		})
	);
});
