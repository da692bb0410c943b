import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant } from '#lib/domain/time.ts';
import { newsReadings } from '#lib/server/news-reading.ts';
import type { NewsRow } from '#lib/server/store/news.ts';
import type { SignalRow } from '#lib/server/store/signals.ts';
import { readArticle, signalsOver, type ReadArticle } from './derive-news.ts';

const AT = Date.parse('2026-11-20T08:00:00.000Z');
const unasked = () => Promise.reject(new Error('not to be asked'));
const nobody = { list: async () => [], get: unasked, history: unasked, save: unasked, saveAll: unasked };
const reading = newsReadings({ documents: nobody });
const article = (title: string, text?: string): NewsRow => ({
	id: '7', content: '8', detected: 'en', accepted: AT, position: 3, origin: 'door',
	event: { title, publisher: 'Reuters', url: 'https://news.example/7', publishedAt: '2026-11-20T07:00:00.000Z', ...(text !== undefined && { text }) }
}); // prettier-ignore
const TALKS = 'Tencent is in talks with JD.com about a shop inside the app.';

describe('an article that is read', () => {
	test('has rows that say where, by whom and when', async () => {
		const { mentions, signals } = readArticle(article(TALKS), await reading());
		expect(mentions.map(({ organisation, start, text }) => [organisation, start, text])).toEqual([['tencent', 0, 'Tencent'], ['jd', 25, 'JD.com']]); // prettier-ignore
		expect(signals.filter(({ probability }) => probability >= 0.5)).toMatchObject([
			{ a: 'jd', b: 'tencent', type: 'talks', quote: TALKS, field: 'title', start: 0, source: 'Reuters', reliability: 'A', recorded: formatInstant(AT), at: formatInstant(AT), evidence: { kind: 'news', id: '7' }, position: AT }
		]); // prettier-ignore
	});

	test('is named throughout however long it is, and says something in its beginning only', async () => {
		const filler = 'Nothing of note was said that day. '.repeat(800);
		const { mentions, signals } = readArticle(
			article('Minutes', `${TALKS} ${filler}${TALKS}`),
			await reading()
		);
		expect(mentions).toHaveLength(4);
		expect(signals.filter(({ probability }) => probability >= 0.5).map(({ start }) => start)).toEqual([0]);
	});

	test('is bounded where it is made of names: everybody is in it, nobody a million times', async () => {
		const { mentions } = readArticle(
			article('List', `${'Alipay '.repeat(20_000)} and Tencent`),
			await reading()
		);
		expect(mentions).toHaveLength(1_001);
		expect(mentions.at(-1)).toMatchObject({ organisation: 'tencent', text: 'Tencent' });
	});

	test('gives ids that hang on place, type and pair alone', async () => {
		const [before, after] = [
			readArticle(article('Report', TALKS), await reading()),
			readArticle(article('Report, corrected', `${TALKS} It rained.`), await reading())
		];
		expect(after.signals.map(({ id }) => id)).toEqual(before.signals.map(({ id }) => id));
		const moved = readArticle(article('Report', `It rained. ${TALKS}`), await reading());
		expect(moved.signals.map(({ id }) => id)).not.toEqual(before.signals.map(({ id }) => id));
	});
});

describe('signals over all that was said at an address', () => {
	const signal = (id: string, quote: string, version: number): SignalRow => ({
		a: 'a', b: 'b', id, recorded: formatInstant(AT + version), at: formatInstant(AT + version), happened: null, type: 'talks', probability: 0.9,
		quote, source: 'x', reliability: 'F', copyOf: '0', evidence: { kind: 'news', id: '7' }, detector: 'd', live: true, position: AT + version,
		field: 'text', start: 0, end: 1, agent: '', person: ''
	}); // prettier-ignore
	/** Versions as signals by id; some of one instant. */
	const versions = fc.array(
		fc.record({
			told: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.constantFrom('p', 'q')),
			at: fc.nat(3)
		}),
		{ minLength: 1, maxLength: 6 }
	);
	const readOf = (said: { told: Record<string, string>; at: number }[]): ReadArticle[] => {
		let at = 0;
		return said.map(({ told, at: later }) => {
			at += later;
			return {
				known: formatInstant(AT + at), recorded: formatInstant(AT + at), mentions: [],
				signals: Object.entries(told).map(([id, quote]) => signal(id, quote, at))
			}; // prettier-ignore
		});
	};

	test('are in the end those of the last text, each recorded later than what it takes the place of', () => {
		fc.assert(
			fc.property(versions, (said) => {
				const last = new Map<string, SignalRow>();
				for (const row of signalsOver(readOf(said))) {
					const was = last.get(row.id);
					if (was) expect(row.recorded > was.recorded).toBe(true);
					last.set(row.id, row);
				}
				const live = [...last.values()].filter((row) => row.live);
				expect(Object.fromEntries(live.map(({ id, quote }) => [id, quote]))).toEqual(said.at(-1)?.told);
			})
		);
	});

	test('are known since they were first said where nothing of them changed', () => {
		const rows = signalsOver(readOf([{ told: { 1: 'p', 2: 'p' }, at: 0 }, { told: { 1: 'p', 2: 'q' }, at: 5 }])); // prettier-ignore
		expect(rows.map(({ id, at }) => [id, at])).toEqual([
			['1', formatInstant(AT)],
			['2', formatInstant(AT)],
			['2', formatInstant(AT + 5)]
		]);
	});
});
