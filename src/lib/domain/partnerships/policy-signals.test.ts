import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differ } from '../policies/diff.ts';
import { namesBetween, timeline, type Sighting } from '../policies/timeline.ts';
import { HOLD, HOLD_DOUBTED } from '../policies/verdicts.ts';
import { DAY } from '../time.ts';
import { compile } from '../watchlist/matcher.ts';
import { watchlistSchema } from '../watchlist/watchlist.ts';
import { partiesOf } from './pairs.ts';
import { policySignals } from './policy-signals.ts';

const { organisations } = watchlistSchema.parse({
	organisations: [
		{ id: 'lantern', name: 'Lantern' },
		{ id: 'lamplight', name: 'Lamplight', owner: 'lantern' },
		{ id: 'norden', name: 'Norden' },
		{ id: 'paylane', name: 'Paylane' }
	]
});
const matcher = compile({ organisations });
const FILLER = Array.from(
	{ length: 12 },
	(_, i) => `Paragraph ${i} says at some length what rule number ${i} is about.`
);
const text = (...clauses: string[]) => ['# Privacy', ...FILLER, ...clauses].join('\n\n');
const START = Date.UTC(2026, 9, 1);

type Seen = [day: number, text: string, more?: { collector?: string; extractor?: string }];
/** The signals of Lantern's page as it was seen, judged on a day. */
function signalsOf(seen: readonly Seen[], until = 60) {
	const diff = differ(matcher);
	const names = (of: string) => new Set(matcher.mentions(of).map(({ organisation }) => organisation));
	// The text stands for its own hash.
	const sightings = seen.map(([day, hash, { collector = '', extractor = '' } = {}]): Sighting => {
		return { fetched: START + day * DAY, hash, bytes: hash.length, collector, extractor };
	});
	const versions = timeline(sightings, START + until * DAY, ({ before, after }) =>
		namesBetween(names(before), names(after))
	);
	const changes = versions.map((version) => {
		const { changes } = diff(version.before, version.after);
		return {
			version,
			diff: {
				changes: changes.map((change) => ({
					...change,
					organisations: change.organisations.filter(({ organisation }) => organisation !== 'lantern')
				}))
			}
		};
	});
	return policySignals('lantern', changes, partiesOf(organisations));
}
const DOOR = 'We share your order with Norden so that it can deliver what you bought.';
/** Before and after, seen as often as a confirmation asks for. */
const grown = (before: string, after: string) => signalsOf([[0, before], [1, after], [2, after]]); // prettier-ignore

describe('a confirmed change', () => {
	it('that names a counterpart is a signal of the pair, known when its hold ends, with the words that came in', () => {
		const [signal, ...rest] = grown(text(), text(DOOR));
		expect(rest).toEqual([]);
		expect(signal).toMatchObject({
			organisations: ['lantern', 'norden'],
			at: START + DAY + HOLD,
			happenedAt: START + DAY,
			after: text(DOOR),
			quote: DOOR
		});
	});

	it('that names two counterparts is a signal of either pair', () => {
		const both = 'You can pay with Paylane, and we share your order with Norden.';
		expect(grown(text(), text(both)).map(({ organisations }) => organisations)).toEqual([
			['lantern', 'paylane'],
			['lantern', 'norden']
		]);
	});

	it('quotes the sentence that opens, not its neighbours nor what the clause said before', () => {
		const was = 'We keep your orders for a year. Norden is a trademark.';
		const [signal] = grown(text(was), text(`${was} You can sign in with Norden.`));
		expect(signal?.quote).toBe('You can sign in with Norden.');
	});

	it('that opens a capability for nobody it names is a signal of the organisation alone', () => {
		const opens = 'You can buy from merchants and pay with your wallet without leaving the app.';
		expect(grown(text(), text(opens))).toMatchObject([{ organisations: ['lantern'], quote: opens }]);
	});

	it('of a clause that spoke of the capability before opens none', () => {
		const was = 'You can pay with your wallet or your bank card in any shop of ours.';
		expect(grown(text(was), text(`${was.slice(0, -1)} and pay again.`))).toEqual([]);
	});

	it.each([
		['closes a door', text(), text('We do not share your data with Norden.')],
		['takes a door away', text(DOOR), text()],
		['says what opens nothing', text(), text('We keep our offices open on Mondays.')],
		['is a heading', text(), text('**5.4 Linking an account with a shopping partner**')],
		['names its own group', text(), text('Lamplight is a brand of ours.')]
	])('that %s is none', (_, before, after) => {
		expect(grown(before, after)).toEqual([]);
	});
});

