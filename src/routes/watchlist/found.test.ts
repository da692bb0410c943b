import { expect, test } from 'vitest';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { organisationSchema } from '#lib/domain/watchlist/watchlist.ts';
import { alsoOf, found, namesOf } from './found.ts';

const of = (query: string, stance = '') => found(starter.organisations, { query, stance });

test('everybody is found by no words, by stance those who have it', () => {
	expect(of('')).toHaveLength(starter.organisations.length);
	expect(of('', 'rival')).toEqual([]);
});

test('an organisation is found by any of its names, in any case and script, and says by which', () => {
	expect(of('京东物').map(({ organisation, by }) => [organisation.id, by])).toEqual([
		['jd-logistics', ['京东物流']]
	]);
	expect(of('TAOBAO').map(({ organisation }) => organisation.id)).toContain('taobao');
	expect(of('nobody at all')).toEqual([]);
});

test('a name that stands twice is one name, and people are names', () => {
	const one = organisationSchema.parse({ id: 'a', name: 'A', aliases: ['B', 'A'], ambiguous: ['B'], people: [{ name: 'C', aliases: ['丙'] }] }); // prettier-ignore
	expect(namesOf(one)).toEqual(['A', 'B', 'C', '丙']);
});

test('a name has the one in the other script beside it', () => {
	const one = organisationSchema.parse({ id: 'a', name: 'Acme', aliases: ['Acme Inc', '顶点'] });
	expect([alsoOf(one, 'Acme'), alsoOf(one, '顶点')]).toEqual(['顶点', 'Acme']);
	expect(alsoOf(organisationSchema.parse({ id: 'b', name: 'B' }), 'B')).toBe('');
});
