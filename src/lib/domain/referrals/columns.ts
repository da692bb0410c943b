/** A table of somebody's own: what each column probably is, and the mapping that follows from what somebody says it is. */
import { METRICS } from '../events.ts';
import { daysBetween } from '../time.ts';
import { periodOf, type Mapping } from './import-formats.ts';

/** What a column becomes: a field of the event (a first day may begin a week or a month), a metric of its own (`number`), or nothing. */
export const ROLES = [
	'out', 'from', 'week', 'month', 'to', 'source', 'destination', 'provider', 'metric', 'value', 'number', 'revision'
] as const; // prettier-ignore
export type Role = (typeof ROLES)[number];
export const isRole = (text: string | null): text is Role =>
	(ROLES as readonly (string | null)[]).includes(text);

export interface Column {
	name: string;
	/** Its first values that are not empty. */
	samples: string[];
}
/** What no column says, the same for every row. */
export interface Constants {
	provider?: string | undefined;
	destination?: string | undefined;
	metric?: string | undefined;
}
export type Missing = 'from' | 'source' | 'destination' | 'provider' | 'metric' | 'value';

const NAMES: [Role, RegExp][] = [
	['to', /^(to|end|until|date_to|end_date|week_end|period_end)$|结束|截止/],
	[
		'from',
		/^(from|date|day|start|month|week|yearmonth)$|(^|_)(start|from|date|day)(_|$)|日期|时间|开始|^日$|^月份?$/
	],
	['revision', /^(rev|revision|version)$|修订/],
	['destination', /dest|^(shop|store|site|property|hostname|target|landing_host)$|目的|店铺|站点/],
	['source', /source|referr|channel|origin|^(app|utm_source|from_app)$|来源|渠道|引荐/],
	['provider', /provider|panel|vendor|提供/],
	['metric', /^(metric|measure|kpi)$|指标/],
	['value', /^(value|count|number|amount|total|n)$|^数值$|数量/]
];
const plain = (name: string) =>
	name
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
const isNumber = (text: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim());

const isPeriod = (text: string): boolean => periodOf(text) !== null;
/** One `n/a` does not make a column of numbers one of words. */
const mostly = (samples: readonly string[], is: (text: string) => boolean): boolean =>
	samples.length > 0 && samples.filter(is).length * 3 >= samples.length * 2;

/** A column's name as a metric: ours where it means one, else its own in our spelling. */
export function metricOf(name: string): string {
	const own = plain(name).replace(/[^\p{L}\p{N}_]+/gu, '');
	const known: readonly string[] = METRICS;
	return known.find((metric) => metric === own || metric === `${own}s`) ?? own;
}

/** By its name, else by what stands in it. Each field is given to one column, the first that fits. */
export function guessRoles(columns: readonly Column[]): Role[] {
	const taken = new Set<Role>();
	const take = (role: Role) => {
		taken.add(role);
		return role;
	};
	const first = columns.map(({ name, samples }): Role | null => {
		const numbers = mostly(samples, isNumber);
		for (const [role, words] of NAMES) {
			if (taken.has(role) || !words.test(plain(name))) continue;
			if ((role === 'from' || role === 'to') && !mostly(samples, isPeriod)) continue;
			if ((role === 'value' || role === 'revision') !== numbers && role !== 'from' && role !== 'to') continue;
			return take(role);
		}
		return null;
	});
	const ends = taken.has('to');
	return first.map((role, i): Role => {
		const samples = columns[i]?.samples ?? [];
		if (role === 'from') return ends ? role : begins(samples);
		if (role !== null) return role;
		if (samples.length === 0) return 'out';
		if (!taken.has('from') && mostly(samples, isPeriod)) {
			take('from');
			return ends ? 'from' : begins(samples);
		}
		if (mostly(samples, isNumber)) return taken.has('value') ? 'out' : 'number';
		return taken.has('source') ? 'out' : take('source');
	});
}

/** What days stand for that are all first of a month, or all whole weeks apart; one alone tells nothing. */
function begins(samples: readonly string[]): 'from' | 'week' | 'month' {
	const days = samples.map((text) => periodOf(text)).filter((period) => period !== null);
	const [first] = days;
	if (!first || days.length < 2 || days.some(({ from, to }) => from !== to)) return 'from';
	if (days.every(({ from }) => from.endsWith('-01'))) return 'month';
	return days.every(({ from }) => (daysBetween(first.from, from) - 1) % 7 === 0) ? 'week' : 'from';
}

/** The mapping for columns with these roles, or what is still missing. Rows that differ in nothing else are added up. */
export function mappingOf(
	columns: readonly Column[],
	roles: readonly Role[],
	constants: Constants
): { mapping: Mapping } | { missing: Missing[] } {
	const named = (role: Role) => columns.filter((_, i) => roles[i] === role).map(({ name }) => name);
	const fields: Mapping['fields'] = {};
	for (const role of [
		'from',
		'to',
		'source',
		'destination',
		'provider',
		'metric',
		'value',
		'revision'
	] as const) {
		const [column] = named(role);
		if (column !== undefined) fields[role] = column;
	}
	const covers = (['week', 'month'] as const).find(
		(role) => fields.from === undefined && named(role).length > 0
	);
	const [begun] = covers ? named(covers) : [];
	if (begun !== undefined) fields.from = begun;
	const period = covers && fields.to === undefined ? { covers } : {};
	for (const field of ['provider', 'destination', 'metric'] as const) {
		const constant = constants[field]?.trim();
		if (fields[field] === undefined && constant) fields[field] = { constant };
	}
	const numbers = named('number');
	const several = numbers.length > 0 && fields.value === undefined;
	const needed: Missing[] = [
		'from',
		'source',
		'destination',
		'provider',
		...(several ? [] : (['metric', 'value'] as const))
	];
	const missing = needed.filter((field) => fields[field] === undefined);
	if (missing.length) return { missing };
	if (!several) return { mapping: { fields, ...period, sum: true } };
	const { metric: _, ...rest } = fields;
	return {
		mapping: {
			fields: rest,
			...period,
			metrics: Object.fromEntries(numbers.map((name) => [metricOf(name), name])),
			sum: true
		}
	};
}
