import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	gather,
	pairOf,
	partiesOf,
	type ClauseEvidence,
	type CoMentions,
	type ReferralEvidence
} from './pairs.ts';

const texts = (a: string, b: string, weight: number): CoMentions => ({
	pair: pairOf(a, b), articles: 3, texts: 2, weight, first: '2026-01-01', last: '2026-02-01', weeks: []
}); // prettier-ignore
const clause = (a: string, b: string, more: Partial<ClauseEvidence> = {}): ClauseEvidence => ({
	pair: pairOf(a, b), at: '2026-03-01', verdict: 'confirmed', service: a, document: 'Terms', names: b, kind: 'in', direction: 'opens', heading: '', text: '', ...more
}); // prettier-ignore
const referral = (by: string, of: string, share: number, rose: boolean): ReferralEvidence => ({
	pair: pairOf(by, of), by, of, source: by, destination: of, metric: 'visits', provider: 'p', from: '2026-03-02', to: '2026-03-08', value: 1, share, low: null, high: null, change: 0, since: '2026-01-05', rose, points: []
}); // prettier-ignore
const names = (pairs: { pair: readonly string[] }[]) => pairs.map(({ pair }) => pair.join(' '));

describe('pairs by their evidence', () => {
	test('more kinds of evidence come first, then what weighs more, then the alphabet', () => {
		const pairs = gather(
			[texts('a', 'b', 9), texts('c', 'd', 1), texts('e', 'f', 2)],
			[clause('d', 'c')],
			[referral('y', 'x', 0.1, false), referral('v', 'u', 0.1, false)]
		);
		expect(names(pairs)).toEqual(['c d', 'a b', 'e f', 'u v', 'x y']);
		expect(pairs.map(({ kinds }) => kinds)).toEqual([2, 1, 1, 0, 0]);
	});

	test('a share counts where it rose, a clause where it came in; what does not count is still told', () => {
		const [pair] = gather([], [clause('a', 'b', { kind: 'out' })], [referral('a', 'b', 0.2, false)]);
		expect(pair).toMatchObject({ kinds: 0, clauses: [{ kind: 'out' }], referrals: [{ share: 0.2 }] });
	});

	test('newest clause and largest share come first', () => {
		const [pair] = gather(
			[],
			[clause('a', 'b', { at: '2026-01-01' }), clause('b', 'a', { at: '2026-02-01' })],
			[referral('a', 'b', 0.1, true), referral('b', 'a', 0.3, true)]
		);
		expect(pair?.clauses.map(({ at }) => at)).toEqual(['2026-02-01', '2026-01-01']);
		expect(pair?.referrals.map(({ share }) => share)).toEqual([0.3, 0.1]);
	});
});

describe('parties', () => {
	test('an organisation is one with whoever owns it, however far above', () => {
		const parties = partiesOf([
			{ id: 'group' },
			{ id: 'arm', owner: 'group' },
			{ id: 'brand', owner: 'arm' },
			{ id: 'other' }
		]);
		expect([...parties.values()]).toEqual(['group', 'group', 'group', 'other']);
	});

	test('whoever owns whom, in circles or not: an owner is of the party of what it owns', () => {
		const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
		fc.assert(
			fc.property(fc.dictionary(id, fc.option(id, { nil: undefined })), (owners) => {
				const all = Object.entries(owners).map(([id, owner]) => ({ id, owner }));
				const parties = partiesOf(all);
				for (const { id, owner } of all)
					if (owner !== undefined && parties.has(owner)) expect(parties.get(id)).toBe(parties.get(owner));
			})
		);
	});
});
