import { describe, expect, it } from 'vitest';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import type { LabelledText } from './data.ts';
import { examplesOf } from './examples.ts';
import { train } from './learn.ts';
import { readVerdicts } from './verdicts.ts';
import { lessonsOf } from './weights.ts';

const watchlist = watchlistSchema.parse({
	organisations: [
		{ id: 'lantern', name: 'Lantern', aliases: ['灯笼'] },
		{ id: 'harbour', name: 'Harbour', aliases: ['海港商城'] }
	]
});
const line = (
	said: Record<string, unknown>,
	signal: Record<string, unknown> = {}
): string => JSON.stringify({
	id: '1', at: '2026-11-24T00:00:00Z', who: 'ada', ...said,
	signal: { type: 'announcement', organisations: ['harbour', 'lantern'], quote: 'Lantern and Harbour share a stage.', title: 'A day', field: 'text', start: 0, end: 34, language: 'en', probability: 0.8, source: 'Daily', evidence: { kind: 'news', id: '7' }, ...signal }
}); // prettier-ignore
const labels = (...lines: string[]) =>
	readVerdicts(lines.join('\n'), watchlist).texts.map(({ labels }) => labels);

describe('a verdict teaches', () => {
	it.each([
		[{ together: true }, { verdict: 'right' }, {}],
		[{ together: false }, { verdict: 'wrong' }, {}],
		[{ together: false }, { verdict: 'wrong', type: 'none' }, {}],
		[{ together: false }, { verdict: 'wrong', others: true, type: 'talks' }, {}],
		[{ together: true }, { verdict: 'wrong', type: 'talks' }, {}],
		[{ together: false, equity: true }, { verdict: 'wrong', type: 'equity' }, {}],
		[{ together: true, dispute: false }, { verdict: 'wrong', type: 'supply' }, { type: 'dispute' }]
	])('%j, where it is %j of %j', (expected, said, signal) => {
		expect(labels(line(said, signal))).toEqual([expected]);
	});

	it('by the names that the words have, in any script', () => {
		const { texts } = readVerdicts(line({ verdict: 'right' }, { quote: '灯笼携手Harbour。', language: 'zh' }), watchlist);
		expect(texts).toMatchObject([{ names: ['Harbour', '灯笼'], language: 'zh', source: 'verdicts' }]);
	}); // prettier-ignore

	it('nothing of what only rules tell: policies, one organisation, silence', () => {
		expect(
			labels(
				line({ verdict: 'wrong' }, { field: '' }),
				line({ verdict: 'wrong' }, { organisations: ['lantern'] }),
				line({ verdict: 'right' }, { type: 'no_comment' })
			)
		).toEqual([]);
	});
});

it('a file of verdicts is known by its hash, blank lines aside', () => {
	const { source } = readVerdicts(`${line({ verdict: 'right' })}\n\n`, watchlist);
	expect(source).toMatchObject({ folder: 'verdicts', rows: 1 });
	expect(source.sha256).toMatch(/^[0-9a-f]{64}$/);
});

it('a line that cannot be read is named', () => {
	expect(() => readVerdicts(`${line({ verdict: 'right' })}\n{"verdict":"maybe"}`, watchlist)).toThrow(
		'line 2'
	);
});

describe('a wrong verdict', () => {
	const pairs = ['Acme Zenith', 'Borel Yonder', 'Corvid Xylo', 'Dorado Wexel'].map((pair) => pair.split(' '));
	const says = [
		['announce a partnership', true], ['sign a deal', true], ['share a stage', true], ['report results', false], ['open late', false], ['sell shoes', false]
	] as const; // prettier-ignore
	const texts = pairs.flatMap(([a = '', b = '']) =>
		says.map(([what, together]): LabelledText => ({ source: 'core', field: 'text', text: `${a} and ${b} ${what}.`, names: [a, b], group: `${a} ${what}`, labels: { together } }))
	); // prettier-ignore
	const settings = { c: 1, words: 1, leastEvents: 1, said: 0.4, folds: 2, iterations: 50, beta: 1, seed: 1 };
	/** How sure the model is, before it is made a probability. */
	const sure = (verdicts: readonly LabelledText[], asked: string) => {
		const examples = examplesOf([...texts, ...verdicts]).map((example, i) => ({ ...example, event: `${i}` }));
		const { weights } = train(lessonsOf(examples, 'sentences', { core: 1 }), 'together', settings);
		const [read] = examplesOf([
			{ source: 'core', field: 'text', text: asked, names: ['Nimbus', 'Orca'], group: 'asked', labels: {} }
		]);
		return read?.pairs[0]?.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0) ?? NaN;
	};

	it('makes the next model less sure of what is alike, and leaves the rest', () => {
		const { texts: verdicts } = readVerdicts(line({ verdict: 'wrong', type: 'none' }), watchlist);
		const [alike, unlike] = ['Nimbus and Orca share a stage.', 'Nimbus and Orca sign a deal.'];
		const fall = (asked: string) => sure([], asked) - sure(verdicts, asked);
		expect(fall(alike)).toBeGreaterThan(0.5);
		expect(fall(unlike)).toBeLessThan(fall(alike) / 2);
	});

	it('in another language teaches another model', () => {
		const { texts: verdicts } = readVerdicts(line({ verdict: 'wrong' }, { language: 'zh' }), watchlist);
		const asked = 'Nimbus and Orca share a stage.';
		expect(sure(verdicts, asked)).toBe(sure([], asked));
	});
});
