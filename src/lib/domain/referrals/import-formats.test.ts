import { describe, expect, test } from 'vitest';
import { ga4Converter, ga4Period } from './ga4.ts';
import {
	converter,
	mapRow,
	mappingSchema,
	periodOf,
	type Converter,
	type Mapping
} from './import-formats.ts';

const fields = { provider: { constant: 'shop' }, destination: 'site', source: 'ref', from: 'day' };
const day = (from: string, to = from) => ({ from, to });

/** What a converter makes of rows. */
function run(convert: Converter, rows: unknown[]) {
	const values: unknown[] = [];
	const errors: string[] = [];
	for (const row of rows) {
		const taken = convert.take(row);
		if ('fatal' in taken) return { fatal: taken.fatal };
		if ('errors' in taken)
			errors.push(...taken.errors.map(({ path, message }) => `${path} ${message}`.trim()));
		else values.push(...taken.values);
	}
	const end = convert.end();
	errors.push(...end.errors.map(({ message }) => message));
	return { values: [...values, ...end.values], errors };
}

describe('a mapping', () => {
	test('names columns, constants and addresses made of columns', () => {
		const mapping: Mapping = {
			fields: {
				url: { template: 'https://example.com/search?q={headline}' },
				title: 'headline',
				publisher: { constant: 'Example' },
				author: 'by'
			}
		};
		expect(mapRow(mapping, { headline: 'A & B', by: '' })).toEqual({
			values: [{ url: 'https://example.com/search?q=A%20%26%20B', title: 'A & B', publisher: 'Example' }]
		});
	});

	test('makes an event of each metric that a row has a number for', () => {
		const mapping: Mapping = { fields, metrics: { sessions: 'Sessions', new_users: 'New' } };
		const row = { site: 'a.example', ref: '', day: '20240131', Sessions: '12', New: '' };
		const base = { provider: 'shop', destination: 'a.example', source: '', ...day('2024-01-31') };
		expect(mapRow(mapping, row)).toEqual({ values: [{ ...base, metric: 'sessions', value: 12 }] });
	});

	test('names the columns that a row lacks', () => {
		expect(mapRow({ fields }, { site: 'a', day: '2024-01-01' })).toEqual({
			errors: [{ path: 'source', message: 'has no column ref' }]
		});
		expect(run(converter({ fields }), [1]).errors).toEqual(['is not a row of named columns']);
	});

	test('takes only the rows that it asks for', () => {
		const mapping: Mapping = { fields: { source: 'ref' }, where: { kind: ['new', 'other'], paid: 'no' } };
		const rows = [['new', 'no'], ['other', 'no'], ['old', 'no'], ['new', 'yes']].map(([kind, paid]) => ({ ref: kind, kind, paid })); // prettier-ignore
		expect(run(converter(mapping), rows).values).toEqual([{ source: 'new' }, { source: 'other' }]);
	});

	test('counts rows by adding up a constant', () => {
		const mapping: Mapping = {
			fields: { source: '1', from: 'Feb', metric: { constant: 'sessions' }, value: { constant: 1 } },
			year: 2018,
			sum: true
		};
		const rows = [{ 1: '2', Feb: 'Mar' }, { 1: '3', Feb: 'Mar' }, { 1: '2', Feb: 'Mar' }, { 1: '2', Feb: 'June' }]; // prettier-ignore
		expect(run(converter(mapping), rows)).toEqual({
			errors: [],
			values: [
				{ source: '2', ...day('2018-03-01', '2018-03-31'), metric: 'sessions', value: 2 },
				{ source: '3', ...day('2018-03-01', '2018-03-31'), metric: 'sessions', value: 1 },
				{ source: '2', ...day('2018-06-01', '2018-06-30'), metric: 'sessions', value: 1 }
			]
		});
	});

	test('does not add up people, who may be the same in two rows', () => {
		const mapping: Mapping = {
			fields: { source: 's', destination: { constant: 'd' }, from: { constant: '2024-01' } },
			metrics: { users: 'u', sessions: 'n' },
			sum: true
		};
		const january = { destination: 'd', ...day('2024-01-01', '2024-01-31') };
		const rows = [{ s: 'a', u: '1', n: '1' }, { s: 'a', u: '2', n: '2' }, { s: 'b', u: '3', n: 'many' }]; // prettier-ignore
		expect(run(converter(mapping), rows)).toEqual({
			values: [
				{ ...january, source: 'a', metric: 'sessions', value: 3 },
				{ ...january, source: 'b', metric: 'users', value: 3 }
			],
			errors: [
				'value must be a number',
				'users of a to d, 2024-01-01 to 2024-01-31, stand in 2 rows and cannot be added up'
			]
		});
	});

	test('is refused where it says something unknown', () => {
		expect(mappingSchema.safeParse({ fields, sums: true }).success).toBe(false);
		expect(mappingSchema.safeParse({ fields: { source: { konstant: 1 } } }).success).toBe(false);
		expect(mappingSchema.safeParse({ fields, sum: true }).success).toBe(true);
	});
});

