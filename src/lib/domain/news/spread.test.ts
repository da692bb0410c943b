import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadOf, type SpreadArticle } from './spread.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-16T06:00:00Z');
/** `hour`: after the start of the story. */
const article = (id: string, hour: number, more: Partial<SpreadArticle> = {}): SpreadArticle => ({
	id,
	title: 'Terms are agreed',
	text: 'The two have agreed terms.',
	publisher: `${id} Daily`,
	publishedAt: START + hour * HOUR,
	copyOf: null,
	...more
});
const brief = (articles: readonly SpreadArticle[], family?: (publisher: string) => string) =>
	spreadOf(articles, family).roots.map(({ report, rest }) => [
		`${report.article.id} ${report.kind}`,
		...rest.map(({ article, kind, from }) => `${article.id} ${kind} ${from ?? ''}`)
	]);

describe('the roots of a story', () => {
	it('are one for fifty copies of one report', () => {
		const copies = Array.from({ length: 50 }, (_, i) => article(`c${i}`, i + 1, { copyOf: 'a' }));
		const { roots, copies: counted, half } = spreadOf([article('a', 0), ...copies]);
		expect(roots).toHaveLength(1);
		expect(counted).toBe(50);
		expect(half).toBe(25 * HOUR);
		expect(roots[0]).toMatchObject({
			copies: 50,
			last: START + 50 * HOUR,
			report: { kind: 'first', from: null }
		});
	});

	it('are reports of their own, and a retelling that names its source is none', () => {
		expect(
			brief([
				article('Tide', 0, { publisher: 'Tidewire 潮讯' }),
				article('Bell', 8),
				article('late', 9, { text: 'Tidewire reported that terms are agreed. Shares rose.' }),
				article('zh', 10, { text: '据潮讯报道，双方已达成一致。' })
			])
		).toEqual([['Tide first', 'late names Tide', 'zh names Tide'], ['Bell independent']]);
	});

	it('are not more for a retelling that says that it could not confirm what it retells', () => {
		const texts = [
			'Tidewire reported it. The report could not be independently verified by en Daily.',
			'Tidewire reported it, citing a person. JD.com told en Daily that it would not comment.',
			'据潮讯报道，双方已达成一致。记者采访双方，均未获回应。'
		];
		const retold = texts.map((text, i) => article('en', 5 + i, { id: `${i}`, text }));
		const { roots } = spreadOf([article('Tide', 0, { publisher: 'Tidewire 潮讯' }), ...retold]);
		expect(roots).toHaveLength(1);
		expect(roots[0]?.rest.map(({ kind }) => kind)).toEqual(['names', 'names', 'names']);
	});

	it('are not fewer for a report that names another and has something of its own; the link is told', () => {
		const own = article('Ledger', 5, {
			publisher: 'The Ledger Line',
			text: 'Tide Daily reported it. A term sheet seen by The Ledger Line has the day.'
		});
		const { roots } = spreadOf([article('Tide', 0), own]);
		expect(roots.map(({ report: { kind, from, says } }) => [kind, from, says])).toEqual([
			['first', null, null],
			['independent', 'Tide', 'Tide Daily']
		]);
	});

	it('are one for the outlets of one owner, and one for an outside source that several name', () => {
		const family = (publisher: string) => publisher.replace(/^Salt .*/, 'Saltmarket');
		expect(
			brief([article('a', 0, { publisher: 'Salt One' }), article('b', 1, { publisher: 'Salt Two' })], family)
		).toEqual([['a first', 'b again a']]);
		expect(
			brief([
				article('a', 0, { text: 'Terms are agreed, Reuters reported.' }),
				article('b', 1, { text: 'Reuters reports that the two have agreed.' })
			])
		).toEqual([['a first', 'b names a']]);
	});

	it('follow a chain of names to its end, and stand where two name each other', () => {
		const chain = [
			article('one', 0, { publisher: 'One Wire' }),
			article('two', 1, { publisher: 'Two Wire', text: 'One Wire reported it.' }),
			article('three', 2, { publisher: 'Three Wire', text: 'Two Wire reported it.' })
		];
		expect(brief(chain)).toEqual([['one first', 'two names one', 'three names two']]);
		const circle = chain
			.slice(1)
			.map((one) => (one.id === 'two' ? { ...one, text: 'Three Wire reported it.' } : one));
		expect(spreadOf(circle).roots.length).toBeGreaterThan(0);
	});

	it('have for their head who names nobody else that has the same text, even where a feed brought a copy first', () => {
		expect(
			brief([
				article('copy', 0, { text: 'Tide Daily reported: the two have agreed terms.' }),
				article('Tide', 1, { copyOf: 'copy' }),
				article('quiet', 2, { copyOf: 'copy' })
			])
		).toEqual([['Tide first', 'copy names Tide', 'quiet words Tide']]);
	});
});

