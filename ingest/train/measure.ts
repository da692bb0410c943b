/** How good a model is, from rows that it has not seen. */
import type { Trained } from '#lib/domain/partnerships/signals/model.ts';

export type Scores = Trained['scores'];

export interface Judged {
	/** Scaled probability. */
	p: number;
	positive: boolean;
	fold: number;
}

export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/**
 * The probability from which F is best: of calibrated probabilities, the best F that can be had, divided by 1 + beta² (Lipton, Elkan and
 * Naryanaswamy 2014, for beta 1). The point where F happened to be best in these rows would hang on a few of them.
 */
export function bestPoint(rows: readonly Judged[], beta: number): number {
	const sorted = rows.toSorted((a, b) => b.p - a.p);
	const positives = rows.filter(({ positive }) => positive).length;
	let [hits, best] = [0, 0];
	for (const [i, { positive }] of sorted.entries()) {
		if (positive) hits++;
		best = Math.max(best, ((1 + beta ** 2) * hits) / (beta ** 2 * positives + i + 1));
	}
	return Math.min(0.95, Math.max(0.05, best / (1 + beta ** 2)));
}

/** Each fold is judged at the point that is best for the other folds. */
export function scoresOf(rows: readonly Judged[], { folds, beta }: { folds: number; beta: number }): Scores {
	const points = Array.from({ length: folds }, (_, fold) => bestPoint(rows.filter((row) => row.fold !== fold), beta)); // prettier-ignore
	return scoresAt(rows, ({ fold }) => points[fold] ?? 0.5);
}

/** Scores of rows that count from `point`. */
export function scoresAt<R extends Pick<Judged, 'p' | 'positive'>>(rows: readonly R[], point: (row: R) => number): Scores {
	let [tp, fp, fn] = [0, 0, 0];
	for (const row of rows) {
		const counts = row.p >= point(row);
		if (counts && row.positive) tp++;
		else if (counts) fp++;
		else if (row.positive) fn++;
	}
	const [precision, recall] = [tp / (tp + fp || 1), tp / (tp + fn || 1)];
	return {
		rows: rows.length,
		positive: tp + fn,
		precision: rounded(precision),
		recall: rounded(recall),
		f1: rounded((2 * precision * recall) / (precision + recall || 1)),
		auc: rounded(areaUnderCurve(rows)),
		ece: rounded(calibrationError(rows))
	};
} // prettier-ignore

/** The chance that a positive row has more than a negative one (Mann and Whitney). */
function areaUnderCurve(rows: readonly Pick<Judged, 'p' | 'positive'>[]): number {
	const sorted = rows.toSorted((a, b) => a.p - b.p);
	const positives = sorted.filter(({ positive }) => positive).length;
	let ranks = 0;
	// Equal ones share their ranks.
	for (let from = 0; from < sorted.length;) {
		let to = from;
		while (sorted[to + 1]?.p === sorted[from]?.p) to++;
		const rank = (from + to) / 2 + 1;
		for (; from <= to; from++) if (sorted[from]?.positive) ranks += rank;
	}
	return (ranks - (positives * (positives + 1)) / 2) / (positives * (rows.length - positives) || 1);
}

/** Expected calibration error over ten bins of equal width. */
function calibrationError(rows: readonly Pick<Judged, 'p' | 'positive'>[]): number {
	const bins = Map.groupBy(rows, ({ p }) => Math.min(9, Math.floor(p * 10)));
	let error = 0;
	for (const bin of bins.values()) {
		const gap = bin.reduce((sum, { p, positive }) => sum + p - (positive ? 1 : 0), 0);
		error += Math.abs(gap) / rows.length;
	}
	return error;
}
