import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../time.ts';
import { timeline, type Sighting } from './timeline.ts';

const seen = (day: number, hash: string, more: Partial<Sighting> = {}): Sighting => ({
	fetched: day * DAY,
	hash,
	bytes: 1000,
	collector: '',
	extractor: '',
	...more
});
const verdicts = (sightings: Sighting[], now = 1000) =>
	timeline(sightings, now * DAY).map(({ at, after, verdict, decidedAt }) => [
		at / DAY,
		after,
		verdict,
		decidedAt === null ? null : decidedAt / DAY
	]);

describe('the timeline of a document', () => {
	it('has a version a change of text, not one a sighting', () => {
		expect(timeline([seen(0, 'a'), seen(1, 'a'), seen(2, 'b'), seen(3, 'b')], 9 * DAY)).toHaveLength(1);
	});

	it('confirms a change that stood for two days and was seen again', () => {
		expect(verdicts([seen(0, 'a'), seen(5, 'b'), seen(6, 'b')])).toEqual([[5, 'b', 'confirmed', 7]]);
	});

	it('leaves a change pending that nobody has seen since, however long ago it was', () => {
		expect(verdicts([seen(0, 'a'), seen(5, 'b')])).toEqual([[5, 'b', 'pending', null]]);
	});

	it('leaves a change pending while its hold runs', () => {
		expect(verdicts([seen(0, 'a'), seen(5, 'b'), seen(6, 'b')], 6)).toEqual([[5, 'b', 'pending', null]]);
	});

	it('takes a return to the text before, within the hold, for a flap on both sides', () => {
		expect(verdicts([seen(0, 'a'), seen(5, 'b'), seen(6, 'a'), seen(7, 'a')])).toEqual([
			[5, 'b', 'flap', 6],
			[6, 'a', 'flap', 6]
		]);
	});

	it('takes a text that lost most of its bytes for a broken capture until it has stood for a week', () => {
		const short = { bytes: 90 };
		expect(verdicts([seen(0, 'a'), seen(5, 'b', short), seen(9, 'a')])[0]).toEqual([5, 'b', 'broken', 9]);
		expect(verdicts([seen(0, 'a'), seen(5, 'b', short), seen(13, 'b', short)])).toEqual([
			[5, 'b', 'confirmed', 13]
		]);
	});

	it('takes a change of the extraction rules for technical at once', () => {
		expect(verdicts([seen(0, 'a'), seen(5, 'b', { extractor: '2' })])).toEqual([[5, 'b', 'technical', 5]]);
	});

	it('tells collectors apart', () => {
		expect(timeline([seen(0, 'a'), seen(1, 'b', { collector: 'other' })], 9 * DAY)).toEqual([]);
	});

	const days = fc.uniqueArray(fc.tuple(fc.nat(200), fc.constantFrom('a', 'b', 'c')), {
		selector: ([day]) => day
	});

	it('depends on no order, and decides nothing before it could be known', () => {
		fc.assert(
			fc.property(days, fc.nat(220), (list, now) => {
				const sightings = list.map(([day, hash]) => seen(day, hash));
				expect(verdicts(sightings.toReversed(), now)).toEqual(verdicts(sightings, now));
				for (const { at, decidedAt } of timeline(sightings, now * DAY))
					if (decidedAt !== null) expect(at <= decidedAt && decidedAt <= now * DAY).toBe(true);
			})
		);
	});

	it('never takes a verdict back', () => {
		fc.assert(
			fc.property(days, fc.nat(220), fc.nat(220), (list, a, b) => {
				const sightings = list.map(([day, hash]) => seen(day, hash));
				const then = new Map(timeline(sightings, Math.max(a, b) * DAY).map((v) => [v.at, v]));
				for (const { at, verdict, decidedAt } of timeline(sightings, Math.min(a, b) * DAY))
					if (decidedAt !== null) expect(then.get(at)).toMatchObject({ verdict, decidedAt });
			})
		);
	});
});
