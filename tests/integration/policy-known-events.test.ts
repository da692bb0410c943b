/** Real policy moments and traps, read in place from the recorded histories: found on their day with their counterpart, or kept quiet. */
import { describe, expect, it } from 'vitest';
import { differ, type PolicyDiff } from '#lib/domain/policies/diff.ts';
import { DocumentVerdicts, namesBetween, type Version } from '#lib/domain/policies/verdicts.ts';
import { DAY } from '#lib/domain/time.ts';
import { compile } from '#lib/domain/watchlist/matcher.ts';
import { starter } from '#lib/domain/watchlist/starter.ts';
import { hasSeries, readSeries, type RecordedVersion } from '../support/policy-series.ts';

if (!hasSeries) console.log('Known policy events skipped: no recorded histories beside the project');
if (!hasSeries && process.env['CI'] === 'true') throw new Error('no recorded histories beside the project');

const matcher = compile(starter);

type Moment = Version & { diff: PolicyDiff };

/** What the product makes of a record: its changes from the day `from` to the day `to`, both included. */
function moments(file: string, from: string, to = from): Moment[] {
	const [first, end] = [Date.parse(from), Date.parse(to) + DAY];
	const document = new DocumentVerdicts({ recorded: true });
	const told = new Map<number, Version>();
	const diffs = new Map<number, PolicyDiff>();
	const diff = differ(matcher);
	let standing: RecordedVersion | null = null;
	let names = new Set<string>();
	for (const version of readSeries(`${file}.json.gz`).versions) {
		const { at, hash, text, rules } = version;
		const named = new Set(matcher.mentions(text).map(({ organisation }) => organisation));
		const seen = { at, hash, bytes: text.length, extractor: String(rules) };
		for (const one of document.observe(seen, namesBetween(names, named))) told.set(one.at, one);
		if (standing && at >= first && at < end) diffs.set(at, diff(standing.text, text));
		[standing, names] = [version, named];
	}
	for (const one of document.advance(Infinity)) told.set(one.at, one);
	return [...diffs].flatMap(([at, between]) => {
		const version = told.get(at);
		return version ? [{ ...version, diff: between }] : [];
	});
}
const at = (all: readonly Moment[], time: string) => {
	const found = all.find((moment) => moment.at === Date.parse(time));
	if (!found) throw new Error(`nothing changed at ${time}`);
	return found;
};
const organisations = ({ diff }: Moment) =>
	diff.changes
		.flatMap((change) => change.organisations)
		.map(({ organisation, direction }) => `${organisation} ${direction}`);
const topics = ({ diff }: Moment) => diff.changes.flatMap((change) => change.topics);

describe.skipIf(!hasSeries)('known events', () => {
	it('Reddit names OpenAI for the first time, and both collectors see a door open', () => {
		for (const [collection, time] of [
			['contrib', '2024-08-16T18:13:35Z'],
			['pga', '2024-08-17T00:33:32Z']
		] as const) {
			const moment = at(moments(`reddit__privacy-policy@${collection}`, time.slice(0, 10)), time);
			expect(moment).toMatchObject({ verdict: 'confirmed', decidedAt: moment.at + 2 * DAY });
			expect(moment.mentions).toContainEqual({
				organisation: 'openai',
				event: 'introduced',
				verdict: 'confirmed'
			});
			expect(organisations(moment)).toContain('openai opens');
		}
	});

	it('Booking lists Alipay among its payments', () => {
		const time = '2021-10-27T18:31:47Z';
		const moment = at(moments('booking-com__privacy-policy@contrib', '2021-10-27'), time);
		expect(moment.mentions).toContainEqual({
			organisation: 'alipay',
			event: 'introduced',
			verdict: 'confirmed'
		});
		expect(organisations(moment)).toContain('alipay opens');
		expect(topics(moment)).toContain('payments');
	});

	it('WhatsApp opens to Facebook; the new extraction rules ten minutes earlier are no news', () => {
		const all = moments('whatsapp__privacy-policy@contrib', '2021-04-29');
		expect(at(all, '2021-04-29T12:59:10Z').verdict).toBe('technical');
		const moment = at(all, '2021-04-29T13:10:23Z');
		expect(moment.verdict).toBe('confirmed');
		expect(organisations(moment)).toContain('meta opens');
	});

	it.each([
		['tiktok__terms-of-service@france', '2022-06-16T06:37:37Z'],
		['tiktok__privacy-policy@pga', '2023-04-04T18:34:32Z'],
		['tiktok__privacy-policy@pga', '2024-11-04T12:35:31Z']
	])('TikTok opens its shop: %s at %s', (file, time) => {
		const moment = at(moments(file, time.slice(0, 10)), time);
		expect(moment.verdict).toBe('confirmed');
		expect(topics(moment)).toContain('shopping');
		expect(organisations(moment)).toContain('tiktok opens');
	});
});

describe.skipIf(!hasSeries)('traps', () => {
	it('Facebook is called Meta: nobody is introduced, and nobody but itself is named', () => {
		for (const moment of moments('facebook__privacy-policy@contrib', '2022-01-04', '2022-01-05')) {
			expect(moment.mentions).toEqual([]);
			expect(organisations(moment).filter((one) => !one.startsWith('meta '))).toEqual([]);
		}
	});

	it('Booking names WhatsApp to say that it does not use it: no door opens', () => {
		const moment = at(moments('booking-com__privacy-policy@contrib', '2024-01-10'), '2024-01-10T18:31:57Z');
		expect(organisations(moment)).toContain('whatsapp closes');
		expect(organisations(moment)).not.toContain('whatsapp opens');
	});

	it('the pages that WeChat lost for an hour make no name vanish, nor come back', () => {
		const all = moments('wechat__privacy-policy@contrib', '2020-08-20', '2021-01-16');
		expect(all.filter(({ verdict }) => verdict === 'broken').length).toBeGreaterThanOrEqual(7);
		expect(all.flatMap(({ mentions }) => mentions).filter(({ verdict }) => verdict === 'confirmed')).toEqual(
			[]
		);
	});

	it('five days of a wrong page are no change of WhatsApp', () => {
		const all = moments('whatsapp__privacy-policy@contrib', '2020-10-23', '2020-10-28');
		expect(at(all, '2020-10-23T16:31:04Z').verdict).toBe('broken');
		expect(all.flatMap(({ mentions }) => mentions).filter(({ verdict }) => verdict === 'confirmed')).toEqual(
			[]
		);
	});
});
