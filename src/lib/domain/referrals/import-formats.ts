/**
 * Import formats of other tools: a *mapping* says which column of a foreign row is which field of an event (docs/import-formats.md).
 * Pure: rows in, values for the door's checks out.
 */
import { z } from 'zod';
import type { FieldError } from '../events.ts';
import { addDays, dayOf, isDay, startOf } from '../time.ts';

/** A column by its name, the same text for every row, or a text with `{column}` in it, each escaped as part of an address. */
const cell = z.union([
	z.string(),
	z.strictObject({ constant: z.union([z.string(), z.number()]) }),
	z.strictObject({ template: z.string() })
]);

export const mappingSchema = z.strictObject({
	fields: z.record(z.string(), cell),
	/** Several numbers in one row: metric by column. Makes one event a metric, instead of the fields `metric` and `value`. */
	metrics: z.record(z.string(), z.string()).optional(),
	/** What a row covers from its first day on, where no column says the last one. */
	covers: z.enum(['week', 'month']).optional(),
	/** The year of months that are given by name alone. */
	year: z.int().min(1970).max(9999).optional(),
	/** Only rows whose columns have these texts. */
	where: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
	/** Rows that differ in `value` alone are parts of one observation and are added up; `value: {constant: 1}` counts rows. */
	sum: z.boolean().optional()
});
export type Mapping = z.infer<typeof mappingSchema>;
export type Row = Record<string, unknown>;

/** Turns the items of a file into values for the door's checks. */
export interface Converter {
	/** Values of one item, or what is wrong with it, or with the whole file. */
	take(item: unknown): { values: unknown[] } | { errors: FieldError[] } | { fatal: string };
	/** What is only known at the end. */
	end(): { values: unknown[]; errors: FieldError[] };
	/** Whether a value depends on the whole file, so that reading cannot begin in its middle. */
	readonly whole: boolean;
}

/** Our own formats need no conversion. */
export const asIs: Converter = {
	take: (item) => ({ values: [item] }),
	end: () => ({ values: [], errors: [] }),
	whole: false
};

const isRow = (item: unknown): item is Row =>
	typeof item === 'object' && item !== null && !Array.isArray(item);

export function converter(mapping: Mapping): Converter {
	const sums = mapping.sum ? new Sums() : null;
	return {
		take(item) {
			if (!isRow(item)) return { errors: [{ path: '', message: 'is not a row of named columns' }] };
			const mapped = mapRow(mapping, item);
			if (!sums || 'errors' in mapped) return mapped;
			const errors = mapped.values.flatMap((value) => sums.add(value));
			return errors.length ? { errors } : { values: [] };
		},
		end: () => sums?.end() ?? { values: [], errors: [] },
		whole: sums !== null
	};
}

/** Fields for which an empty cell is a value; any other field is left out where its cell is empty. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['source', 'text']);
const NUMBERS: ReadonlySet<string> = new Set(['value', 'revision']);

/** The values in one row: none where the row is not asked for. Column names that the row lacks are an error. */
export function mapRow(mapping: Mapping, row: Row): { values: Row[] } | { errors: FieldError[] } {
	for (const [column, wanted] of Object.entries(mapping.where ?? {}))
		if (![wanted].flat().includes(String(row[column] ?? ''))) return { values: [] };

	const base: Row = {};
	const errors: FieldError[] = [];
	for (const [field, spec] of Object.entries(mapping.fields)) {
		const content = contentOf(spec, row);
		if (content === undefined) errors.push({ path: field, message: `has no column ${columnOf(spec, row)}` });
		else if (content !== '' || MAY_BE_EMPTY.has(field))
			base[field] = NUMBERS.has(field) ? numberOf(content) : content;
	}
	if (errors.length) return { errors };
	fillPeriod(base, mapping);

	if (!mapping.metrics) return { values: [base] };
	const values = Object.entries(mapping.metrics).flatMap(([metric, column]): Row[] => {
		const content = row[column];
		return content === undefined || content === '' ? [] : [{ ...base, metric, value: numberOf(content) }];
	});
	return { values };
}

const PLACE = /\{([^{}]+)\}/g;

