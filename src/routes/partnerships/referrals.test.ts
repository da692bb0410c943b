import { expect, test } from 'vitest';
import { partiesOf } from '#lib/domain/partnerships/pairs.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { owners } from './referrals.ts';

const { organisations } = watchlistSchema.parse({
	organisations: [
		{ id: 'lantern', name: 'Lantern', aliases: ['灯笼'], domains: ['lantern.app'] },
		{ id: 'lantern-pay', name: 'Lantern Pay', owner: 'lantern', domains: ['pay.example'] }
	]
});
const partyOf = owners(organisations, partiesOf(organisations));

test('a source is known by id, name, alias or domain, whatever its case', () => {
	for (const one of ['lantern', 'LANTERN', '灯笼', 'lantern.app']) expect(partyOf(one)).toBe('lantern');
});
test('a host below a domain is its owner’s, and an arm is its owner', () => {
	expect(partyOf('m.lantern.app')).toBe('lantern');
	expect(partyOf('www.pay.example')).toBe('lantern');
});
test('nobody owns what only ends alike', () => {
	for (const one of ['notlantern.app', 'app', 'example', '(direct)', ''])
		expect(partyOf(one)).toBeUndefined();
});
