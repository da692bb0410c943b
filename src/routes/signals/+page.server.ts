import { addDays, formatInstant } from '#lib/domain/time.ts';
import { judgedSignals } from '#lib/server/signal-verdicts.ts';
import { signals, tallies, type ToldSignal } from '#lib/server/store/signals.ts';
import { readNames } from '../names.ts';
import { reading, shownDay } from '../view.ts';
import { lastVisit } from '../visit.ts';
import type { Actions, PageServerLoad } from './$types';
import { askedFor, COUNTS_FROM, cursor, filterOf, isFiltered, type Lanes } from './asked.ts';
import { save, shown } from './judge.ts';
import { opened } from './opened.ts';

/** Rows of a page, lanes of the timeline and marks in all of them; how far back it reaches at least, in days. */
const PAGE = 60;
const LANES = 8;
const MARKS = 400;
const DAYS = 365;
/** Pairs and sources to choose from; longer lists are chosen from by the timeline and the API. */
const CHOICES = 100;

export const load: PageServerLoad = async ({ locals: { services, locale }, url, cookies }) => {
	const { now, day, known } = shownDay(url);
	const { store, desk } = services;
	const asked = askedFor(url.searchParams);
	const before = cursor(url.searchParams.get('before'));
	// A past day is looked at as it was: nothing in it is new.
	const since = known.asOf === undefined ? lastVisit(cookies, url, 'signals', now) : null;
	return reading(services, async () => {
		const [names, judged] = await Promise.all([
			readNames(desk, locale),
			judgedSignals(store, desk, known.asOf)
		]);
		const filter = { ...filterOf(asked, judged), ...known };
		const page = { ...filter, own: true };
		const [counts, newest, older, one] = await Promise.all([
			tallies(store, {
				...filter,
				wrong: judged.wrong,
				limit: CHOICES,
				...(since !== null && { since: formatInstant(since) })
			}),
			signals(store, { ...page, limit: MARKS }),
			before && signals(store, { ...page, limit: PAGE + 1, before }),
			opened(services, url.searchParams.get('signal'), { now, known, names, judged })
		]);
		const chosen = counts.filter(({ by, found }) => by === asked.by && found > 0).slice(0, LANES);
		const drawn = new Set(chosen.map(({ key }) => key));
		const rows = older ?? newest.slice(0, PAGE + 1);
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
			counts: counts.map(({ last: _, keys: __, ...tally }) => ({
				...tally,
				name: tally.by === 'all' ? '' : nameOf(tally.by, tally.key)
			})),
			/** Of all lanes. */
			keys: counts.find(({ by }) => by === asked.by)?.keys ?? 0,
			/** What the pairs asked for are called. */
			pairs: asked.pair ? asked.pair.split(',').map((key) => nameOf('pair', key)) : [],
			lanes: chosen.map(({ key, counting, found, last }) => ({ key, name: nameOf(asked.by, key), counting, found, last })),
			from: asked.from || earliest(newest, addDays(asked.to || day, -DAYS)),
			to: asked.to || day,
			marks: newest.flatMap((signal) => {
				const { id, type, at, pair, source, counts, fresh, verdict, probability } = told(signal);
				const lane = { pair, type, source }[asked.by];
				const wrong = verdict?.verdict === 'wrong';
				return drawn.has(lane) ? [{ id, type, at, probability, counts, fresh, lane, wrong }] : [];
			}),
			/** Marks that there would be but for their number. */
			more: newest.length === MARKS,
			rows: shownRows.map(told),
			/** The signal that is opened, which may be none of the rows. */
			opened: one && { ...told(one.signal), ...one.details },
			older: rows.length > PAGE && last ? `${last.at}~${last.id}` : null,
			paged: before !== undefined,
			judged: { right: judged.right.length, wrong: judged.wrong.length }
		}; // prettier-ignore
	});
};

/** The day of the earliest mark, or `day` where none is earlier. Marks come newest first. */
const earliest = (marks: readonly ToldSignal[], day: string): string => {
	const first = marks.at(-1)?.at.slice(0, 10) ?? day;
	return first < day ? first : day;
};

export const actions: Actions = {
	/** Right, wrong, or taken back. */
	judge: async ({ locals: { services }, url, request }) => save(services, url, await request.formData())
};
