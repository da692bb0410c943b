/**
 * Linear models that tell how sure it is that a text says something of two organisations. The weights are made by `npm run train` and
 * shipped as readable JSON: a word of explanation for each number.
 */
import { z } from 'zod';
import { FEATURES } from './features.ts';
import type { Field } from './signal.ts';

/** What is learned; the rest is rules (typed.ts). */
export const LEARNED = ['together', 'equity', 'dispute', 'regulatory'] as const;
export type Learned = (typeof LEARNED)[number];

const scores = z.object({
	/** Texts that judged, and those among them that say it. */
	rows: z.number(), positive: z.number(), precision: z.number(), recall: z.number(), f1: z.number(), auc: z.number(), ece: z.number()
}); // prettier-ignore

const trained = z.object({
	/** Platt's scaling of the sum of weights. */
	scaling: z.object({ slope: z.number(), offset: z.number() }),
	/** The scaled probability from which the statement counts: it becomes .5. */
	threshold: z.number().gt(0).lt(1),
	/** By cross-validation grouped by event, over the texts of `sets`. */
	scores,
	sets: z.array(z.string()),
	weights: z.record(z.string(), z.number())
});

export const weightsSchema = z.object({
	schema: z.literal(1),
	features: z.literal(FEATURES),
	specification: z.string(),
	seed: z.number(),
	hyperparameters: z.record(z.string(), z.union([z.number(), z.string(), z.record(z.string(), z.number())])),
	heldOut: z.string(),
	/** Of the whole detector, rules and models, on the texts that were held out. */
	heldOutScores: z.array(z.object({ set: z.string(), statement: z.enum(LEARNED), scores })),
	data: z.array(
		z.object({
			folder: z.string(),
			origin: z.string(),
			licence: z.string(),
			sha256: z.string(),
			rows: z.number()
		})
	),
	models: z.record(z.string(), z.partialRecord(z.enum(LEARNED), trained))
});
export type Weights = z.output<typeof weightsSchema>;
export type Trained = z.output<typeof trained>;

/** How good the detector is at one statement. */
export interface Measured {
	statement: Learned;
	/** The model, where it alone was measured. */
	model?: string;
	/** Folders of the texts that judged, with their licences. */
	sets: { folder: string; licence: string }[];
	/** `cross-validation`: a model, on texts left out in turn; `held-out`: rules and models, on texts that taught nothing. */
	by: 'cross-validation' | 'held-out';
	scores: z.output<typeof scores>;
}

/** Every score that the weights were shipped with. */
export function measured({ models, heldOutScores, data }: Weights): Measured[] {
	const licences = new Map(data.map(({ folder, licence }) => [folder, licence]));
	const named = (folders: readonly string[]) => folders.map((folder) => ({ folder, licence: licences.get(folder) ?? '' }));
	const crossed = Object.entries(models).flatMap(([model, statements]) =>
		LEARNED.flatMap((statement): Measured[] => {
			const one = statements[statement];
			return one ? [{ statement, model, sets: named(one.sets), by: 'cross-validation', scores: one.scores }] : [];
		})
	);
	return [...crossed, ...heldOutScores.map(({ set, statement, scores }): Measured => ({ statement, sets: named([set]), by: 'held-out', scores }))];
} // prettier-ignore

/** English titles and texts are written unlike each other, and have a model each. */
export const modelName = (language: string, field: Field): string =>
	language === 'zh' ? 'chinese' : field === 'title' ? 'headlines' : 'sentences';

export type Model = Partial<Record<Learned, (features: readonly string[]) => number>>;

/** Models by name: each gives the probability for a pair's features. */
export function models(weights: Weights): ReadonlyMap<string, Model> {
	const probabilityOf = ({ weights, scaling, threshold }: Trained) => {
		const byFeature = new Map(Object.entries(weights));
		const shift = Math.log(threshold / (1 - threshold));
		return (features: readonly string[]) => {
			let score = 0;
			for (const feature of features) score += byFeature.get(feature) ?? 0;
			return sigmoid(scaling.slope * score + scaling.offset - shift);
		};
	};
	return new Map(
		Object.entries(weights.models).map(([name, kinds]) => {
			const model: Model = {};
			for (const kind of LEARNED) {
				const one = kinds[kind];
				if (one) model[kind] = probabilityOf(one);
			}
			return [name, model];
		})
	);
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