function contentOf(spec: z.infer<typeof cell>, row: Row): unknown {
	if (typeof spec === 'string') return row[spec];
	if ('constant' in spec) return spec.constant;
	const names = [...spec.template.matchAll(PLACE)].map(([, name = '']) => name);
	if (names.some((name) => row[name] === undefined)) return undefined;
	return spec.template.replace(PLACE, (_, name: string) =>
		encodeURIComponent(String(row[name]).toWellFormed())
	);
}

function columnOf(spec: z.infer<typeof cell>, row: Row): string {
	if (typeof spec === 'string') return spec;
	const names = 'template' in spec ? [...spec.template.matchAll(PLACE)].map(([, name = '']) => name) : [];
	return names.find((name) => row[name] === undefined) ?? '';
}

/** A plain number as a number; anything else stays, for the check to name. */
function numberOf(content: unknown): unknown {
	if (typeof content !== 'string') return content;
	const text = content.trim();
	return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : content;
}

/** `from` becomes the first day of what its cell names, `to` the last one of its own cell or, without one, of what `from` begins. */
function fillPeriod(event: Row, { year, covers }: Pick<Mapping, 'year' | 'covers'>): void {
	const from = typeof event.from === 'string' ? periodOf(event.from, year) : null;
	const to = typeof event.to === 'string' ? periodOf(event.to, year) : from && covered(from, covers);
	if (from) event.from = from.from;
	if (to) event.to = to.to;
}

/** A week begins on any day of the week, a month on its first. */
function covered(
	period: { from: string; to: string },
	covers: Mapping['covers']
): { from: string; to: string } | null {
	if (period.from !== period.to) return period;
	if (covers === 'week') return { from: period.from, to: addDays(period.from, 6) };
	if (covers === 'month' && period.from.endsWith('-01')) return periodOf(period.from.slice(0, 7));
	return period;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The days that a text names: `2024-01-31`, `20240131`, an instant (its day, as written), `2024-01`, `202401`, or an English month
 * with its year (`Jan 2024`, or `Jan` where `year` is given). Null where it names none: other orders of day and month are guesses.
 */
export function periodOf(text: string, year?: number): { from: string; to: string } | null {
	const trimmed = text.trim();
	const numeric = /^(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:[T ].*)?$/.exec(trimmed);
	if (numeric) {
		const [, y = '', m = '', d] = numeric;
		if (d === undefined) return month(y, Number(m));
		const day = `${y}-${m}-${d}`;
		return isDay(day) ? { from: day, to: day } : null;
	}
	const named = /^([A-Za-z]{3,9})\.?(?:\s+(\d{4}))?$/.exec(trimmed);
	const y = named?.[2] ?? year?.toString();
	return named && y ? month(y, MONTHS.indexOf((named[1] ?? '').slice(0, 3).toLowerCase()) + 1) : null;
}

function month(year: string, number: number): { from: string; to: string } | null {
	const from = `${year}-${String(number).padStart(2, '0')}-01`;
	if (!isDay(from)) return null;
	const next = dayOf(startOf(from) + 31 * 86_400_000);
	return { from, to: addDays(`${next.slice(0, 7)}-01`, -1) };
}

/** People counted in several rows may be the same people. */
const NOT_ADDED: ReadonlySet<unknown> = new Set(['users', 'visitors', 'active_users']);

/** Adds up rows that differ in their value alone. Holds one number a distinct observation. */
class Sums {
	readonly #totals = new Map<string, { event: Row; total: number; rows: number }>();

	add({ value, ...event }: Row): FieldError[] {
		if (typeof value !== 'number') return [{ path: 'value', message: 'must be a number' }];
		const key = JSON.stringify(Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1)));
		const entry = this.#totals.get(key) ?? { event, total: 0, rows: 0 };
		entry.total += value;
		entry.rows++;
		this.#totals.set(key, entry);
		return [];
	}

	end(): { values: Row[]; errors: FieldError[] } {
		const values: Row[] = [];
		const errors: FieldError[] = [];
		for (const { event, total, rows } of this.#totals.values()) {
			if (rows > 1 && NOT_ADDED.has(event.metric))
				errors.push({
					path: '',
					message: `${event.metric} of ${event.source} to ${event.destination}, ${event.from} to ${event.to}, stand in ${rows} rows and cannot be added up`
				});
			else values.push({ ...event, value: total });
		}
		return { values, errors };
	}
}
