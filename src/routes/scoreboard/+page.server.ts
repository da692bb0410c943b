import { shippedWeights } from '#lib/domain/partnerships/signals/shipped.ts';
import { signalVerdicts } from '#lib/server/signal-verdicts.ts';
import { reading } from '../view.ts';
import type { PageServerLoad } from './$types';
import { judgedBy, scoresOf } from './scores.ts';

// They ship with the product: read and checked once a process.
const { models, data, heldOut } = shippedWeights();
const scores = scoresOf({ models });

export const load: PageServerLoad = async ({ locals: { services } }) =>
	reading(services, async () => {
		const verdicts = await signalVerdicts(services.desk);
		const [all] = judgedBy(verdicts, () => '');
		return {
			scores,
			learned: data,
			heldOut,
			judged: all ?? null,
			types: judgedBy(verdicts, ({ type }) => type),
			sources: judgedBy(verdicts, ({ source }) => source)
		};
	});
