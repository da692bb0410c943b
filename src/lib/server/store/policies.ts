/** Policy documents: texts, once each, and every time one was seen. */
import { z } from 'zod';
import type { PolicyEvent } from '#lib/domain/events.ts';
import { formatInstant } from '#lib/domain/time.ts';
import { acceptedColumns, inParts, instant, knownBy, ndjson, whole, type Accepted } from './rows.ts';
import type { Store } from './store.ts';

export interface PolicyRow extends Accepted {
	event: PolicyEvent;
	/** SHA-256 of the text as UTF-8, in hex. */
	hash: string;
}

/** Stores sightings, and before them the texts that are not there yet. `token`: equal for a repeated block. */
export async function insertPolicies(store: Store, rows: readonly PolicyRow[], token: string): Promise<void> {
	const texts = new Map(rows.map(({ hash, event }) => [hash, event.text]));
	for (const hash of await stored(store, [...texts.keys()])) texts.delete(hash);
	if (texts.size > 0)
		await store.insert({
			sql: `INSERT INTO policy_texts (hash, text) SELECT unhex(hash), text FROM input('hash String, text String') FORMAT JSONEachRow`,
			body: ndjson([...texts].map(([hash, text]) => ({ hash, text })))
		});
	await store.insert({
		sql: `INSERT INTO policy_sightings
				(service, document, fetched, collector, extractor, hash, size, url, language, accepted, position, origin)
			SELECT service, document, fetchedAt, collector, extractor, unhex(hash), size, url, language, accepted, position, origin
			FROM input('service String, document String, fetchedAt DateTime64(3, \\'UTC\\'), collector Nullable(String),
				extractor Nullable(String), hash String, size UInt32, url Nullable(String), language Nullable(String),
				accepted DateTime64(3, \\'UTC\\'), position UInt64, origin String')
			FORMAT JSONEachRow`,
		body: ndjson(
			rows.map(({ event: { text, ...event }, hash, accepted, position, origin }) => ({
				...event,
				hash,
				size: text.length,
				accepted: formatInstant(accepted),
				position,
				origin
			}))
		),
		token
	});
}

const HASHES = '(SELECT unhex(arrayJoin({hashes:Array(String)})))';

const stored = async (store: Store, all: string[]): Promise<string[]> => {
	const rows = await inParts(all, (hashes) =>
		store.select({
			sql: `SELECT DISTINCT lower(hex(hash)) AS hash FROM policy_texts WHERE policy_texts.hash IN ${HASHES}`,
			params: { hashes },
			row: z.object({ hash: z.string() })
		})
	);
	return rows.map(({ hash }) => hash);
};

/** The texts of the given hashes; those that are not stored are missing. */
export async function texts(
	store: Store,
	all: readonly string[],
	signal?: AbortSignal
): Promise<Map<string, string>> {
	const rows = await inParts(all, (hashes) =>
		store.select({
			sql: `SELECT lower(hex(hash)) AS hash, text FROM policy_texts FINAL WHERE policy_texts.hash IN ${HASHES}`,
			params: { hashes },
			row: z.object({ hash: z.string(), text: z.string() }),
			...(signal && { signal })
		})
	);
	return new Map(rows.map(({ hash, text }) => [hash, text]));
}

const document = z.object({
	service: z.string(),
	document: z.string(),
	/** Different texts. */
	versions: whole,
	sightings: whole,
	first: instant,
	last: instant,
	/** Empty for sightings that name none. */
	collectors: z.array(z.string()),
	/** When a collector last saw another text than before; null while none has. */
	changed: instant.nullable(),
	/** Readings in the fortnight that ends with the last. */
	recent: whole
});
export type PolicyDocument = z.output<typeof document>;

