/** What people say of signals: right, or wrong and what it is rather; on the desk as documents that keep every version. */
import { z } from 'zod';
import { SIGNAL_TYPES } from '#lib/domain/partnerships/signals/signal.ts';
import type { Desk, Document } from './desk/desk.ts';
import { signalsAt, type SignalRow } from './store/signals.ts';
import type { Store } from './store/store.ts';
import type { Corrections } from './store/stories.ts';

/** Kind of the desk's documents; their id is that of the signal when it was first judged. */
export const SIGNAL_VERDICT = 'signal-verdict';

/** What was judged, so that the next model learns from it whatever becomes of the store. */
const judgedSchema = z.object({
	type: z.enum(SIGNAL_TYPES),
	/** Watchlist ids, one or two. */
	organisations: z.array(z.string()).min(1).max(2),
	quote: z.string(),
	title: z.string(),
	/** The article's text around the words; `start` and `end` (UTF-16 units) are those of `quote` in it, or in the title. */
	text: z.string().optional(),
	field: z.enum(['title', 'text', '']),
	start: z.int().min(0),
	end: z.int().min(0),
	language: z.string(),
	probability: z.number(),
	source: z.string(),
	evidence: z.object({ kind: z.string(), id: z.string() }),
	/** Set where it is of the demo: it is made up, and nothing learns from it. */
	demo: z.literal(true).optional()
});
export type JudgedSignal = z.output<typeof judgedSchema>;

export const signalVerdictSchema = z.object({
	/** Null where it was taken back. */
	verdict: z.enum(['right', 'wrong']).nullable(),
	/** Of a wrong one: what the words say rather of these organisations. */
	type: z.enum([...SIGNAL_TYPES, 'none']).optional(),
	/** They say it of other organisations, and nothing of these. */
	others: z.boolean().optional(),
	signal: judgedSchema
});
export type SignalVerdictBody = z.output<typeof signalVerdictSchema>;
export type SignalVerdict = Document<SignalVerdictBody>;

type Documents = { documents: Pick<Desk['documents'], 'list' | 'history' | 'save'> };
type Listed = { documents: Pick<Desk['documents'], 'list'> };

/** Newest versions of all, or those that were the newest by `by` (ms), the latest first. Rejects with `desk-unavailable`. */
export const signalVerdicts = async (desk: Listed, by?: number): Promise<SignalVerdict[]> =>
	(await desk.documents.list(SIGNAL_VERDICT, by)).map(parsed).sort((a, b) => b.at - a.at);

/** Every version of one, newest first. */
export const signalVerdictHistory = async (desk: Documents, id: string): Promise<SignalVerdict[]> =>
	(await desk.documents.history(SIGNAL_VERDICT, id)).map(parsed);

/** `version`: the one that was read, 0 for none. Rejects with `conflict` where another was saved meanwhile. */
export const saveSignalVerdict = async (
	desk: Documents,
	body: SignalVerdictBody,
	{ id, version, who, at }: { id: string; version: number; who: string; at: number }
): Promise<SignalVerdict> =>
	parsed(await desk.documents.save({ kind: SIGNAL_VERDICT, id, version, body, who, at }));

export interface Judged {
	/** What was said of a signal; also what was taken back, since the next version comes after it. */
	of(signal: Pick<SignalRow, 'id' | 'type' | 'a' | 'b' | 'quote' | 'evidence'>): SignalVerdict | undefined;
	/** Ids of the signals as they stand now. */
	right: string[];
	wrong: string[];
	/** The same of articles, as stories take it. */
	corrections: Corrections;
}

/**
 * The verdicts on the signals that stand; by `asOf` (RFC 3339) those that were given by then. A re-reading may give a signal another id, where its place in the text is told anew: it is known
 * again by its evidence, its words, its type and its organisations.
 */
export async function judgedSignals(store: Store, desk: Listed, asOf?: string): Promise<Judged> {
	const verdicts = await signalVerdicts(desk, asOf === undefined ? undefined : Date.parse(asOf));
	const byId = new Map(verdicts.map((verdict) => [verdict.id, verdict]));
	// The latest first: of two that were moved to the same words it stays.
	const byWords = new Map(
		verdicts.toReversed().map((verdict) => {
			return [wordsOf(verdict.body.signal), verdict];
		})
	);
	const of: Judged['of'] = ({ id, a, b, ...said }) =>
		byId.get(id) ?? byWords.get(wordsOf({ ...said, organisations: b === '' ? [a] : [a, b] }));
	const evidence = new Map(verdicts.map(({ body: { signal } }) => [signal.evidence.id, signal.evidence]));
	const standing = await signalsAt(store, [...evidence.values()]);
	const judged = (verdict: 'right' | 'wrong') =>
		standing.filter((signal) => of(signal)?.body.verdict === verdict);
	const wrong = judged('wrong');
	return {
		of,
		right: judged('right').map(({ id }) => id),
		wrong: wrong.map(({ id }) => id),
		corrections: {
			wrong: wrong.flatMap(({ id, type, evidence }) =>
				evidence.kind === 'news' ? [{ id, type, article: evidence.id }] : []
			),
			rather: verdicts.flatMap(({ body: { verdict, type, signal } }) =>
				verdict === 'wrong' && type !== undefined && type !== 'none' && signal.evidence.kind === 'news'
					? [{ type, article: signal.evidence.id }]
					: []
			)
		}
	};
}

const wordsOf = ({
	evidence,
	quote,
	type,
	organisations
}: Pick<JudgedSignal, 'evidence' | 'quote' | 'type' | 'organisations'>) =>
	JSON.stringify([evidence.kind, evidence.id, quote, type, organisations.toSorted()]);

const parsed = (document: Document): SignalVerdict => ({
	...document,
	body: signalVerdictSchema.parse(document.body)
});
