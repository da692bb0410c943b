import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../time.ts';
import { DocumentVerdicts, namesBetween, type Version } from './verdicts.ts';

interface Read {
	day: number;
	text: string;
	names?: string;
	bytes?: number;
	rules?: string;
}
/** Runs a record, names as letters; what was said last of each version, and everything that was said. */
function run(reads: readonly Read[], { until = 1000, recorded = true } = {}) {
	const document = new DocumentVerdicts({ recorded });
	const told = new Map<number, Version>();
	const said: Version[] = [];
	const tell = (some: Version[]) => {
		for (const one of some) told.set(one.at, one);
		said.push(...some);
	};
	let names = new Set<string>();
	for (const { day, text, names: named = '', bytes = 1000, rules = '' } of reads) {
		const now = new Set(named);
		tell(document.observe({ at: day * DAY, hash: text, bytes, extractor: rules }, namesBetween(names, now)));
		names = now;
	}
	tell(document.advance(until * DAY));
	return { told: [...told.values()], said, document };
}
const names = (reads: readonly Read[], options = {}) =>
	run(reads, options).told.map(({ at, decidedAt, mentions }) => [
		at / DAY,
		decidedAt === null ? null : decidedAt / DAY,
		...mentions.map(
			({ organisation, event, verdict }) => `${event === 'introduced' ? '+' : '-'}${organisation} ${verdict}`
		)
	]);

describe('names that appear or vanish', () => {
	it('are confirmed at the end of the hold, each in the version where its presence changes', () => {
		expect(names([{ day: 0, text: 'a', names: 'x' }, { day: 10, text: 'b', names: 'xy' }, { day: 20, text: 'c', names: 'y' }])).toEqual([[10, 12, '+y confirmed'], [20, 22, '-x confirmed']]); // prettier-ignore
	});

	it('are a flap on both sides where the text before comes back within the hold', () => {
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x' }, { day: 11, text: 'a' }])).toEqual([[10, 11, '+x flap'], [11, 11, '-x flap']]); // prettier-ignore
	});

	it('are a flap as well where they go back in a text that is new', () => {
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'xy' }, { day: 11, text: 'c', names: 'y' }])).toEqual([[10, 12, '+x flap', '+y confirmed'], [11, 13, '-x flap']]); // prettier-ignore
	});

	it('are technical where the extraction rules changed, and where new rules take them away again', () => {
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x', rules: '2' }])).toEqual([[10, 10, '+x technical']]); // prettier-ignore
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x' }, { day: 11, text: 'c', rules: '2' }])).toEqual([[10, 11, '+x technical'], [11, 11, '-x technical']]); // prettier-ignore
	});

	it('go on being held where new rules leave them standing', () => {
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x' }, { day: 11, text: 'c', names: 'x', rules: '2' }])).toEqual([[10, 12, '+x confirmed'], [11, 11]]); // prettier-ignore
	});

	it('are no news where the text from before new rules comes back', () => {
		const reads = [{ day: 0, text: 'a', names: 'x' }, { day: 10, text: 'b', rules: '2' }, { day: 10.1, text: 'a', names: 'x', rules: '2' }]; // prettier-ignore
		expect(names(reads)).toEqual([
			[10, 10, '-x technical'],
			[10.1, 10.1, '+x flap']
		]);
	});

	it('are held for a week where the page lost most of its text, grew many times over, or had that text before', () => {
		expect(names([{ day: 0, text: 'a', names: 'x' }, { day: 10, text: 'b', bytes: 90 }])).toEqual([[10, 17, '-x confirmed']]); // prettier-ignore
		expect(names([{ day: 0, text: 'a', names: 'x' }, { day: 10, text: 'b', bytes: 90 }, { day: 15, text: 'c', names: 'x' }])[0]).toEqual([10, 15, '-x broken']); // prettier-ignore
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x', bytes: 9000 }])).toEqual([[10, 17, '+x confirmed']]); // prettier-ignore
		expect(names([{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x' }, { day: 20, text: 'a' }])[1]).toEqual([20, 27, '-x confirmed']); // prettier-ignore
	});
});

describe('a document', () => {
	it('has no line for its baseline, and none for a text that stands', () => {
		expect(run([{ day: 0, text: 'a' }, { day: 1, text: 'a' }]).said).toEqual([]); // prettier-ignore
	});

	it('confirms nothing while nobody has read the page since, where fetches are told', () => {
		const blind = [{ day: 0, text: 'a' }, { day: 10, text: 'b', names: 'x' }]; // prettier-ignore
		expect(names(blind, { recorded: false })).toEqual([[10, null, '+x pending']]);
		expect(names([...blind, { day: 11, text: 'b', names: 'x' }], { recorded: false })).toEqual([[10, 12, '+x confirmed']]); // prettier-ignore
		expect(names([...blind, { day: 30, text: 'b', names: 'x' }], { recorded: false })).toEqual([[10, 30, '+x confirmed']]); // prettier-ignore
	});

	it('is due when a hold ends, and no more once all is decided', () => {
		const { document } = run([{ day: 0, text: 'a' }, { day: 10, text: 'b' }], { until: 10 }); // prettier-ignore
		expect(document.due).toBe(12 * DAY);
		document.advance(12 * DAY);
		expect(document.due).toBe(Infinity);
	});

	const record = fc
		.uniqueArray(
			fc.tuple(
				fc.nat(60),
				fc.constantFrom('a', 'b', 'c', 'ab'),
				fc.constantFrom('', '2'),
				fc.constantFrom(50, 1000)
			),
			{
				selector: ([day]) => day,
				maxLength: 20
			}
		)
		.map((all) =>
			all
				.sort((a, b) => a[0] - b[0])
				.map(([day, names, rules, bytes]) => ({ day, text: `${names}${bytes}`, names, rules, bytes }))
		);

	it('says a version at most twice, pending and decided, and decides once, never before its time', () => {
		fc.assert(
			fc.property(record, fc.boolean(), (reads, recorded) => {
				const said = Map.groupBy(run(reads, { recorded }).said, ({ at }) => at);
				for (const [at, [one, other, ...more]] of said) {
					expect(more).toEqual([]);
					if (other) expect([one?.decidedAt, other.decidedAt === null]).toEqual([null, false]);
					const decided = (other ?? one)?.decidedAt ?? at;
					expect(decided).toBeGreaterThanOrEqual(at);
					for (const { verdict } of other?.mentions ?? []) expect(verdict).not.toBe('pending');
				}
			})
		);
	});

	it('decides the same whether or not more is read later', () => {
		fc.assert(
			fc.property(record, fc.nat(60), (reads, cut) => {
				const by = (all: Version[]) =>
					all
						.filter(({ decidedAt }) => decidedAt !== null && decidedAt <= cut * DAY)
						.sort((a, b) => a.at - b.at);
				const early = run(reads.filter(({ day }) => day <= cut), { until: cut }).said; // prettier-ignore
				expect(by(early)).toEqual(by(run(reads).said));
			})
		);
	});

	it('never has a name confirmed to appear twice without its going in between, while the extraction rules stand', () => {
		fc.assert(
			fc.property(record, (reads) => {
				const present = new Map<string, string>();
				// In the order of the versions: two that one event decides are told in either order.
				const { told } = run(reads.map((read) => ({ ...read, rules: '' })));
				for (const { mentions } of told.toSorted((a, b) => a.at - b.at))
					for (const { organisation, event, verdict } of mentions) {
						if (verdict !== 'confirmed') continue;
						expect(present.get(organisation)).not.toBe(event);
						present.set(organisation, event);
					}
			})
		);
	});
});
