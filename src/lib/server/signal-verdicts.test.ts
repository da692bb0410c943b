import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from './desk/desk.ts';
import { openDesk } from './desk/open.ts';
import { createLogger } from './logger.ts';
import {
	judgedSignals,
	saveSignalVerdict,
	signalVerdictHistory,
	type SignalVerdictBody
} from './signal-verdicts.ts';
import type { SignalRow } from './store/signals.ts';
import type { Store } from './store/store.ts';

let folder: string;
let desk: Desk;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'telltale-'));
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
});
afterEach(async () => {
	await desk.close();
	rmSync(folder, { recursive: true, force: true });
});

const evidence = { kind: 'news', id: '7' };
const signal = (id: string, more: Partial<SignalRow> = {}): SignalRow => ({
	a: 'harbor', b: 'lantern', id, recorded: '', at: '', happened: null, type: 'talks', probability: 0.9, quote: 'They talk.', source: 'Daily',
	reliability: 'C', copyOf: '0', evidence, detector: '', live: true, position: 0, field: 'text', start: 0, end: 10, agent: '', person: '', ...more
}); // prettier-ignore
const body = (verdict: SignalVerdictBody['verdict'], more: Partial<SignalVerdictBody> = {}): SignalVerdictBody => ({
	verdict,
	signal: {
		type: 'talks', organisations: ['lantern', 'harbor'], quote: 'They talk.', title: 'News', text: 'They talk.', field: 'text', start: 0,
		end: 10, language: 'en', probability: 0.9, source: 'Daily', evidence
	},
	...more
}); // prettier-ignore
/** A store that holds these signals of the judged evidence. */
const holding = (...rows: SignalRow[]): Store =>
	({ select: ({ params }: { params: { articles: bigint[] } }) => Promise.resolve(rows.filter((one) => params.articles.includes(BigInt(one.evidence.id)))) }) as unknown as Store; // prettier-ignore

test('a verdict counts for the signal it was given on', async () => {
	await saveSignalVerdict(desk, body('wrong', { type: 'denial' }), {
		id: '1',
		version: 0,
		who: 'ada',
		at: 1
	});
	const judged = await judgedSignals(holding(signal('1'), signal('2', { quote: 'They do.' })), desk);
	expect([judged.wrong, judged.right]).toEqual([['1'], []]);
	expect(judged.of(signal('1'))).toMatchObject({ who: 'ada', body: { verdict: 'wrong', type: 'denial' } });
	expect(judged.of(signal('2', { quote: 'They do.' }))).toBeUndefined();
});

test('it outlives a re-reading that finds the same words at another place, and says nothing of another type or pair there', async () => {
	await saveSignalVerdict(desk, body('wrong'), { id: '1', version: 0, who: 'ada', at: 1 });
	const denial = signal('3', { type: 'denial' });
	const others = signal('4', { b: 'orchard' });
	const judged = await judgedSignals(holding(signal('2', { start: 90, end: 100 }), denial, others), desk);
	expect(judged.wrong).toEqual(['2']);
	expect(judged.of(denial)).toBeUndefined();
	expect(judged.of(others)).toBeUndefined();
});

test('one that is taken back judges nothing, and is still the version that the next one follows', async () => {
	await saveSignalVerdict(desk, body('right'), { id: '1', version: 0, who: 'ada', at: 1 });
	await saveSignalVerdict(desk, body(null), { id: '1', version: 1, who: 'ada', at: 2 });
	const judged = await judgedSignals(holding(signal('1')), desk);
	expect([judged.wrong, judged.right]).toEqual([[], []]);
	expect(judged.of(signal('1'))?.version).toBe(2);
	expect((await signalVerdictHistory(desk, '1')).map(({ body }) => body.verdict)).toEqual([null, 'right']);
});

test('who read an older version than the newest is refused', async () => {
	await saveSignalVerdict(desk, body('right'), { id: '1', version: 0, who: 'ada', at: 1 });
	await expect(
		saveSignalVerdict(desk, body('wrong'), { id: '1', version: 0, who: 'ben', at: 2 })
	).rejects.toMatchObject({ code: 'conflict' });
});

test('what it is rather is told of its article, also when no signal stands there any more', async () => {
	await saveSignalVerdict(desk, body('wrong', { type: 'supply' }), {
		id: '1',
		version: 0,
		who: 'ada',
		at: 1
	});
	await saveSignalVerdict(desk, body('wrong', { type: 'none' }), { id: '8', version: 0, who: 'ada', at: 2 });
	const rather = [{ type: 'supply', article: '7' }];
	expect((await judgedSignals(holding(signal('1')), desk)).corrections).toEqual({
		wrong: [{ id: '1', type: 'talks', article: '7' }],
		rather
	});
	expect((await judgedSignals(holding(), desk)).corrections).toEqual({ wrong: [], rather });
});

test('a past day is told with what had been said by then', async () => {
	const day = (n: number) => Date.UTC(2026, 10, n);
	await saveSignalVerdict(desk, body('right'), { id: '1', version: 0, who: 'ada', at: day(10) });
	await saveSignalVerdict(desk, body('wrong'), { id: '1', version: 1, who: 'ben', at: day(20) });
	const by = async (n: number) => {
		const { right, wrong } = await judgedSignals(holding(signal('1')), desk, new Date(day(n)).toISOString());
		return [right, wrong];
	};
	expect(await by(9)).toEqual([[], []]);
	expect(await by(10)).toEqual([['1'], []]);
	expect(await by(20)).toEqual([[], ['1']]);
});
