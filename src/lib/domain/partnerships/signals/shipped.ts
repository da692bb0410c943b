/** The weights that the product ships with. */
import { weightsSchema, type Weights } from './model.ts';
import json from './weights.json' with { type: 'json' };

export const shippedWeights = (): Weights => weightsSchema.parse(json);
