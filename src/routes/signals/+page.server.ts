import { SIGNAL_TYPES } from '#lib/domain/partnerships/signals/signal.ts';
import { addDays, formatInstant, startOf } from '#lib/domain/time.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { signals, tallies, type SignalFilter, type ToldSignal } from '#lib/server/store/signals.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import { lastVisit } from '../visit.ts';
import type { Actions, PageServerLoad } from './$types';
import { askedFor, COUNTS_FROM, cursor, filterOf, isFiltered, pairOfKey, type Lanes } from './asked.ts';
import { save, shown } from './judge.ts';
import { opened } from './opened.ts';

/** Rows of a page, lanes of the timeline and marks in all of them; how far back it reaches, in days. */
const PAGE = 60;
const LANES = 8;
const MARKS = 400;
const DAYS = 365;

export const load: PageServerLoad = async ({ locals: { services, locale }, url, cookies }) => {
	const { now, day, known } = shownDay(url);
	const { store, desk } = services;
	const asked = askedFor(url.searchParams);
	const before = cursor(url.searchParams.get('before'));
	// A past day is looked at as it was: nothing in it is new.
	const since = known.asOf === undefined ? lastVisit(cookies, url, 'signals', now) : null;
	return reading(services, async () => {
		const [names, judged] = await Promise.all([readNames(desk, locale), judgedSignals(store, desk)]);
		const filter = { ...filterOf(asked, judged), ...known };
		const page = { ...filter, own: true };
		const [counts, rows, one] = await Promise.all([
			tallies(store, {
				...filter,
				wrong: judged.wrong,
				...(since !== null && { since: formatInstant(since) })
			}),
			signals(store, { ...page, limit: PAGE + 1, ...(before && { before }) }),
			opened(services, url.searchParams.get('signal'), { now, known, names, judged })
		]);
		const chosen = counts.filter(({ by, found }) => by === asked.by && found > 0).slice(0, LANES);
		const first = formatInstant(startOf(addDays(asked.to || day, -DAYS)));
		const marks = await signals(store, {
			...page,
			...within(asked.by, chosen.map(({ key }) => key)),
			...(asked.from === '' && { from: first }),
			limit: MARKS
		}); // prettier-ignore

		const nameOf = (by: Lanes, key: string) =>
			by === 'pair' ? key.split(' ').map(names.organisation).join(' × ') : key;
		const told = (signal: ToldSignal) => {
			const { id, a, b, type, at, probability, quote, source, reliability, evidence, articles, happened } = signal;
			const verdict = judged.of(signal);
			return {
				id, type, at, probability, quote, source, reliability, evidence, articles, happened,
				pair: b === '' ? a : `${a} ${b}`,
				organisations: names.organisations(b === '' ? [a] : [a, b]),
				verdict: verdict ? shown(verdict) : null,
				/** Whether it counts, and whether it came in since the last visit. */
				counts: probability >= COUNTS_FROM && verdict?.body.verdict !== 'wrong',
				fresh: since !== null && Date.parse(at) > since
			};
		}; // prettier-ignore
		const shownRows = rows.slice(0, PAGE);
		const last = shownRows.at(-1);
		return {
			day,
			since,
			asked,
			filtered: isFiltered(asked),
			all: url.searchParams.has('all') || isFiltered(asked),
			wrong: url.searchParams.has('wrong'),
			counts: counts.map(({ last: _, ...tally }) => ({
				...tally,
				name: tally.by === 'pair' || tally.by === 'source' ? nameOf(tally.by, tally.key) : tally.key
			})),
			lanes: chosen.map(({ key, counting, found, last }) => ({ key, name: nameOf(asked.by, key), counting, found, last })),
			from: asked.from || first.slice(0, 10),
			to: asked.to || day,
			marks: marks.map((signal) => {
				const { id, type, at, pair, source, counts, fresh, verdict, probability } = told(signal);
				return { id, type, at, probability, counts, fresh, lane: { pair, type, source }[asked.by], wrong: verdict?.verdict === 'wrong' };
			}),
			/** Marks that there would be but for their number. */
			more: marks.length === MARKS,
			rows: shownRows.map(told),
			/** The signal that is opened, which may be none of the rows. */
			opened: one && { ...told(one.signal), ...one.details },
			older: rows.length > PAGE && last ? `${last.at}~${last.id}` : null,
			paged: before !== undefined,
			judged: { right: judged.right.length, wrong: judged.wrong.length }
		}; // prettier-ignore
	});
};

const within = (by: Lanes, keys: string[]): SignalFilter =>
	by === 'pair'
		? { pairs: keys.map(pairOfKey) }
		: by === 'source'
			? { sources: keys }
			: { types: askedTypes(keys) };
const askedTypes = (keys: readonly string[]) => SIGNAL_TYPES.filter((type) => keys.includes(type));

export const actions: Actions = {
	/** Right, wrong, or taken back. */
	judge: async ({ locals: { services }, url, request }) => save(services, url, await request.formData())
};
