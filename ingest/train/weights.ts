/** All the signal models: what each learns from, with which settings. */
import { FEATURES } from '#lib/domain/partnerships/signals/features.ts';
import {
	LEARNED,
	modelName,
	type Learned,
	type Trained,
	type Weights
} from '#lib/domain/partnerships/signals/model.ts';
import { FOLDERS, labelledTexts, type LabelledText, type Source } from './data.ts';
import { examplesOf, type Example } from './examples.ts';
import { heldOutScores } from './held-out.ts';
import { train, type Lesson, type Settings } from './learn.ts';

const SEED = 20261124;
const SETTINGS: Settings = {
	c: 0.1,
	words: 3,
	leastEvents: 4,
	said: 0.4,
	folds: 5,
	iterations: 30,
	beta: 1,
	seed: SEED
};

/**
 * Which sources a model learns from, each with the weight of its texts; those at weight 1 judge it. Settings of all its statements, and of
 * the first question alone: there what only two events say helps, and words may cost more.
 */
const MODELS: Readonly<
	Record<
		string,
		{
			sources: Partial<Record<LabelledText['source'], number>>;
			settings?: Partial<Settings>;
			together?: Partial<Settings>;
		}
	>
> = {
	headlines: { sources: { headlines: 1, core: 0.1 }, settings: { words: 10, said: 0, beta: 0.8 } },
	sentences: { sources: { core: 1, headlines: 0.3 }, settings: { words: 1 }, together: { leastEvents: 2 } },
	chinese: { sources: { finre: 1, weibo: 1 }, together: { words: 5, leastEvents: 2 } }
};
/** A statement needs so many texts that make it, else it is left to rules. */
const LEAST_POSITIVE = 25;
const LEAST_F1 = 0.35;
/** Statements that are not the product's first question get by with fewer features. */
const FEW: Partial<Settings> = { leastEvents: 15, said: 0, folds: 3 };
const STATEMENTS: Readonly<Partial<Record<Learned, Partial<Settings>>>> = {
	equity: FEW,
	dispute: FEW
};

/** A person's verdict on what the product found counts as much as so many labelled texts. */
const VERDICT_WEIGHT = 5;

/** Trains every model; the same data give the same weights. `verdicts`: what people said of signals. */
export function trainAll(
	folder: string,
	verdicts?: { texts: readonly LabelledText[]; source: Source }
): Weights {
	const { texts, heldOut, sources } = labelledTexts(folder);
	const examples = examplesOf([...texts, ...(verdicts?.texts ?? [])]);
	const models: Weights['models'] = {};
	for (const [name, { sources, settings, together }] of Object.entries(MODELS)) {
		const lessons = lessonsOf(examples, name, sources);
		const sets = Object.entries(sources).filter(([, share]) => share === 1).map(([source]) => FOLDERS[source as keyof typeof FOLDERS]); // prettier-ignore
		const trained: Partial<Record<Learned, Trained>> = {};
		for (const statement of LEARNED) {
			const positive = lessons.filter(({ example, judged }) => judged && example.labels[statement] === true);
			if (positive.length < LEAST_POSITIVE) continue;
			const model = train(lessons, statement, {
				...SETTINGS,
				...settings,
				...(statement === 'together' ? together : STATEMENTS[statement])
			});
			if (model.scores.f1 >= LEAST_F1) trained[statement] = { ...model, sets };
		}
		models[name] = trained;
	}
	const weights: Weights = {
		schema: 1,
		features: FEATURES,
		specification:
			'binary features of two organisations in a sentence, as src/lib/domain/partnerships/signals/features.ts names them; probability = 1/(1+exp(-(slope*sum+offset)+logit(threshold)))',
		seed: SEED,
		hyperparameters: {
			...SETTINGS,
			...Object.fromEntries(
				Object.entries(MODELS).flatMap(([name, { sources, settings, together }]) => [
					[`sources of ${name}`, sources],
					...(settings ? [[`settings of ${name}`, settings]] : []),
					...(together ? [[`settings of ${name} together`, together]] : [])
				])
			)
		},
		heldOut: 'texts whose SHA-256 begins with 0, 4, 8 or c',
		heldOutScores: [],
		data: verdicts ? [...sources, verdicts.source] : sources,
		models
	};
	return { ...weights, heldOutScores: heldOutScores(heldOut, weights) };
}

/** Events that were told often count less than in proportion: by the root of their number. */
export function lessonsOf(
	examples: readonly Example[],
	model: string,
	sources: Partial<Record<LabelledText['source'], number>>
): Lesson[] {
	const told = Map.groupBy(examples, ({ event }) => event);
	return examples.flatMap((example) => {
		if (example.source === 'verdicts')
			return modelName(example.language ?? '', example.field) === model
				? [{ example, weight: VERDICT_WEIGHT, judged: false }]
				: [];
		const share = sources[example.source];
		if (share === undefined) return [];
		const repeats = example.field === 'title' ? Math.sqrt(told.get(example.event)?.length ?? 1) : 1;
		return [{ example, weight: share / repeats, judged: share === 1 }];
	});
}
