/** One signal in place: its words in their text, who did what, what repeats it, what was said of it. */
import { readReliability } from '#lib/server/reliability.ts';
import type { Services } from '#lib/server/services.ts';
import { signalVerdictHistory, type Judged } from '#lib/server/signal-verdicts.ts';
import { article } from '#lib/server/store/news.ts';
import { signals, type ToldSignal } from '#lib/server/store/signals.ts';
import type { Names } from '../names.ts';
import type { Shown } from '../view.ts';
import { contextOf } from './context.ts';
import { shown } from './judge.ts';

interface Options extends Pick<Shown, 'now' | 'known'> {
	names: Pick<Names, 'organisation'>;
	judged: Pick<Judged, 'of'>;
}

/** Null where there is no such signal. */
export async function opened(
	{ store, desk }: Pick<Services, 'store' | 'desk'>,
	id: string | null,
	{ now, known, names, judged }: Options
) {
	if (id === null || !/^\d{1,39}$/.test(id)) return null;
	const [signal] = await signals(store, { among: [id], limit: 1, ...known });
	return signal ? { signal, details: await details(signal) } : null;

	async function details(signal: ToldSignal) {
		const { evidence, source, detector, agent, person, copyOf, recorded } = signal;
		const news = evidence.kind === 'news';
		const verdict = judged.of(signal);
		const [said, judge, history] = await Promise.all([
			news ? article(store, evidence.id, known.asOf) : null,
			news ? readReliability({ store, desk, now, ...known }) : null,
			verdict ? signalVerdictHistory(desk, verdict.id) : []
		]);
		const { right, of, basis } = judge?.(source) ?? { right: 0, of: 0, basis: 'none' };
		return {
			context: said && contextOf(said, signal),
			title: said?.title ?? null,
			url: said?.url ?? null,
			language: said?.language ?? null,
			agent: agent ? names.organisation(agent) : null,
			person: person || null,
			detector,
			recorded,
			copyOf: copyOf === '0' ? null : copyOf,
			record: { right, of, prior: basis !== 'record' },
			versions: history.map(shown)
		};
	}
}
