import { describe, expect, test } from 'vitest';
import {
	ago,
	bare,
	bytes,
	compact,
	count,
	day,
	days,
	duration,
	instant,
	month,
	percent,
	points,
	range
} from './format.ts';

const noon = Date.UTC(2026, 10, 20, 12);

describe('numbers', () => {
	test('a share is a whole per cent unless digits are asked for', () => {
		expect(percent(0.251, 'en')).toBe('25%');
		expect(percent(0.251, 'zh', 1)).toBe('25.1%');
	});
	test('a difference in points carries a typographic sign, and nothing where it is nothing', () => {
		expect(points(0.161, 'en')).toBe('+16.1');
		expect(points(-0.004, 'zh')).toBe('−0.4');
		expect(points(0, 'en')).toBe('0.0');
	});
	test('a range is two numbers and a dash, never a plus-minus; equal ends are said once', () => {
		expect(range(0.58, 0.77, 'en')).toBe('58–77');
		expect(range(0.234, 0.268, 'zh', 1)).toBe('23.4–26.8');
		expect(range(0.58, 0.581, 'en')).toBe('58');
		expect(bare(0.064, 'en')).toBe('6.4');
	});
	test('counts are grouped, and shortened the way each language does', () => {
		expect(count(412310, 'en')).toBe('412,310');
		expect(compact(41_208_116, 'en')).toBe('41.2M');
		expect(compact(41_208_116, 'zh')).toBe('4120.8万');
		expect(bytes(154, 'en')).toBe('154 bytes');
		expect(bytes(1_234_567, 'en')).toBe('1.2 MB');
	});
});

describe('days', () => {
	test('a day says its weekday and year where asked', () => {
		expect(day('2026-11-20', 'en', { weekday: true })).toBe('Fri 20 Nov 2026');
		expect(day('2026-11-20', 'zh', { weekday: true })).toBe('2026年11月20日 周五');
		expect(day('2026-09-01', 'en', { year: false })).toBe('1 Sep');
		expect(month('2025-05-19', 'en')).toBe('May 2025');
		expect(month('2025-05-19', 'zh')).toBe('2025年5月');
	});
	test('a period says once what its ends share', () => {
		expect(days('2025-09-08', '2025-09-14', 'en')).toBe('8–14 Sep 2025');
		expect(days('2025-09-29', '2025-10-05', 'en')).toBe('29 Sep – 5 Oct 2025');
		expect(days('2025-12-29', '2026-01-04', 'en')).toBe('29 Dec 2025 – 4 Jan 2026');
		expect(days('2025-09-08', '2025-09-14', 'zh')).toBe('2025年9月8–14日');
		expect(days('2025-09-29', '2025-10-05', 'zh')).toBe('2025年9月29日 – 10月5日');
		expect(days('2025-09-08', '2025-09-08', 'en')).toBe('8 Sep 2025');
	});
});

describe('instants', () => {
	test('an instant of today says so, one of another year says which', () => {
		expect(instant(noon - 3_600_000, noon, 'en', 'today')).toBe('today 11:00');
		expect(instant(Date.UTC(2026, 10, 16, 17, 5), noon, 'en', 'today')).toBe('16 Nov 17:05');
		expect(instant(Date.UTC(2025, 10, 16, 17, 5), noon, 'zh', '今天')).toBe('2025年11月16日 17:05');
	});
	test('how long ago is said in the largest whole unit', () => {
		expect(ago(noon - 32 * 60_000, noon, 'en')).toBe('32 minutes ago');
		expect(ago(noon - 5 * 86_400_000, noon, 'zh')).toBe('5天前');
		expect(duration(5.9 * 86_400_000, 'en')).toBe('5 days');
		expect(duration(400, 'en')).toBe('0 seconds');
		expect(ago(noon - 532 * 86_400_000, noon, 'en')).toBe('1 year ago');
		expect(ago(noon - 400, noon, 'en')).toBe('now');
		expect(ago(noon - 62 * 86_400_000, noon, 'zh')).toBe('2个月前');
	});
});