describe('a period', () => {
	test.each([
		['2024-02-29', day('2024-02-29')],
		['20240229', day('2024-02-29')],
		['2024-02-29T23:00:00-08:00', day('2024-02-29')],
		['2024-02', day('2024-02-01', '2024-02-29')],
		['202412', day('2024-12-01', '2024-12-31')],
		['Feb 2023', day('2023-02-01', '2023-02-28')],
		['September 2023', day('2023-09-01', '2023-09-30')]
	])('%s is read', (text, period) => {
		expect(periodOf(text)).toEqual(period);
	});
	test.each(['2023-02-29', '202413', '20240230', 'Feb', '03/04/2024', 'tomorrow', ''])(
		'%j is none',
		(text) => {
			expect(periodOf(text)).toBeNull();
		}
	);
	test('a month by its name alone needs a year', () => {
		expect(periodOf('Feb', 2024)).toEqual(day('2024-02-01', '2024-02-29'));
	});
});

describe('an export of Google Analytics 4', () => {
	const options = { destination: 'shop.example' };
	const base = { provider: 'ga4', destination: 'shop.example' };

	test('gives an event a day, source and metric; other dimensions are added up, totals left out', () => {
		const rows = [
			{ 'Session source / medium': 'wechat / social', Date: '20240131', Sessions: '10', 'New users': '4', 'Total users': '9', 'Key events': '1' },
			{ 'Session source / medium': 'wechat / paid', Date: '20240131', Sessions: '5', 'New users': '1', 'Total users': '5', 'Key events': '0' },
			{ 'Session source / medium': '', Date: 'Grand total', Sessions: '15', 'New users': '5', 'Total users': '14', 'Key events': '1' }
		]; // prettier-ignore
		const wechat = { ...base, source: 'wechat', ...day('2024-01-31') };
		expect(run(ga4Converter(options), rows)).toEqual({
			values: [
				{ ...wechat, metric: 'sessions', value: 15 },
				{ ...wechat, metric: 'new_users', value: 5 }
			],
			errors: [
				'users of wechat to shop.example, 2024-01-31 to 2024-01-31, stand in 2 rows and cannot be added up'
			]
		});
	});

	test('takes the period from the comments above its header where there is no date', () => {
		const head =
			'# ----\n# Account: x\n# Start date: 20240101\n# End date: 20240131\n#\nSession source,Sessions\n';
		const period = ga4Period(head);
		expect(period).toEqual(day('2024-01-01', '2024-01-31'));
		const rows = [{ sessionSource: '(direct)', sessions: '7' }];
		expect(run(ga4Converter({ ...options, ...period, provider: 'ours' }), rows).values).toEqual([
			{ ...base, provider: 'ours', source: '(direct)', ...period, metric: 'sessions', value: 7 }
		]);
		expect(ga4Period('Date,Sessions')).toEqual({ from: undefined, to: undefined });
	});

	test.each([
		[options, { Medium: 'x', Sessions: '1', Date: '20240101' }, 'column Session source'],
		[options, { Source: 'x', Date: '20240101' }, 'metric'],
		[options, { Source: 'x', Sessions: '1' }, '--from and --to'],
		[{}, { Source: 'x', Sessions: '1', Date: '20240101' }, '--destination']
	])('that cannot be mapped says why, once', (given, row, reason) => {
		expect(run(ga4Converter(given), [row, row]).fatal).toContain(reason);
	});
});
