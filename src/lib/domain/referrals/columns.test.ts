import { describe, expect, test } from 'vitest';
import { guessRoles, mappingOf, metricOf, type Column } from './columns.ts';
import { mapRow } from './import-formats.ts';

const columns = (all: Record<string, string[]>): Column[] =>
	Object.entries(all).map(([name, samples]) => ({ name, samples }));

describe('what a column probably is', () => {
	test('is told by its name, and by what stands in it', () => {
		const table = columns({
			week_start: ['2026-06-01', '2026-06-08', '2026-06-15'],
			shop: ['harbor', 'tilework'],
			referrer: ['lantern.app', '(direct)'],
			'New users': ['300', 'n/a', '420'],
			rev: ['0'],
			comment: ['late', 'ok'],
			empty: []
		});
		expect(guessRoles(table)).toEqual(['week', 'destination', 'source', 'number', 'revision', 'out', 'out']);
	});

	test('a day is a day, first days of months are months, and with a last day the first is only a first', () => {
		const of = (samples: string[], more = {}) => guessRoles(columns({ date: samples, ...more }))[0];
		expect(of(['2026-06-01', '2026-06-02'])).toBe('from');
		expect(of(['2026-06-01', '2026-07-01'])).toBe('month');
		expect(of(['2026-06-01'])).toBe('from');
		expect(of(['2026-06', '2026-07'])).toBe('from');
		expect(of(['2026-06-01', '2026-06-08'], { end_date: ['2026-06-07', '2026-06-14'] })).toBe('from');
	});

	test('names in Chinese are known, and a nameless text is the source', () => {
		expect(
			guessRoles(columns({ 日期: ['2026-06-01'], 店铺: ['港集'], 渠道: ['灯笼'], 数值: ['5'] }))
		).toEqual(['from', 'destination', 'source', 'value']);
		expect(guessRoles(columns({ x: ['a'], y: ['2026-06-01'], z: ['1'] }))).toEqual([
			'source',
			'from',
			'number'
		]);
	});

	test('a metric keeps its name unless it is one of ours', () => {
		expect(['New users', 'Visit', 'nu', 'Pro-Kopf (EUR)'].map(metricOf)).toEqual([
			'new_users',
			'visits',
			'nu',
			'pro_kopf_eur'
		]);
	});
});

describe('the mapping that follows', () => {
	const table = columns({ week: [], ref: [], visits: [], orders: [] });
	const constants = { provider: 'panel', destination: 'shop' };

	test('makes an event of each number, over the week that the row covers', () => {
		const found = mappingOf(table, ['week', 'source', 'number', 'number'], constants);
		const row = { week: '2026-06-01', ref: 'a.example', visits: '5', orders: '1' };
		expect('mapping' in found && mapRow(found.mapping, row)).toEqual({
			values: [
				{ provider: 'panel', destination: 'shop', source: 'a.example', from: '2026-06-01', to: '2026-06-07', metric: 'visits', value: 5 },
				{ provider: 'panel', destination: 'shop', source: 'a.example', from: '2026-06-01', to: '2026-06-07', metric: 'orders', value: 1 }
			]
		}); // prettier-ignore
	});

	test('a month is as long as it is', () => {
		const found = mappingOf(table, ['month', 'source', 'number', 'out'], constants);
		const row = { week: '2024-02-01', ref: 'a', visits: '5', orders: '1' };
		expect('mapping' in found && mapRow(found.mapping, row)).toMatchObject({
			values: [{ to: '2024-02-29' }]
		});
	});

	test('says what is missing', () => {
		expect(mappingOf(table, ['out', 'out', 'value', 'out'], {})).toEqual({
			missing: ['from', 'source', 'destination', 'provider', 'metric']
		});
	});
});
