/** A table of somebody's own: what each column probably is, and the mapping that follows from what somebody says it is. */
import { METRICS } from '../events.ts';
import { periodOf, type Mapping } from './import-formats.ts';

/** What a column becomes: a field of the event, a metric of its own (`number`), or nothing. */
export const ROLES = [
	'out', 'from', 'to', 'source', 'destination', 'provider', 'metric', 'value', 'number', 'revision'
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
const isNumber = (text: string) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim());

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
		const numbers = samples.length > 0 && samples.every(isNumber);
		for (const [role, words] of NAMES) {
			if (taken.has(role) || !words.test(plain(name))) continue;
			if ((role === 'from' || role === 'to') && !samples.every((text) => periodOf(text))) continue;
			if ((role === 'value' || role === 'revision') !== numbers && role !== 'from' && role !== 'to') continue;
			return take(role);
		}
		return null;
	});
	return first.map((role, i): Role => {
		if (role !== null) return role;
		const samples = columns[i]?.samples ?? [];
		if (samples.length === 0) return 'out';
		if (!taken.has('from') && samples.every((text) => periodOf(text))) return take('from');
		if (samples.every(isNumber)) return taken.has('value') ? 'out' : 'number';
		return taken.has('source') ? 'out' : take('source');
	});
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
	if (!several) return { mapping: { fields, sum: true } };
	const { metric: _, ...rest } = fields;
	return {
		mapping: {
			fields: rest,
			metrics: Object.fromEntries(numbers.map((name) => [metricOf(name), name])),
			sum: true
		}
	};
}
