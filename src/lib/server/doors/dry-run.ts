/** What an import would do: the same reading, conversion and checks, and nothing appended. */
import type { FieldError, InputTopic } from '#lib/domain/events.ts';
import { isProblem } from '../errors.ts';
import { openSource } from './import-file.ts';
import { readItems } from './import.ts';
import { checker, conversion, type Reading, type RejectedItem } from './import-run.ts';

/** A field of the events, and the values that it has. */
export interface FieldSeen {
	field: string;
	/** The first ones. */
	values: string[];
	/** How many different ones. */
	count: number;
}
export interface DryRun {
	/** Rows or events of the file. */
	items: number;
	accepted: number;
	rejected: number;
	/** The first ones. */
	refusals: RejectedItem[];
	fields: FieldSeen[];
	/** First and last day that the events are about; null without events. */
	days: { from: string; to: string } | null;
	/** Only the beginning of the file was looked at. */
	partial: boolean;
	/** Why the file cannot be read to its end; null when it can. */
	failure: string | null;
}

const MOST_ITEMS = 50_000;
const MOST_REFUSALS = 5;
const MOST_VALUES = 6;
/** Beyond this different values are no longer counted. */
const MOST_COUNTED = 10_000;

const FIELDS: Record<InputTopic, { told: string[]; from: string; to: string }> = {
	traffic: { told: ['destination', 'source', 'metric', 'provider'], from: 'from', to: 'to' },
	news: { told: ['publisher', 'title'], from: 'publishedAt', to: 'publishedAt' },
	policies: { told: ['service', 'document'], from: 'fetchedAt', to: 'fetchedAt' }
};

/** Rejects with the system's error where the file cannot be read at all. */
export async function dryRun(
	path: string,
	topic: InputTopic,
	reading: Reading & Required<Pick<Reading, 'format'>>,
	now: () => number
): Promise<DryRun> {
	const { told, from, to } = FIELDS[topic];
	const seen = new Map(told.map((field) => [field, new Set<string>()]));
	const run: DryRun = { items: 0, accepted: 0, rejected: 0, refusals: [], fields: [], days: null, partial: false, failure: null }; // prettier-ignore
	const source = await openSource(path, empty());
	const { convert, dialect } = conversion(reading, source.head);
	const check = checker(topic, now);
	const refuse = (place: { index: number | null; line: number | null }, errors: FieldError[]) => {
		run.rejected++;
		if (run.refusals.length < MOST_REFUSALS) run.refusals.push({ ...place, errors });
	};
	const take = (place: { index: number | null; line: number | null }, values: unknown[]) => {
		for (const value of values) {
			const entry = check(value);
			if ('errors' in entry) {
				refuse(place, entry.errors);
				continue;
			}
			run.accepted++;
			const event = new Map(Object.entries(value ?? {}));
			for (const [field, values] of seen)
				if (values.size < MOST_COUNTED) values.add(String(event.get(field) ?? ''));
			const [start, end] = [event.get(from), event.get(to)].map((text) => String(text).slice(0, 10));
			if (start && end) run.days = { from: lower(run.days?.from, start), to: upper(run.days?.to, end) };
		}
	};
	try {
		for await (const item of readItems(source.chunks, reading.format, dialect)) {
			if (run.items >= MOST_ITEMS) {
				run.partial = true;
				break;
			}
			run.items++;
			const place = { index: item.index, line: item.line };
			const parsed = item.read();
			const converted = 'error' in parsed ? { errors: [parsed.error] } : convert.take(parsed.value);
			if ('fatal' in converted) {
				run.failure = converted.fatal;
				break;
			}
			if ('errors' in converted) refuse(place, converted.errors);
			else take(place, converted.values);
		}
	} catch (error) {
		if (!isProblem(error, 'invalid')) throw error;
		run.failure = error.message;
	}
	const rest = convert.end();
	take({ index: null, line: null }, rest.values);
	for (const error of rest.errors) refuse({ index: null, line: null }, [error]);
	run.fields = [...seen].map(([field, values]) => ({
		field,
		values: [...values].slice(0, MOST_VALUES),
		count: values.size
	}));
	return run;
}

const lower = (a: string | undefined, b: string) => (a !== undefined && a < b ? a : b);
const upper = (a: string | undefined, b: string) => (a !== undefined && a > b ? a : b);

async function* empty(): AsyncGenerator<Buffer> {}
