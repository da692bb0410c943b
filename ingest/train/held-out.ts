/** The whole detector, rules and models, on the texts that taught nothing. */
import { detector } from '#lib/domain/partnerships/signals/detect.ts';
import { LEARNED, type Learned, type Weights } from '#lib/domain/partnerships/signals/model.ts';
import { TOGETHER, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { FOLDERS, type LabelledText } from './data.ts';
import { scoresAt } from './measure.ts';

const TYPES: Readonly<Record<Learned, readonly SignalType[]>> = {
	together: TOGETHER,
	equity: ['equity'],
	dispute: ['dispute'],
	regulatory: ['regulatory']
};
/** Of fewer texts that make a statement nothing can be told. */
const LEAST_POSITIVE = 10;

/** Scores by source and statement, at the point from which the product counts a signal. */
export function heldOutScores(texts: readonly LabelledText[], weights: Weights): Weights['heldOutScores'] {
	const detect = detector(starter, weights);
	const read = texts.map((labelled) => {
		const { text, field, names: organisations } = labelled;
		const { signals } = detect(field === 'title' ? { title: text, organisations } : { title: '-', text, organisations });
		return { labelled, signals };
	}); // prettier-ignore
	const bySource = Map.groupBy(read, ({ labelled }) => labelled.source);
	return [...bySource].flatMap(([source, rows]) =>
		LEARNED.flatMap((statement) => {
			const judged = rows.flatMap(({ labelled: { labels, names }, signals }) => {
				const positive = labels[statement];
				if (positive === undefined) return [];
				const told = signals.filter(({ type, organisations }) => TYPES[statement].includes(type) && organisations.filter((name) => names.includes(name)).length > 1); // prettier-ignore
				return [{ positive, p: Math.max(0, ...told.map(({ probability }) => probability)) }];
			});
			if (judged.filter(({ positive }) => positive).length < LEAST_POSITIVE) return [];
			return [{ set: FOLDERS[source], statement, scores: scoresAt(judged, () => 0.5) }];
		})
	);
}