describe('a back-dated article', () => {
	it('is never first, and stands where it was seen', () => {
		const seen = (hour: number) => ({ observedAt: START + hour * HOUR });
		const { roots } = spreadOf([
			article('old', -100, { ...seen(12), copyOf: 'true' }),
			article('true', 0, seen(0.1)),
			article('copy', 2, { ...seen(2.1), copyOf: 'true' })
		]);
		expect(roots[0]?.report.article.id).toBe('true');
		expect(
			roots[0]?.rest.map(({ article, at, backDated }) => [article.id, (at - START) / HOUR, backDated])
		).toEqual([
			['copy', 2, false],
			['old', 12, true]
		]);
	});
});

describe('whatever the articles', () => {
	const articles = fc
		.array(
			fc.record({
				hour: fc.integer({ min: 0, max: 200 }),
				publisher: fc.constantFrom('One Wire', 'Two Wire', 'Three 三报', 'Four', ''),
				names: fc.constantFrom(
					'',
					'One Wire reported it. ',
					'据三报报道，',
					'Reuters reports: ',
					'Four said. '
				),
				copy: fc.option(fc.nat(20), { nil: null })
			}),
			{ minLength: 1, maxLength: 20 }
		)
		.map((all) =>
			all.map(({ hour, publisher, names, copy }, i) =>
				article(String(i), hour, {
					publisher,
					text: `${names}Terms.`,
					copyOf: copy === null ? null : String(copy)
				})
			)
		);

	it('each has one place, the first root is the first, and nobody is taken from itself or from nowhere', () => {
		fc.assert(
			fc.property(articles, (all) => {
				const { roots, copies } = spreadOf(all);
				const placed = roots.flatMap(({ report, rest }) => [report, ...rest]);
				expect(placed.map(({ article }) => article.id).sort()).toEqual(all.map(({ id }) => id).sort());
				expect(roots.filter(({ report }) => report.kind === 'first')).toHaveLength(1);
				expect(roots[0]?.report.kind).toBe('first');
				expect(copies).toBe(placed.filter(({ copy }) => copy).length);
				const ids = new Set(all.map(({ id }) => id));
				for (const { article, from } of placed) {
					expect(from).not.toBe(article.id);
					if (from !== null) expect(ids.has(from)).toBe(true);
				}
				for (const { rest } of roots)
					for (const { kind, from } of rest) expect([kind, from === null]).not.toContain(true);
			})
		);
	});

	it('their order does not matter', () => {
		fc.assert(
			fc.property(articles, fc.infiniteStream(fc.nat()), (all, keys) => {
				const distinct = all.map((one, i) => ({ ...one, publishedAt: one.publishedAt + i }));
				const shuffled = distinct
					.map((one) => ({ one, key: keys.next().value ?? 0 }))
					.sort((a, b) => a.key - b.key)
					.map(({ one }) => one);
				expect(brief(shuffled)).toEqual(brief(distinct));
			})
		);
	});
});