describe('what is not confirmed is no signal', () => {
	it('while its hold lasts, and while nobody has looked since', () => {
		const seen: Seen[] = [[0, text()], [1, text(DOOR)], [2, text(DOOR)]]; // prettier-ignore
		expect(signalsOf(seen, 2.9)).toEqual([]);
		expect(signalsOf(seen, 3)).toHaveLength(1);
		expect(signalsOf(seen.slice(0, 2))).toEqual([]);
	});

	it('when it goes back', () => {
		expect(signalsOf([[0, text()], [1, text(DOOR)], [2, text()], [30, text()]])).toEqual([]); // prettier-ignore
	});

	it('when the page had broken and came back', () => {
		const whole = text(DOOR);
		expect(signalsOf([[0, whole], [1, '# Privacy'], [2, whole], [30, whole]])).toEqual([]); // prettier-ignore
	});

	it('when the extraction rules changed with it', () => {
		const rules = { extractor: 'new' };
		expect(signalsOf([[0, text()], [1, text(DOOR), rules], [30, text(DOOR), rules]])).toEqual([]); // prettier-ignore
	});
});

describe('once', () => {
	it('is a clause told that two collectors saw, as the first one confirmed it', () => {
		const other = { collector: 'other' };
		const seen: Seen[] = [
			[0, text()], [1, text(DOOR)], [2, text(DOOR)],
			[0, `${text()}\n\nOther footer.`, other], [2, `${text(DOOR)}\n\nOther footer.`, other], [9, `${text(DOOR)}\n\nOther footer.`, other]
		]; // prettier-ignore
		expect(signalsOf(seen)).toMatchObject([{ at: START + DAY + HOLD, after: text(DOOR) }]);
	});

	it('and again when it was taken away for good and came back with another text', () => {
		const later = text(DOOR, 'We keep our offices open on Mondays.');
		const seen: Seen[] = [
			[0, text()], [1, text(DOOR)], [5, text(DOOR)], [10, text()], [20, text()], [40, later], [50, later]
		]; // prettier-ignore
		expect(signalsOf(seen)).toHaveLength(2);
	});

	it('is what a later clock sees the same, and nothing is known before its time', () => {
		const texts = [
			text(),
			text(DOOR),
			text(DOOR, 'You can pay with Paylane.'),
			text('You can sign in with Norden.')
		];
		const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom(...texts)), {
			maxLength: 12
		});
		fc.assert(
			fc.property(steps, fc.integer({ min: 0, max: 60 }), (seen, day) => {
				const ordered = seen.toSorted(([a], [b]) => a - b).filter(([at], i, all) => at !== all[i - 1]?.[0]);
				const early = signalsOf(ordered, day);
				const now = START + day * DAY;
				for (const { at, happenedAt, quote, after } of early) {
					expect(at).toBeLessThanOrEqual(now);
					expect(at - happenedAt).toBeGreaterThanOrEqual(HOLD);
					expect(at - happenedAt <= HOLD_DOUBTED || ordered.some(([seen]) => START + seen * DAY === at)).toBe(true); // prettier-ignore
					expect(after).toContain(quote);
				}
				expect(signalsOf(ordered).filter(({ at }) => at <= now)).toEqual(early);
			}),
			{ numRuns: 60 }
		);
	});
});
