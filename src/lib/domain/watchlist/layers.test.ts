import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	changesBetween,
	compose,
	layerOver,
	withOrganisation,
	withoutChange,
	withoutOrganisation
} from './layers.ts';
import { organisationSchema, type Organisation } from './watchlist.ts';

const organisation = (id: string, more: object = {}): Organisation =>
	organisationSchema.parse({ id, name: id.toUpperCase(), ...more });
const beneath = [organisation('a'), organisation('b', { owner: 'a' }), organisation('c')];
const ids = (list: Organisation[]) => list.map(({ id }) => id);

describe('layers of a watchlist', () => {
	it('put an organisation in the place of the one with its id, and new ones behind', () => {
		const named = organisation('b', { aliases: ['Bee'] });
		const all = compose([{ organisations: beneath, hidden: [] }, { organisations: [organisation('d'), named], hidden: [] }]); // prettier-ignore
		expect(ids(all)).toEqual(['a', 'b', 'c', 'd']);
		expect(all[1]).toEqual(named);
	});

	it('hide whom nobody wants to watch, who then owns nobody', () => {
		const all = compose([
			{ organisations: beneath, hidden: [] },
			{ organisations: [], hidden: ['a'] }
		]);
		expect(ids(all)).toEqual(['b', 'c']);
		expect(all[0]).not.toHaveProperty('owner');
	});

	it('take in one that differs, leave out one that does not, and forget both again', () => {
		const none = { organisations: [], hidden: [] };
		const named = organisation('c', { aliases: ['Sea'] });
		const changed = withOrganisation(beneath, none, named);
		expect(changed).toEqual({ organisations: [named], hidden: [] });
		expect(withOrganisation(beneath, changed, organisation('c'))).toEqual(none);
		const hidden = withoutOrganisation(beneath, changed, 'c');
		expect(hidden).toEqual({ organisations: [], hidden: ['c'] });
		expect(withOrganisation(beneath, hidden, named)).toEqual(changed);
		expect(withoutChange(hidden, 'c')).toEqual(none);
		expect(withoutOrganisation(beneath, none, 'nobody')).toEqual(none);
	});

	it('hold nothing where nothing differs', () => {
		expect(layerOver(beneath, beneath)).toEqual({ organisations: [], hidden: [] });
	});

	it('give back whatever was wanted', () => {
		const list = fc.uniqueArray(
			fc.record({ id: fc.constantFrom(...'abcdef'), aliases: fc.array(fc.constantFrom('x', 'y')) }),
			{ selector: ({ id }) => id }
		);
		fc.assert(
			fc.property(list, list, (below, above) => {
				const under = below.map(({ id, ...more }) => organisation(id, more));
				const wanted = above.map(({ id, ...more }) => organisation(id, more));
				const all = compose([{ organisations: under, hidden: [] }, layerOver(under, wanted)]);
				const sorted = (organisations: Organisation[]) => organisations.toSorted((a, b) => (a.id < b.id ? -1 : 1)); // prettier-ignore
				expect(sorted(all)).toEqual(sorted(wanted));
			})
		);
	});
});

describe('changes between two lists', () => {
	it('are what was added, changed and removed, by key', () => {
		const after = [organisation('a'), organisation('c', { aliases: ['Sea'] }), organisation('d')];
		const { added, changed, removed } = changesBetween(beneath, after, ({ id }) => id);
		expect([ids(added), ids(changed), ids(removed)]).toEqual([['d'], ['c'], ['b']]);
	});
});
