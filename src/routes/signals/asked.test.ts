import { expect, test } from 'vitest';
import { askedFor, cursor, filterOf, isFiltered } from './asked.ts';

const asked = (query: string) => askedFor(new URLSearchParams(query));
const judged = { right: ['1'], wrong: ['2'] };

test('nothing asked for is everything that counts', () => {
	expect(isFiltered(asked(''))).toBe(false);
	expect(isFiltered(asked('by=type'))).toBe(false);
	expect(filterOf(asked(''), judged)).toEqual({ least: 0.5 });
});

test('what is asked for becomes a filter, days with both ends', () => {
	expect(
		filterOf(
			asked(
				'pair=harbor+lantern&type=denial&reliability=B&certainty=0.8&verdict=wrong&kind=news&source=Daily&from=2026-11-01&to=2026-11-02'
			),
			judged
		)
	).toEqual({
		pairs: [['harbor', 'lantern']], types: ['denial'], reliability: ['A', 'B'], least: 0.8, among: ['2'], kind: 'news', sources: ['Daily'],
		from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T23:59:59.999Z'
	}); // prettier-ignore
	expect(filterOf(asked('pair=harbor+lantern,harbor+plumb'), judged).pairs).toEqual([['harbor', 'lantern'], ['harbor', 'plumb']]); // prettier-ignore
	expect(filterOf(asked('pair=harbor&certainty=0&verdict=open'), judged)).toEqual({
		pairs: [['harbor', '']],
		least: 0,
		without: ['1', '2']
	});
});

test('what cannot be read is not asked for', () => {
	expect(isFiltered(asked('type=rumour&reliability=Z&certainty=much&verdict=maybe&from=2026-02-30'))).toBe(
		false
	);
	expect(cursor('2026-11-01T00:00:00Z~12')).toEqual({ at: '2026-11-01T00:00:00Z', id: '12' });
	expect([cursor(null), cursor('yesterday~1'), cursor('2026-11-01T00:00:00Z~x')]).toEqual([
		undefined,
		undefined,
		undefined
	]);
});
