/** Learns one statement (together, equity…) from examples, and measures it by cross-validation grouped by event. */
import { SAID } from '#lib/domain/partnerships/signals/features.ts';
import type { Trained } from '#lib/domain/partnerships/signals/model.ts';
import type { Labels } from './data.ts';
import type { Example } from './examples.ts';
import { fit, platt, scoreOf, type Row } from './logistic.ts';
import { bestPoint, rounded, scoresOf } from './measure.ts';

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
	/**
	 * Share of the second view (what is said word by word), 0 to 1. The views are learned apart and their sums mixed: each errs in its own
	 * way, and their mean errs less than one model of both.
	 */
	said: number;
	folds: number;
	iterations: number;
	/** The point where a statement counts maximises F of this beta: below 1 precision matters more. */
	beta: number;
	seed: number;
}

/** A lesson with its features as numbers. */
interface Indexed {
	pairs: Int32Array[];
	positive: boolean;
	weight: number;
	judged: boolean;
	fold: number;
}

/** Weights from all lessons; scaling, threshold and scores from lessons that were left out in turn. */
export function train(
	lessons: readonly Lesson[],
	statement: keyof Labels,
	settings: Settings
): Omit<Trained, 'sets'> {
	const labelled = lessons.filter(({ example }) => example.labels[statement] !== undefined);
	const vocabulary = vocabularyOf(labelled, settings);
	const rows = labelled.map(({ example, weight, judged }): Indexed => ({
		pairs: example.pairs.map((features) => Int32Array.from(features.flatMap((f) => vocabulary.get(f) ?? []))),
		positive: example.labels[statement] === true,
		weight,
		judged,
		fold: foldOf(example.event, settings)
	})); // prettier-ignore
	const words = [...vocabulary.keys()];
	const left = Array.from({ length: settings.folds }, (_, fold) => {
		const weights = learn(rows.filter((row) => row.fold !== fold), words, settings); // prettier-ignore
		const asked = rows.filter((row) => row.fold === fold && row.judged);
		return asked.map(({ pairs, positive }) => ({ positive, fold, score: Math.max(NO_PAIR, ...pairs.map((pair) => scoreOf(weights, pair))) })); // prettier-ignore
	}).flat();
	const { slope, offset } = platt(left);
	const judged = left.map((row) => ({ ...row, p: 1 / (1 + Math.exp(-slope * row.score - offset)) }));
	const weights = learn(rows, words, settings);
	return {
		scaling: { slope: rounded(slope), offset: rounded(offset) },
		threshold: rounded(bestPoint(judged, settings.beta)),
		scores: scoresOf(judged, settings),
		weights: Object.fromEntries(
			words
				.map((feature, i): [string, number] => [feature, rounded(weights[i] ?? 0)])
				.filter(([, weight]) => Math.abs(weight) >= LEAST_WEIGHT)
		)
	};
}

/** The score of a text in which no two parties are found. */
const NO_PAIR = -10;
/** A smaller weight is not shipped: nobody could tell the difference. */
const LEAST_WEIGHT = 0.02;
const LEAST_EVIDENCE = 0.1;
const BIAS = 'bias';

/** Whether a feature names a word, not only classes and parties. */
const hasWord = (feature: string): boolean =>
	/^(?:word|phrase|before|between|after) .*[a-z\p{sc=Han}]/u.test(feature);

/** Fowler-Noll-Vo of the event and the seed. */
function foldOf(event: string, { seed, folds }: Settings): number {
	let hash = 2166136261 ^ seed;
	for (let i = 0; i < event.length; i++) hash = Math.imul(hash ^ event.charCodeAt(i), 16777619);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return ((hash ^ (hash >>> 13)) >>> 0) % folds;
}

/** The features of at least so many events, numbered; the bias is the first. */
function vocabularyOf(
	lessons: readonly Lesson[],
	{ leastEvents, said }: Settings
): ReadonlyMap<string, number> {
	const events = new Map<string, Set<string>>();
	for (const { example } of lessons)
		for (const pair of example.pairs)
			for (const feature of pair) {
				const seen = events.get(feature);
				if (seen) seen.add(example.event);
				else events.set(feature, new Set([example.event]));
			}
	const vocabulary = new Map([[BIAS, 0]]);
	for (const [feature, { size }] of events)
		if (size >= leastEvents && feature !== BIAS && (said > 0 || !isSaid(feature)))
			vocabulary.set(feature, vocabulary.size);
	return vocabulary;
}

const isSaid = (feature: string): boolean => feature.startsWith(`${SAID} `);

/** The weights of both views, each by its share; the bias is of both. */
function learn(rows: readonly Indexed[], vocabulary: readonly string[], settings: Settings): Float64Array {
	const { said } = settings;
	const sum = new Float64Array(vocabulary.length);
	for (const [share, inView] of [[1 - said, (feature: string) => !isSaid(feature)], [said, (feature: string) => feature === BIAS || isSaid(feature)]] as const) {
		if (share === 0) continue;
		const seen = Uint8Array.from(vocabulary, (feature) => Number(inView(feature)));
		const view = rows.map((row) => ({ ...row, pairs: row.pairs.map((pair) => pair.filter((i) => seen[i] === 1)) }));
		for (const [i, weight] of learnView(view, vocabulary, settings).entries()) sum[i] = (sum[i] ?? 0) + share * weight;
	}
	return sum;
} // prettier-ignore

/** A text with several pairs is learned twice: at first all its pairs are what it says, then the one that the first model prefers. */
function learnView(
	rows: readonly Indexed[],
	vocabulary: readonly string[],
	{ c, words, iterations }: Settings
) {
	const evidence = logRatios(rows, vocabulary.length);
	const penalties = Float64Array.from(vocabulary, (feature, i) => {
		if (feature === BIAS) return 0;
		return (hasWord(feature) ? words : 1) / c / Math.max(LEAST_EVIDENCE, Math.abs(evidence[i] ?? 0));
	});
	const against = rows.flatMap(({ pairs, positive, weight }): Row[] =>
		positive ? [] : pairs.map((features) => ({ features, positive, weight: weight / Math.sqrt(pairs.length) }))
	); // prettier-ignore
	const told = rows.filter(({ positive }) => positive);
	const all = told.flatMap(({ pairs, positive, weight }): Row[] =>
		pairs.map((features) => ({ features, positive, weight: weight / pairs.length }))
	);
	const first = fit([...against, ...all], penalties, iterations);
	if (told.every(({ pairs }) => pairs.length < 2)) return first;
	const preferred = told.flatMap(({ pairs, positive, weight }): Row[] => {
		const [best] = pairs.toSorted((a, b) => scoreOf(first, b) - scoreOf(first, a));
		return best ? [{ features: best, positive, weight }] : [];
	});
	return fit([...against, ...preferred], penalties, iterations);
}

/**
 * How much oftener each feature is seen with the statement than without it, as a logarithm with one added to each count. What tells the
 * two apart is penalised less (after Wang and Manning 2012, who scale features by this).
 */
function logRatios(rows: readonly Indexed[], size: number) {
	const [withIt, without] = [new Float64Array(size).fill(1), new Float64Array(size).fill(1)];
	let [all, none] = [1, 1];
	for (const { pairs, positive, weight } of rows) {
		const counts = positive ? withIt : without;
		if (positive) all += weight;
		else none += weight;
		for (const pair of pairs) for (const i of pair) counts[i] = (counts[i] ?? 1) + weight / pairs.length;
	}
	return withIt.map((count, i) => Math.log((count / all) * (none / (without[i] ?? 1))));
}
