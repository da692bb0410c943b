import { describe, expect, it } from 'vitest';
import {
	familyOf,
	hasOwnSource,
	inOrderOfReport,
	namedSources,
	ownerOf,
	publisherKey,
	rootOf
} from './origin.ts';

const named = (title: string, text = '', known: string[] = []) =>
	namedSources(title, text, (key) => known.includes(key));

describe('the source that a report names', () => {
	it.each([
		['Apple in talks to use Gemini, Bloomberg News reports', 'bloomberg'],
		['Oracle consortium to control TikTok, WSJ reports', 'wall street journal'],
		['Apple seeks deal, according to the Financial Times', 'financial times'],
		['腾讯拟入股京东 据路透社报道', 'reuters'],
		['援引彭博社消息，阿里巴巴将出售股份', 'bloomberg'],
		['据临江通讯社报道，云途科技拟设立入口', '临江通讯社'],
		['Second Look could not confirm the Harwick Wire report', 'harwick wire'],
		['本报无法独立核实临江通讯社的报道', '临江通讯社']
	])('is read of “%s”', (title, source) => {
		expect(named(title)).toContain(source);
	});

	it('is read of the first lines and of the dateline', () => {
		expect(named('Deal', 'It will pay 413 million, Harwick Wire reported. More follows.')).toEqual([
			'harwick wire'
		]);
		expect(named('Deal', 'HARWICK, March 3 (Reuters) - It will pay.')).toEqual(['reuters']);
	});

	it('is cut where its sentence ends', () => {
		expect(named('Deal', 'It was first published by Harwick Wire. They asked not to be named.')).toEqual([
			'harwick wire'
		]);
		expect(named('Deal', 'According to U.S. News, it will open.')).toEqual(['u.s.']);
	});

	it('is no company that reports its figures', () => {
		expect(named('Tesla reported 25 billion in revenue', 'According to Tesla, sales rose.')).toEqual([]);
	});

	it('may be any name that is known for a publisher', () => {
		expect(named('It will open, Second Look reported', '', ['second look'])).toEqual(['second look']);
	});
});

describe('a report that has something of its own', () => {
	it.each([
		['A term sheet seen by The Ledger Line sets it out.', 'The Ledger Line 账线'],
		['A person told Reuters that terms are agreed.', 'Reuters'],
		['《临江日报》记者独家获悉，双方已签约。', '临江日报'],
		['A draft was reviewed by C++ Weekly (Asia).', 'C++ Weekly (Asia)'],
		['It was obtained by the Harwick Sun-Times.', 'Harwick Sun-Times'],
		['A person who was not authorised to comment told Reuters that terms are agreed.', 'Reuters'],
		['Somebody told Reuters that terms are agreed, and JD.com declined to comment.', 'Reuters'],
		['Papers that are not public and were seen by Reuters set it out.', 'Reuters'],
		['记者采访了三位知情人士，他们称双方已签约，京东未予置评。', '临江日报']
	])('says so: “%s”', (text, publisher) => {
		expect(hasOwnSource('Deal', text, publisher)).toBe(true);
	});

	it.each([
		['A term sheet seen by Tidewire sets it out.', 'The Ledger Line'],
		['A person told Reuters Plus-Minus nothing.', 'Reuters Plus'],
		['据路透社报道，双方已签约。', '临江日报'],
		['Nobody was told.', ''],
		['The report could not be independently verified by Second Look.', 'Second Look'],
		['The filing has not yet been seen by Second Look.', 'The Second Look'],
		['Its details weren’t immediately verified by Second Look.', 'Second Look'],
		['A spokesperson told Second Look that it could not confirm the report.', 'Second Look'],
		['JD.com told Second Look on Monday it does not comment on rumours.', 'Second Look'],
		['Second Look could not independently confirm the report.', 'Second Look'],
		['本报记者未能独立核实这一消息。', '临江日报'],
		['记者采访双方，均未获回应。', '临江日报'],
		['本报采访了京东，截至发稿，对方未予置评。', '临江日报']
	])('is not one that has somebody else’s: “%s”', (text, publisher) => {
		expect(hasOwnSource('Deal', text, publisher)).toBe(false);
	});
});

it('publishers have one key under all their names', () => {
	for (const name of ['Bloomberg', 'Bloomberg.com', 'Bloomberg News', '彭博社'])
		expect(publisherKey(name)).toBe('bloomberg');
	expect(publisherKey('The Wall Street Journal')).toBe(publisherKey('WSJ'));
	expect(publisherKey('AP News')).toBe(publisherKey('AP'));
});

describe('publishers of one owner', () => {
	it('are one house, by any of their names', () => {
		expect(ownerOf('MarketWatch')).toBe('News Corp');
		expect(familyOf("Barron's")).toBe(familyOf('WSJ'));
		expect(familyOf('澎湃新闻')).toBe(familyOf('界面新闻'));
		expect(familyOf('CBS News')).not.toBe(familyOf('NBC News'));
	});

	it('are a house by themselves where nobody knows their owner', () => {
		expect(ownerOf('Harwick Wire')).toBeNull();
		expect(familyOf('The Harwick Wire')).toBe('harwick wire');
	});
});

describe('what a report rests on', () => {
	const root = (title: string, publisher: string, roots: string[] = []) =>
		rootOf({ title, text: '', publisher }, new Set(roots));

	it('is its own house, or the source that it names', () => {
		expect(root('Velteno opens app', 'Harwick Wire')).toBe('harwick wire');
		expect(root('Velteno opens app, Reuters reports', 'Harwick Post')).toBe(familyOf('Reuters'));
	});

	it('is nobody else where a paper names a sister of its house', () => {
		expect(root('Velteno opens app, WSJ reports', 'MarketWatch')).toBe(familyOf('MarketWatch'));
	});

	it('is, of several named, the one that the story already rests on', () => {
		const title = 'Velteno opens app, Reuters reports, citing Harwick Wire';
		expect(root(title, 'Second Look', ['harwick wire'])).toBe('harwick wire');
	});
});

describe('the order of reports', () => {
	const HOUR = 3_600_000;

	it('goes by when an article was first seen', () => {
		const [late, early] = [{ publishedAt: 5 * HOUR }, { publishedAt: 6 * HOUR, observedAt: 4 * HOUR }];
		expect(inOrderOfReport([late, early]).map(({ article }) => article)).toEqual([early, late]);
	});

	it('never has a back-dated article first, and tells it', () => {
		const honest = { publishedAt: 1000 * HOUR, observedAt: 1001 * HOUR };
		const backDated = { publishedAt: 100 * HOUR, observedAt: 1010 * HOUR };
		expect(inOrderOfReport([backDated, honest])).toEqual([
			{ article: honest, backDated: false },
			{ article: backDated, backDated: true }
		]);
	});

	it('trusts a feed that is read late', () => {
		const early = { publishedAt: 990 * HOUR, observedAt: 1010 * HOUR };
		const other = { publishedAt: 1000 * HOUR, observedAt: 1001 * HOUR };
		expect(inOrderOfReport([other, early])[0]).toEqual({ article: early, backDated: false });
	});
});
