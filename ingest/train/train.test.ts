import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import { hasData, isHeldOut, labelledTexts } from './data.ts';
import { fit, platt, scoreOf, type Row } from './logistic.ts';
import { bestPoint, scoresOf } from './measure.ts';
import { trainAll } from './weights.ts';

const data = resolve(join(import.meta.dirname, '../../../shared/data'));
const present = hasData(data);
if (!present) process.stdout.write('Retraining skipped: no labelled data beside the project\n');
const needsData = it.skipIf(!present && process.env['CI'] !== 'true');

describe('the shipped weights', () => {
	needsData('are what training gives again', () => {
		expect(trainAll(data)).toEqual(shippedWeights());
	}, 600_000); // prettier-ignore

	needsData('were learned from no text that judges them', () => {
		expect(labelledTexts(data).texts.filter(({ text }) => isHeldOut(text))).toEqual([]);
	});

	it('say where they come from, and how good they are', () => {
		const { data, models } = shippedWeights();
		for (const { sha256, licence } of data) expect([sha256.length, licence === '']).toEqual([64, false]);
		for (const statements of Object.values(models)) {
			expect(statements.together?.scores.auc).toBeGreaterThan(0.8);
			for (const { scores } of Object.values(statements)) expect(scores.ece).toBeLessThan(0.1);
		}
	});
});

describe('logistic regression', () => {
	const row = (positive: boolean, ...features: number[]): Row => ({
		features: Int32Array.from(features),
		positive,
		weight: 1
	});

	it('finds the log-odds where nothing is penalised', () => {
		const rows = [row(true, 0), row(true, 0), row(true, 0), row(false, 0)];
		expect(fit(rows, Float64Array.of(0), 50)[0]).toBeCloseTo(Math.log(3), 3);
	});

	it('ends where the gradient is nothing', () => {
		const rows = fc.array(fc.record({ features: fc.subarray([1, 2, 3, 4]), positive: fc.boolean() }), {
			minLength: 4,
			maxLength: 30
		});
		fc.assert(
			fc.property(rows, (drawn) => {
				const given = drawn.map(({ features, positive }) => row(positive, 0, ...features));
				const penalties = Float64Array.of(0.5, 1, 1, 2, 2);
				const weights = fit(given, penalties, 200);
				for (const [i, penalty] of penalties.entries()) {
					const slope = given
						.filter(({ features }) => features.includes(i))
						.reduce((sum, { features, positive }) => sum + 1 / (1 + Math.exp(-scoreOf(weights, features))) - Number(positive), 0); // prettier-ignore
					expect(Math.abs(slope + penalty * (weights[i] ?? 0))).toBeLessThan(0.1);
				}
			})
		);
	});

	it('shrinks what is penalised more', () => {
		const rows = [row(true, 0), row(true, 1), row(false)];
		const [cheap = 0, dear = 0] = fit(rows, Float64Array.of(1, 10), 100);
		expect(cheap).toBeGreaterThan(dear);
	});
});

describe("Platt's scaling", () => {
	it('finds the curve that the rows were drawn from', () => {
		const scored = Array.from({ length: 4000 }, (_, i) => {
			const score = (i % 40) / 5 - 4;
			return { score, positive: (Math.floor(i / 40) + 0.5) / 100 < 1 / (1 + Math.exp(-(0.7 * score + 0.4))) };
		});
		const { slope, offset } = platt(scored);
		expect([Math.abs(slope - 0.7) < 0.05, Math.abs(offset - 0.4) < 0.05]).toEqual([true, true]);
	});
});

describe('measures', () => {
	const rows = [0.9, 0.8, 0.7, 0.3, 0.2, 0.1].map((p, i) => ({ p, positive: i < 3, fold: i % 2 }));

	it('put the point between what counts and what does not', () => {
		expect(bestPoint(rows, 1)).toBeCloseTo(0.5, 5);
	});

	it('are perfect where the order is', () => {
		expect(scoresOf(rows, { folds: 2, beta: 1 })).toMatchObject({ positive: 3, auc: 1, recall: 1 });
	});
});
