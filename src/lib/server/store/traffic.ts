/** Observations of referral traffic. */
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { TrafficEvent } from '#lib/domain/events.ts';
import { day, instant, whole } from './rows.ts';
import type { Store } from './store.ts';

/**
 * Known when observed; else, in history, when its period had ended (assumed; never later than it was accepted); else when accepted.
 * Computed here so that the bytes of the log pass on as they are. Parsed as plain strings, which takes half the time of parsing into
 * dictionaries; on all cores from the first megabyte on; and not folded, since no block holds two rows of one key.
 */
const INSERT = `INSERT INTO traffic
	(metric, provider, destination, source, \`from\`, \`to\`, revision, revised, observedAt, value, known, assumed, accepted, position, origin)
SELECT metric, provider, destination, source, \`from\`, \`to\`, ifNull(revision, 0), isNotNull(revision), observedAt, value,
	multiIf(isNotNull(observedAt), assumeNotNull(observedAt), assumed, least(toDateTime64(\`to\` + 1, 3, 'UTC'), accepted), accepted),
	isNull(observedAt) AND \`$origin\` IN ('import', 'demo') AS assumed,
	fromUnixTimestamp64Milli(\`$accepted\`, 'UTC') AS accepted, \`$position\`, \`$origin\`
FROM input('\`$accepted\` Int64, \`$position\` UInt64, \`$origin\` String, metric String, provider String, destination String, source String,
	\`from\` Date, \`to\` Date, revision Nullable(UInt64), observedAt Nullable(DateTime64(3, \\'UTC\\')), value Float64')
SETTINGS min_chunk_bytes_for_parallel_parsing = 1048576, optimize_on_insert = 0
FORMAT JSONEachRow`;

/**
 * Stores observations. `body`: NDJSON, each line a {@link TrafficEvent} with three fields in front, `$accepted` (when it was accepted, ms),
 * `$position` (offset * 1024 + row) and `$origin` (its origin); other fields are skipped. `token`: equal for a repeated block, which is then cheap.
 * Rejects as {@link Store.insert} does.
 */
export const insertTraffic = (store: Store, body: Buffer | Readable, token: string): Promise<void> =>
	store.insert({ sql: INSERT, body, token });

export interface ObservationQuery {
	destination: string;
	metric: string;
	provider?: string;
	/** Days, both included; periods that are not wholly inside are left out. */
	from?: string;
	to?: string;
	/** Only what was known by this instant (RFC 3339). */
	asOf?: string;
}

/** What counts for one period of one source: its highest revision, of equals the one accepted last. */
const observation = z.object({
	provider: z.string(),
	source: z.string(),
	from: day,
	to: day,
	value: z.number(),
	revision: whole,
	known: instant,
	assumed: z.boolean()
});
export type Observation = z.output<typeof observation>;

/** Ordered by provider, source and period. */
export function observations(
	store: Store,
	query: ObservationQuery,
	signal?: AbortSignal
): Promise<Observation[]> {
	const { destination, metric, provider, from, to, asOf } = query;
	const asked = Object.entries({ destination, metric, provider, from, to, asOf }).filter(
		([, value]) => value !== undefined
	);
	return store.select({
		sql: `SELECT provider, source, \`from\`, \`to\`, value, revision, known, assumed FROM traffic
			WHERE metric = {metric:String} AND destination = {destination:String} ${provider === undefined ? '' : 'AND provider = {provider:String}'}
				${from === undefined ? '' : 'AND `from` >= {from:Date}'} ${to === undefined ? '' : 'AND `to` <= {to:Date}'}
				${asOf === undefined ? '' : "AND known <= parseDateTime64BestEffort({asOf:String}, 3, 'UTC')"}
			ORDER BY provider, source, \`from\`, \`to\`, revision DESC, accepted DESC, position DESC
			LIMIT 1 BY provider, source, \`from\`, \`to\``,
		params: Object.fromEntries(asked),
		row: observation,
		...(signal && { signal })
	});
}

const destination = z.object({
	destination: z.string(),
	metric: z.string(),
	provider: z.string(),
	/** First and last day of all its periods. */
	first: day,
	last: day,
	/** Rows, revisions included. */
	observations: whole,
	/** Exact for some thousands, beyond that within a percent. */
	sources: whole,
	/** Lengths of its periods in days, ascending. */
	spans: z.array(z.number())
});
export type Destination = z.output<typeof destination>;

/** What can be charted, by destination, metric and provider. */
export const destinations = (store: Store, { asOf }: { asOf?: string } = {}): Promise<Destination[]> =>
	store.select({
		sql: `SELECT destination, metric, provider, min(\`from\`) AS first, max(\`to\`) AS last, count() AS observations,
				uniqCombined(source) AS sources, arraySort(groupUniqArray(toUInt32(\`to\` - \`from\` + 1))) AS spans
			FROM traffic ${asOf === undefined ? '' : "WHERE known <= parseDateTime64BestEffort({asOf:String}, 3, 'UTC')"}
			GROUP BY metric, provider, destination ORDER BY destination, metric, provider
			SETTINGS optimize_aggregation_in_order = 1`,
		params: asOf === undefined ? {} : { asOf },
		row: destination
	});

const accepted = z
	.object({
		provider: z.string(),
		destination: z.string(),
		source: z.string(),
		from: day,
		to: day,
		metric: z.string(),
		value: z.number(),
		revision: whole.nullable(),
		observedAt: instant.nullable()
	})
	.transform(({ revision, observedAt, ...event }): TrafficEvent => ({
		...event,
		...(revision !== null && { revision }),
		...(observedAt !== null && { observedAt })
	}));

/** Every accepted event, each once. */
export const exportTraffic = (store: Store, signal?: AbortSignal): AsyncIterable<TrafficEvent> =>
	store.stream({
		sql: `SELECT provider, destination, source, \`from\`, \`to\`, metric, value, if(revised, revision, NULL) AS revision, observedAt
			FROM traffic FINAL`,
		row: accepted,
		...(signal && { signal })
	});
