/** Learns one statement (together, equity…) from examples, and measures it by cross-validation grouped by event. */
import type { Trained } from '#lib/domain/partnerships/signals/model.ts';
import type { Labels } from './data.ts';
import type { Example } from './examples.ts';
import { fit, platt, scoreOf, type Row } from './logistic.ts';

/** An example and how much it counts; only `judged` ones are scored (others lend what they know of another kind of text). */
export interface Lesson {
	example: Example;
	weight: number;
	judged: boolean;
}

export interface Settings {
	/** Inverse strength of the L2 penalty. */
	c: number;
	/** A feature of fewer texts is left out. */
	leastTexts: number;
	folds: number;
	iterations: number;
	/** The point where a statement counts maximises F of this beta: below 1 precision matters more. */
	beta: number;
	seed: number;
}

interface Judged {
	score: number;
	positive: boolean;
	fold: number;
}

/** Weights from all lessons; scaling, threshold and scores from lessons that were left out in turn. */
export function train(lessons: readonly Lesson[], statement: keyof Labels, settings: Settings): Trained {
	const labelled = lessons.filter(({ example }) => example.labels[statement] !== undefined);
	const judged: Judged[] = [];
	for (let fold = 0; fold < settings.folds; fold++) {
		const inFold = ({ example }: Lesson) => foldOf(example.event, settings) === fold;
		const score = learn(labelled.filter((lesson) => !inFold(lesson)), statement, settings).score; // prettier-ignore
		for (const { example, judged: counts } of labelled.filter(inFold))
			if (counts)
				judged.push({
					score: Math.max(-10, ...example.pairs.map(score)),
					positive: example.labels[statement] === true,
					fold
				});
	}
	const scaling = platt(judged.map(({ score, positive }) => ({ score, positive, weight: 1 })));
	const scaled = judged.map((row) => ({ ...row, p: 1 / (1 + Math.exp(-scaling.slope * row.score - scaling.offset)) })); // prettier-ignore
	return {
		scaling: { slope: rounded(scaling.slope), offset: rounded(scaling.offset) },
		threshold: rounded(bestPoint(scaled, settings.beta)),
		scores: scoresOf(scaled, settings),
		weights: learn(labelled, statement, settings).weights()
	};
}

/** A smaller weight is not shipped: nobody could tell the difference. */
const LEAST_WEIGHT = 0.02;

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Fowler-Noll-Vo of the event and the seed. */
function foldOf(event: string, { seed, folds }: Settings): number {
	let hash = 2166136261 ^ seed;
	for (let i = 0; i < event.length; i++) hash = Math.imul(hash ^ event.charCodeAt(i), 16777619);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return ((hash ^ (hash >>> 13)) >>> 0) % folds;
}

/** A text with several pairs is learned twice: at first all its pairs are what it says, then the one that the first model prefers. */
function learn(lessons: readonly Lesson[], statement: keyof Labels, { c, leastTexts, iterations }: Settings) {
	const texts = new Map<string, number>();
	for (const { example } of lessons)
		for (const feature of new Set(example.pairs.flat())) texts.set(feature, (texts.get(feature) ?? 0) + 1);
	const vocabulary = new Map([['bias', 0]]);
	for (const [feature, count] of texts)
		if (count >= leastTexts && feature !== 'bias') vocabulary.set(feature, vocabulary.size);
	const indexed = (features: readonly string[]) =>
		Int32Array.from(features.flatMap((feature) => vocabulary.get(feature) ?? []));

	const indexedLessons = lessons.map(({ example, weight }) => ({
		pairs: example.pairs.map(indexed),
		positive: example.labels[statement] === true,
		weight
	}));
	const options = { c, iterations, free: 0 };
	const all = indexedLessons.flatMap(({ pairs, positive, weight }): Row[] =>
		pairs.map((features) => ({ features, positive, weight: weight / (positive ? pairs.length : Math.sqrt(pairs.length)) }))
	); // prettier-ignore
	let weights = fit(all, vocabulary.size, options);
	if (indexedLessons.some(({ pairs, positive }) => positive && pairs.length > 1)) {
		const preferred = indexedLessons.flatMap(({ pairs, positive, weight }): Row[] => {
			if (!positive) return pairs.map((features) => ({ features, positive, weight: weight / Math.sqrt(pairs.length) })); // prettier-ignore
			const [best] = pairs.toSorted((a, b) => scoreOf(weights, b) - scoreOf(weights, a));
			return best ? [{ features: best, positive, weight }] : [];
		});
		weights = fit(preferred, vocabulary.size, options);
	}
	return {
		score: (features: readonly string[]) => scoreOf(weights, indexed(features)),
		weights: () =>
			Object.fromEntries(
				[...vocabulary]
					.map(([feature, i]): [string, number] => [feature, rounded(weights[i] ?? 0)])
					.filter(([, weight]) => Math.abs(weight) >= LEAST_WEIGHT)
			)
	};
}

interface Scaled extends Judged {
	p: number;
}

/** The probability from which F is best. */
function bestPoint(rows: readonly Scaled[], beta: number): number {
	const sorted = rows.toSorted((a, b) => b.p - a.p);
	const positives = rows.filter(({ positive }) => positive).length;
	let [hits, best, point] = [0, 0, 0.5];
	for (const [i, { p, positive }] of sorted.entries()) {
		if (positive) hits++;
		const f = ((1 + beta ** 2) * hits) / (beta ** 2 * positives + i + 1);
		if (f > best) [best, point] = [f, (p + (sorted[i + 1]?.p ?? p)) / 2];
	}
	return Math.min(0.95, Math.max(0.05, point));
}

/** Each fold is judged at the point that is best for the other folds. */
function scoresOf(rows: readonly Scaled[], { folds, beta }: Settings): Trained['scores'] {
	let [tp, fp, fn] = [0, 0, 0];
	for (let fold = 0; fold < folds; fold++) {
		const point = bestPoint(rows.filter((row) => row.fold !== fold), beta); // prettier-ignore
		for (const { p, positive } of rows.filter((row) => row.fold === fold)) {
			if (p >= point && positive) tp++;
			else if (p >= point) fp++;
			else if (positive) fn++;
		}
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
}

/** The chance that a positive row has more than a negative one (Mann and Whitney). */
function areaUnderCurve(rows: readonly Scaled[]): number {
	const sorted = rows.toSorted((a, b) => a.p - b.p);
	const positives = sorted.filter(({ positive }) => positive).length;
	let ranks = 0;
	for (const [i, { positive }] of sorted.entries()) if (positive) ranks += i + 1;
	return (ranks - (positives * (positives + 1)) / 2) / (positives * (rows.length - positives) || 1);
}

/** Expected calibration error over ten bins of equal width. */
function calibrationError(rows: readonly Scaled[]): number {
	const bins = Map.groupBy(rows, ({ p }) => Math.min(9, Math.floor(p * 10)));
	let error = 0;
	for (const bin of bins.values()) {
		const gap = bin.reduce((sum, { p, positive }) => sum + p - (positive ? 1 : 0), 0);
		error += Math.abs(gap) / rows.length;
	}
	return error;
}
