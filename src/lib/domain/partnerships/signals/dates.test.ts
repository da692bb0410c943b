import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn } from './dates.ts';

/** A Tuesday. */
const published = '2026-11-24T08:00:00Z';

describe('a day is read', () => {
	it.each([
		['2026-11-23', 'en', 'Mei Chen visited Harbour on Monday.'],
		['2026-11-20', 'en', 'Lantern denied it on Friday.'],
		['2026-11-24', 'en', 'Lantern denied it on Tuesday.'],
		['2026-11-23', 'en', 'Lantern denied it yesterday.'],
		['2014-03-03', 'en', 'On March 3, 2014, Lantern and Harbour signed a deal.'],
		['2026-03-03', 'en', 'On March 3 Lantern and Harbour signed a deal.'],
		['2026-11-21', 'en', 'Three days ago Lantern sued Harbour.'],
		['2026-11-23', 'zh', '灯笼总裁周一到访海港商城。'],
		['2026-11-23', 'zh', '灯笼总裁周一（11月23日）到访海港商城。'],
		['2026-11-20', 'zh', '11月20日，灯笼宣布与海港商城合作。'],
		['2026-11-20', 'zh', '20日晚间，灯笼公告。'],
		['2026-10-30', 'zh', '30日晚间，灯笼公告。'],
		['2025-03-05', 'zh', '去年3月5日，灯笼入股海港商城。'],
		['2014-03-05', 'zh', '2014年3月5日，灯笼入股海港商城。'],
		['2026-11-23', 'zh', '灯笼昨日否认。']
	])('%s (%s): %s', (day, language, sentence) => {
		expect(dayIn(sentence, language, published)).toBe(day);
	});

	it("in the writer's zone: what is yesterday in China may be today in Greenwich", () => {
		expect(dayIn('灯笼昨日否认。', 'zh', '2026-11-23T20:00:00Z')).toBe('2026-11-23');
	});
});

describe('no day is read', () => {
	it.each([
		['of what is vague', 'en', 'Lantern signed it last year, in 2014 or two weeks ago.'],
		['of a month', 'en', 'Lantern signed it in March.'],
		['of what is to come', 'en', 'Lantern will open the shop on December 1, 2026.'],
		['of what is to come', 'en', 'Lantern meets Harbour next Tuesday.'],
		['of a range', 'en', 'The fair from May 5-7 showed Lantern and Harbour.'],
		['of a deadline', 'en', 'Harbour must answer Lantern by March 3, 2026.'],
		['of several', 'en', 'Lantern said on Monday that it signed on March 3.'],
		['of a known name', 'en', 'Lantern 7, known today as Harbour, has 24 shops.'],
		['of a number', 'en', 'Lantern bought 5 percent of Harbour for $20 million.'],
		['of what is vague', 'zh', '去年灯笼与海港商城合作，三个月前终止。'],
		['of what is to come', 'zh', '灯笼将于12月1日入驻海港商城。'],
		['of what is to come', 'zh', '灯笼总裁下周三到访海港商城。'],
		['of a range', 'zh', '11月2日至5日，灯笼与海港商城参展。'],
		['of a deadline', 'zh', '海港商城须在截至3月5日答复灯笼。'],
		['of a duration', 'zh', '灯笼20日均流量上升。']
	])('%s (%s): %s', (_, language, sentence) => {
		expect(dayIn(sentence, language, published)).toBeUndefined();
	});

	it('where the time of publication cannot be read', () => {
		expect(dayIn('Lantern denied it yesterday.', 'en', 'soon')).toBeUndefined();
	});
});

it('a day is a day of the calendar, and none after the article', () => {
	const words = fc.constantFrom('on Monday', 'March 3', '2014年2月30日', '31日', 'yesterday', '周日', '11月31日', 'Nov. 30', '去年2月29日', '5 days ago', '0日', 'today', ', ', ' 的');
	fc.assert(
		fc.property(fc.array(words, { maxLength: 4 }), fc.constantFrom('en', 'zh'), fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }), (parts, language, date) => {
			const day = dayIn(parts.join(' '), language, date.toISOString());
			if (day === undefined) return;
			expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
			expect(Date.parse(day)).toBeLessThanOrEqual(date.getTime() + 8 * 3_600_000);
		})
	);
}); // prettier-ignore