/** By service and document. */
export const documents = (store: Store, { asOf }: { asOf?: string } = {}): Promise<PolicyDocument[]> =>
	store.select({
		sql: `SELECT service, document, uniqExact(hash) AS versions, count() AS sightings, min(fetched) AS first, max(fetched) AS last,
				arraySort(groupUniqArray(ifNull(collector, '')::String)) AS collectors, maxOrNullIf(fetched, hash != previous) AS changed,
				arrayCount(at -> at > last - INTERVAL 14 DAY, groupArray(fetched)) AS recent
			FROM (
				SELECT service, document, fetched, collector, hash, lagInFrame(hash, 1, hash) OVER (
					PARTITION BY service, document, collector ORDER BY fetched, latest ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
				) AS previous
				FROM policy_sightings FINAL WHERE ${knownBy(asOf)}
			)
			GROUP BY service, document ORDER BY service, document`,
		params: asOf === undefined ? {} : { asOf },
		row: document
	});

const sighting = z.object({
	fetched: instant,
	hash: z.string(),
	/** Characters of the text. */
	size: whole,
	/** Null where the event names none. */
	collector: z.string().nullable(),
	extractor: z.string().nullable(),
	url: z.string().nullable(),
	language: z.string().nullable(),
	accepted: instant
});
export type Sighting = z.output<typeof sighting>;

/** Every time a document was seen, in the order of fetching. `collector`: empty for those that name none. */
export const sightings = (
	store: Store,
	of: { service: string; document: string },
	{ asOf, collector }: { asOf?: string; collector?: string } = {}
): Promise<Sighting[]> =>
	store.select({
		sql: `SELECT fetched, lower(hex(hash)) AS hash, size, collector, extractor, url, language, accepted
			FROM policy_sightings FINAL
			WHERE service = {service:String} AND document = {document:String} AND ${knownBy(asOf)}
				AND ${collector === undefined ? 'true' : "ifNull(collector, '') = {collector:String}"}
			ORDER BY fetched, latest`,
		params: { ...of, ...(asOf !== undefined && { asOf }), ...(collector !== undefined && { collector }) },
		row: sighting
	});

/** The same of several documents in one query; each row says which. */
export const sightingsOfAll = (
	store: Store,
	all: readonly { service: string; document: string }[],
	{ asOf }: { asOf?: string | undefined } = {}
): Promise<(Sighting & { service: string; document: string })[]> =>
	inParts(all, (part) =>
		store.select({
			sql: `SELECT service, document, fetched, lower(hex(hash)) AS hash, size, collector, extractor, url, language, accepted
				FROM policy_sightings FINAL
				WHERE (service, document) IN (SELECT arrayJoin(arrayZip({services:Array(String)}, {documents:Array(String)}))) AND ${knownBy(asOf)}
				ORDER BY service, document, fetched, latest`,
			params: {
				services: part.map(({ service }) => service),
				documents: part.map(({ document }) => document),
				...(asOf !== undefined && { asOf })
			},
			row: sighting.extend({ service: z.string(), document: z.string() })
		})
	);

const accepted = z
	.object({
		...acceptedColumns,
		hash: z.string(),
		service: z.string(),
		document: z.string(),
		url: z.string().nullable(),
		language: z.string().nullable(),
		fetchedAt: instant,
		text: z.string(),
		collector: z.string().nullable(),
		extractor: z.string().nullable()
	})
	.transform(({ accepted, position, origin, hash, ...row }): PolicyRow => {
		const { service, document, url, language, fetchedAt, text, collector, extractor } = row;
		const event: PolicyEvent = {
			service,
			document,
			...(url !== null && { url }),
			...(language !== null && { language }),
			fetchedAt,
			text,
			...(collector !== null && { collector }),
			...(extractor !== null && { extractor })
		};
		return { event, hash, accepted, position, origin };
	});

/** Every accepted sighting with its text, each once, in the order of acceptance. */
export const acceptedPolicies = (store: Store, signal?: AbortSignal): AsyncIterable<PolicyRow> =>
	store.stream({
		sql: `SELECT accepted, position, origin, lower(hex(seen.hash)) AS hash, service, document, url, language, fetched AS fetchedAt, text,
				collector, extractor
			FROM (SELECT * FROM policy_sightings FINAL) AS seen
			JOIN (SELECT hash, any(text) AS text FROM policy_texts GROUP BY hash) AS texts USING hash
			ORDER BY accepted, position`,
		row: accepted,
		...(signal && { signal })
	});
