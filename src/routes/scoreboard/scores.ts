/** How good the detector is: as measured when it was trained, and as people judged its signals here. */
import type { Learned, Weights } from '#lib/domain/partnerships/signals/model.ts';
import { wilson } from '#lib/domain/referrals/interval.ts';
import type { SignalVerdict } from '#lib/server/signal-verdicts.ts';

/** A part of some, with its 95% range (Wilson 1927). */
export interface Part {
	of: number;
	share: number;
	low: number;
	high: number;
}
const partOf = (share: number, of: number): Part => ({ of, share, ...wilson(share, of) });

export interface Score {
	/** `headlines`, `sentences`, `chinese`. */
	texts: string;
	says: Learned;
	/** Texts read, and those that say so. */
	rows: number;
	positive: number;
	/** Of what it says, what is right; of what is there, what it finds. */
	precision: Part;
	recall: Part;
	auc: number;
	ece: number;
	threshold: number;
}

/** Every trained model's scores. What it said is counted from its precision and recall, which are kept to three digits. */
export function scoresOf({ models }: Pick<Weights, 'models'>): Score[] {
	return Object.entries(models).flatMap(([texts, kinds]) =>
		Object.entries(kinds).map(([says, { scores, threshold }]): Score => {
			const { rows, positive, precision, recall, auc, ece } = scores;
			const told = precision > 0 ? (recall * positive) / precision : 0;
			return {
				texts, says: says as Learned, rows, positive, auc, ece, threshold,
				precision: partOf(precision, told), recall: partOf(recall, positive)
			}; // prettier-ignore
		})
	);
}

/** Below so many verdicts a part is not told. */
export const LEAST_JUDGED = 20;

export interface JudgedPart extends Part {
	key: string;
	right: number;
}

/** Verdicts by what `keyOf` says of the signal, the most judged first; those that were taken back are none. */
export function judgedBy(
	verdicts: readonly SignalVerdict[],
	keyOf: (signal: SignalVerdict['body']['signal']) => string
): JudgedPart[] {
	const standing = verdicts.filter(({ body }) => body.verdict !== null);
	return [...Map.groupBy(standing, ({ body }) => keyOf(body.signal))]
		.map(([key, own]): JudgedPart => {
			const right = own.filter(({ body }) => body.verdict === 'right').length;
			return { key, right, ...partOf(right / own.length, own.length) };
		})
		.sort((a, b) => b.of - a.of || (a.key < b.key ? -1 : 1));
}
