import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../time.ts';
import { timeline, type Look } from './timeline.ts';

const look = (day: number, hash: string, more: Partial<Look> = {}): Look => ({
	at: day * DAY,
	hash,
	size: 1000,
	collector: '',
	extractor: '',
	...more
});
const verdicts = (looks: Look[], now = 1000) =>
	timeline(looks, now * DAY).map(({ at, hash, verdict, decidedAt }) => [
		at / DAY,
		hash,
		verdict,
		decidedAt === null ? null : decidedAt / DAY
	]);

describe('the timeline of a document', () => {
	it('has a version a change of text, not one a look', () => {
		expect(
			timeline([look(0, 'a'), look(1, 'a'), look(2, 'b'), look(3, 'b')], 9 * DAY).map(
				({ hash, sightings }) => [hash, sightings]
			)
		).toEqual([
			['a', 2],
			['b', 2]
		]);
	});

	it('confirms a change that stood for two days and was seen again', () => {
		expect(verdicts([look(0, 'a'), look(5, 'b'), look(6, 'b')])).toEqual([
			[0, 'a', null, null],
			[5, 'b', 'confirmed', 7]
		]);
	});

	it('leaves a change pending that nobody has seen since, however long ago it was', () => {
		expect(verdicts([look(0, 'a'), look(5, 'b')])[1]).toEqual([5, 'b', 'pending', null]);
	});

	it('leaves a change pending while its hold runs', () => {
		expect(verdicts([look(0, 'a'), look(5, 'b'), look(6, 'b')], 6)[1]).toEqual([5, 'b', 'pending', null]);
	});

	it('takes a return to the text before, within the hold, for a flap on both sides', () => {
		expect(verdicts([look(0, 'a'), look(5, 'b'), look(6, 'a'), look(7, 'a')]).slice(1)).toEqual([
			[5, 'b', 'flap', 6],
			[6, 'a', 'flap', 6]
		]);
	});

	it('takes a text that lost most of its characters for a broken capture until it has stood for a week', () => {
		expect(verdicts([look(0, 'a'), look(5, 'b', { size: 90 }), look(9, 'a')])[1]).toEqual([
			5,
			'b',
			'broken',
			9
		]);
		expect(verdicts([look(0, 'a'), look(5, 'b', { size: 90 }), look(13, 'b', { size: 90 })])[1]).toEqual([
			5,
			'b',
			'confirmed',
			12
		]);
	});

	it('takes a change of the extraction rules for technical at once', () => {
		expect(verdicts([look(0, 'a'), look(5, 'b', { extractor: '2' })])[1]).toEqual([5, 'b', 'technical', 5]);
	});

	it('tells collectors apart', () => {
		expect(
			timeline([look(0, 'a'), look(1, 'b', { collector: 'other' })], 9 * DAY).every(
				({ before }) => before === null
			)
		).toBe(true);
	});

	const looks = fc.array(
		fc
			.record({
				day: fc.nat(60),
				hash: fc.constantFrom('a', 'b', 'c'),
				size: fc.constantFrom(100, 1000),
				collector: fc.constantFrom('', 'x')
			})
			.map(({ day, hash, ...more }) => look(day, hash, more))
	);

	it('neither depends on the order of looks at different times, nor decides before it could know', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.tuple(fc.nat(200), fc.constantFrom('a', 'b', 'c')), { selector: ([day]) => day }),
				fc.nat(220),
				(days, now) => {
					const seen = days.filter(([day]) => day <= now).map(([day, hash]) => look(day, hash));
					expect(verdicts([...seen].reverse(), now)).toEqual(verdicts(seen, now));
					for (const { at, decidedAt } of timeline(seen, now * DAY))
						if (decidedAt !== null) expect(at <= decidedAt && decidedAt <= now * DAY).toBe(true);
				}
			)
		);
	});

	it('gives every version after the first of a collector a verdict, once decided for good', () => {
		fc.assert(
			fc.property(looks, fc.nat(100), fc.nat(100), (all, a, b) => {
				const [early, late] = [Math.min(a, b), Math.max(a, b)];
				const at = (now: number) =>
					new Map(
						timeline(
							all.filter((one) => one.at <= now * DAY),
							now * DAY
						).map((v) => [`${v.collector} ${v.at} ${v.hash}`, v])
					);
				const then = at(late);
				for (const [key, { verdict, decidedAt, before }] of at(early)) {
					if (before !== null) expect(verdict).not.toBeNull();
					if (decidedAt !== null) expect(then.get(key)).toMatchObject({ verdict, decidedAt });
				}
			})
		);
	});
});
