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
	/** Words are penalised so many times as much as classes, rules and flags, for they belong to one event more often. */
	words: number;
	/** A feature of fewer events is left out. */
	leastEvents: number;
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

const BIAS = 'bias';
const LEAST_EVIDENCE = 0.1;

/** Whether a feature names a word, not only classes and parties. */
const hasWord = (feature: string): boolean =>
	/^(?:word|phrase|before|between|after) .*[a-z\p{sc=Han}]/u.test(feature);

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Fowler-Noll-Vo of the event and the seed. */
function foldOf(event: string, { seed, folds }: Settings): number {
	let hash = 2166136261 ^ seed;
	for (let i = 0; i < event.length; i++) hash = Math.imul(hash ^ event.charCodeAt(i), 16777619);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return ((hash ^ (hash >>> 13)) >>> 0) % folds;
}

/** A text with several pairs is learned twice: at first all its pairs are what it says, then the one that the first model prefers. */
function learn(
	lessons: readonly Lesson[],
	statement: keyof Labels,
	{ c, words, leastEvents, iterations }: Settings
) {
	const events = new Map<string, Set<string>>();
	for (const { example } of lessons)
		for (const feature of example.pairs.flat()) {
			const seen = events.get(feature);
			if (seen) seen.add(example.event);
			else events.set(feature, new Set([example.event]));
		}
	const vocabulary = new Map([[BIAS, 0]]);
	for (const [feature, { size }] of events)
		if (size >= leastEvents && feature !== BIAS) vocabulary.set(feature, vocabulary.size);
	const indexed = (features: readonly string[]) =>
		Int32Array.from(features.flatMap((feature) => vocabulary.get(feature) ?? []));

	const indexedLessons = lessons.map(({ example, weight }) => ({
		pairs: example.pairs.map(indexed),
		positive: example.labels[statement] === true,
		weight
	}));
	const evidence = logRatios(indexedLessons, vocabulary.size);
	const penalties = Float64Array.from(vocabulary, ([feature, i]) => {
		if (feature === BIAS) return 0;
		return (hasWord(feature) ? words : 1) / c / Math.max(LEAST_EVIDENCE, Math.abs(evidence[i] ?? 0));
	});
	const all = indexedLessons.flatMap(({ pairs, positive, weight }): Row[] =>
		pairs.map((features) => ({ features, positive, weight: weight / (positive ? pairs.length : Math.sqrt(pairs.length)) }))
	); // prettier-ignore
	let weights = fit(all, penalties, iterations);
	if (indexedLessons.some(({ pairs, positive }) => positive && pairs.length > 1)) {
		const preferred = indexedLessons.flatMap(({ pairs, positive, weight }): Row[] => {
			if (!positive) return pairs.map((features) => ({ features, positive, weight: weight / Math.sqrt(pairs.length) })); // prettier-ignore
			const [best] = pairs.toSorted((a, b) => scoreOf(weights, b) - scoreOf(weights, a));
			return best ? [{ features: best, positive, weight }] : [];
		});
		weights = fit(preferred, penalties, iterations);
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

/**
 * How much oftener each feature is seen with the statement than without it, as a logarithm with one added to each count. What tells the
 * two apart is penalised less (after Wang and Manning 2012, who scale features by this).
 */
function logRatios(
	lessons: readonly { pairs: Int32Array[]; positive: boolean; weight: number }[],
	size: number
) {
	const [withIt, without] = [new Float64Array(size).fill(1), new Float64Array(size).fill(1)];
	let [all, none] = [1, 1];
	for (const { pairs, positive, weight } of lessons) {
		const counts = positive ? withIt : without;
		if (positive) all += weight;
		else none += weight;
		for (const pair of pairs) for (const i of pair) counts[i] = (counts[i] ?? 1) + weight / pairs.length;
	}
	return withIt.map((count, i) => Math.log((count / all) * (none / (without[i] ?? 1))));
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
