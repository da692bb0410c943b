import { expect, test } from 'vitest';
import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import type { SignalVerdict } from '#lib/server/signal-verdicts.ts';
import { judgedBy, scoresOf } from './scores.ts';

test('every shipped model has its scores, each within its range', () => {
	const scores = scoresOf(shippedWeights());
	expect(scores.length).toBeGreaterThan(3);
	for (const { precision, recall, positive, rows } of scores) {
		for (const { low, share, high } of [precision, recall]) {
			expect(low).toBeLessThanOrEqual(share);
			expect(high).toBeGreaterThanOrEqual(share);
		}
		expect(positive).toBeLessThan(rows);
	}
});

const verdict = (type: 'talks' | 'denial', said: 'right' | 'wrong' | null): SignalVerdict => ({
	kind: 'signal-verdict', id: '1', version: 1, who: 'ada', at: 0,
	body: {
		verdict: said,
		signal: {
			type, organisations: ['a', 'b'], quote: '', title: '', field: 'title', start: 0, end: 0, language: 'en', probability: 1, source: 'Daily',
			evidence: { kind: 'news', id: '1' }
		}
	}
}); // prettier-ignore

test('verdicts are parts by what they judge, without those that were taken back', () => {
	const all = [
		verdict('talks', 'right'),
		verdict('denial', 'right'),
		verdict('talks', 'wrong'),
		verdict('talks', null)
	];
	expect(judgedBy(all, ({ type }) => type)).toMatchObject([
		{ key: 'talks', right: 1, of: 2, share: 0.5 },
		{ key: 'denial', right: 1, of: 1, share: 1 }
	]);
	expect(judgedBy([], ({ type }) => type)).toEqual([]);
});
