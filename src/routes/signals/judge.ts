/** What somebody says of a signal, with keys or a form. */
import { fail, redirect } from '@sveltejs/kit';
import { SIGNAL_TYPES, type SignalType } from '#lib/domain/partnerships/signals/signal.ts';
import { isOfDemo } from '#lib/server/demo/evidence.ts';
import { isProblem } from '#lib/server/errors.ts';
import type { Services } from '#lib/server/services.ts';
import {
	judgedSignals,
	saveSignalVerdict,
	signalVerdictHistory,
	type JudgedSignal,
	type SignalVerdict,
	type SignalVerdictBody
} from '#lib/server/signal-verdicts.ts';
import { article } from '#lib/server/store/news.ts';
import { signals, type SignalRow } from '#lib/server/store/signals.ts';
import { change } from '#lib/ui/addresses.ts';
import { problemText } from '#lib/ui/faults.ts';
import { keptText } from './context.ts';
import { readSaid, type Said } from './said.ts';

/** Until there are accounts, whoever sits at the page. */
const WHO = 'page';

export const shown = ({ version, who, at, body: { verdict, type, others } }: SignalVerdict) => ({
	version,
	who,
	at,
	verdict,
	type: type ?? null,
	others: others ?? false
});
export type ShownVerdict = ReturnType<typeof shown>;

/** Saves what the form says; where somebody was faster both are told. */
export async function save(
	{ desk, store }: Pick<Services, 'desk' | 'store'>,
	url: URL,
	form: FormData
): Promise<ReturnType<typeof fail<Refusal>>> {
	const said = readSaid(form.get('judge')?.toString() ?? '');
	if (!said) return fail(400, { id: '', reason: 'judge', said: null, taken: null });
	const { id, version } = said;
	let document = id;
	try {
		const [signal] = await signals(store, { among: [id], limit: 1 });
		if (!signal) return fail(404, { id, reason: id, said, taken: null });
		document = (await judgedSignals(store, desk)).of(signal)?.id ?? id;
		const body = { ...bodyOf(said), signal: await copyOf({ store }, signal) };
		await saveSignalVerdict(desk, body, { id: document, version, who: WHO, at: Date.now() });
	} catch (problem) {
		if (!isProblem(problem)) throw problem;
		if (problem.code !== 'conflict')
			return fail(503, { id, reason: problemText(problem), said, taken: null });
		const [newest] = await signalVerdictHistory(desk, document);
		return fail(409, { id, reason: problemText(problem), said, taken: newest ? shown(newest) : null });
	}
	redirect(303, `${change(url, { '/judge': null, wrong: null })}#s-${id}`);
}

interface Refusal {
	/** Of the signal. */
	id: string;
	reason: string;
	/** What was to be saved. */
	said: Said | null;
	/** What somebody else saved meanwhile. */
	taken: ShownVerdict | null;
}

const bodyOf = ({ verdict, rather }: Said): Omit<SignalVerdictBody, 'signal'> => ({
	verdict,
	...(verdict === 'wrong' && rather !== null && { type: isType(rather) ? rather : 'none' }),
	...(verdict === 'wrong' && rather === 'others' && { others: true })
});
const isType = (text: string): text is SignalType => SIGNAL_TYPES.some((type) => type === text);

/** A copy of what was judged. */
async function copyOf({ store }: Pick<Services, 'store'>, signal: SignalRow): Promise<JudgedSignal> {
	const { type, a, b, quote, field, probability, source, evidence } = signal;
	const [said, demo] = await Promise.all([
		evidence.kind === 'news' ? article(store, evidence.id) : null,
		isOfDemo(store, evidence)
	]);
	return {
		type,
		organisations: b === '' ? [a] : [a, b],
		quote,
		title: said?.title ?? '',
		...(said ? keptText(said, signal) : { start: signal.start, end: signal.end }),
		field,
		language: said?.language ?? '',
		probability,
		source,
		evidence,
		...(demo && { demo })
	};
}
