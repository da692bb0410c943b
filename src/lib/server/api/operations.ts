/** What the API offers: one table that validates requests and from which openapi.json is made. */
import { z } from 'zod';
import { RELIABILITIES } from '#lib/domain/news/reliability.ts';
import { eventSchemas, TOPICS, type InputTopic } from '#lib/domain/events.ts';
import { CAPABILITIES } from '#lib/domain/policies/capabilities.ts';
import { SIGNAL_TYPES } from '#lib/domain/partnerships/signals/signal.ts';
import { formatInstant, isDay, parseInstant, startOf, addDays } from '#lib/domain/time.ts';
import { Problem } from '../errors.ts';

const day = z
	.string()
	.refine(isDay, 'must be a day that exists, like 2026-11-20')
	.meta({ format: 'date', description: 'a day, YYYY-MM-DD' });

/** A day, then its first or last instant, or an RFC 3339 instant as it is; gives an instant. */
const moment = (edge: 'first' | 'last', description: string) =>
	z
		.string()
		.transform((value, context) => {
			const at = !isDay(value)
				? parseInstant(value)
				: edge === 'first'
					? startOf(value)
					: startOf(addDays(value, 1)) - 1;
			if (at !== null) return formatInstant(at);
			context.addIssue({ code: 'custom', message: 'must be a day or an RFC 3339 time' });
			return z.NEVER;
		})
		.meta({
			type: 'string',
			description: `${description}: a day (its ${edge} instant is meant) or an RFC 3339 time`
		});
const asOf = moment('last', 'only what was known then');
const fromMoment = moment('first', 'start of the range, included');
const toMoment = moment('last', 'end of the range, included');

const limit = (most: number, usual: number) =>
	z
		.string()
		.regex(/^\d+$/, `must be a whole number from 1 to ${most}`)
		.transform(Number)
		.refine((n) => n >= 1 && n <= most, `must be a whole number from 1 to ${most}`)
		.default(usual)
		.meta({ type: 'integer', minimum: 1, maximum: most, default: usual });

/** `time~id` of the last row of a page; `bits` of the id. */
const cursor = (bits: 64 | 128) =>
	z
		.string()
		.regex(/^[^~]+~\d{1,39}$/, 'must be the cursor of a Link header')
		.transform((value, context) => {
			const [at = '', id = ''] = value.split('~');
			if (parseInstant(at) !== null && BigInt(id) < 1n << BigInt(bits)) return { at, id };
			context.addIssue({ code: 'custom', message: 'must be the cursor of a Link header' });
			return z.NEVER;
		})
		.meta({ type: 'string', description: 'the cursor in the Link header of the page before' });

const nullable = (schema: z.ZodType) => z.union([schema, z.null()]);
const instant = z.string().meta({ format: 'date-time' });
const part = z.number().min(0).max(1);

export const problem = z.object({
	type: z.string(),
	title: z.string(),
	status: z.int(),
	detail: z.string().optional()
});

const clause = z.object({ heading: z.string(), text: z.string() });
const clauseChange = z.object({
	kind: z.enum(['added', 'removed', 'modified', 'moved', 'split', 'merged']),
	before: clause.optional(),
	after: clause.optional(),
	topics: z.array(z.string()),
	capabilities: z
		.array(z.object({ capability: z.enum(CAPABILITIES), direction: z.enum(['opened', 'closed']) }))
		.describe('what the changed words give somebody a way to, or take away'),
	organisations: z.array(
		z.object({
			organisation: z.string(),
			name: z.string(),
			direction: z.enum(['opens', 'closes', 'mentions'])
		})
	)
});

export const queries = {
	shares: z.strictObject({
		destination: z.string().min(1),
		metric: z.string().min(1),
		provider: z.string().min(1).optional(),
		from: day.optional(),
		to: day.optional(),
		grain: z.enum(['day', 'week', 'month']).default('day'),
		by: z.enum(['source', 'channel']).default('source'),
		asOf: asOf.optional()
	}),
	stories: z.strictObject({
		from: fromMoment.optional(),
		to: toMoment.optional(),
		asOf: asOf.optional(),
		limit: limit(1000, 200),
		before: cursor(64).optional()
	}),
	signals: z.strictObject({
		organisation: z.string().min(1).optional(),
		type: z
			.string()
			.transform((said) => said.split(','))
			.pipe(z.array(z.enum(SIGNAL_TYPES)))
			.meta({
				type: 'string',
				description: `one or several, with commas between them: ${SIGNAL_TYPES.join(', ')}`
			})
			.optional(),
		from: fromMoment.optional(),
		to: toMoment.optional(),
		asOf: asOf.optional(),
		limit: limit(1000, 200),
		before: cursor(128).optional()
	}),
	changes: z.strictObject({ from: fromMoment.optional(), to: toMoment.optional(), asOf: asOf.optional() }),
	deadLetters: z.strictObject({
		state: z.enum(['waiting', 'replayed', 'set-aside']).optional(),
		limit: limit(1000, 100),
		before: z.string().min(1).optional()
	}),
	none: z.strictObject({})
};

const responses = {
	push: z.object({
		accepted: z.int(),
		rejected: z.array(
			z.object({ index: z.int(), errors: z.array(z.object({ path: z.string(), message: z.string() })) })
		)
	}),
	shares: z.object({
		destination: z.string(),
		metric: z.string(),
		provider: z.string(),
		grain: z.string(),
		series: z.array(
			z.object({
				source: z.string(),
				points: z.array(
					z.object({
						from: day,
						to: day,
						value: z.number(),
						share: nullable(part),
						low: nullable(part),
						high: nullable(part)
					})
				)
			})
		)
	}),
	stories: z.array(
		z.object({
			id: z.string(),
			first: z.string().describe('id of the article that reported it first; a back-dated one never is'),
			independentSources: z
				.int()
				.describe('copies, outlets of one owner and retellings that name their source add none'),
			articles: z.array(
				z.object({
					url: z.string(),
					title: z.string(),
					publisher: z.string(),
					publishedAt: instant,
					copyOf: nullable(z.string())
				})
			)
		})
	),
	signals: z.array(
		z.object({
			id: z.string(),
			at: instant,
			happenedAt: nullable(instant),
			type: z.enum(SIGNAL_TYPES),
			organisations: z.array(z.string()).describe('one, or a pair in the order of the alphabet'),
			probability: part,
			quote: z.string(),
			source: z.string(),
			reliability: z.enum(RELIABILITIES),
			copyOf: nullable(z.string()).describe('the signal that it repeats and that counts for both'),
			evidence: z
				.object({ kind: z.string(), id: z.string() })
				.describe('news: id of the article; policy: service/document/hash of the text'),
			field: nullable(z.enum(['title', 'text'])).describe('of the article'),
			start: z.int().describe('in UTF-16 units'),
			end: z.int(),
			agent: nullable(z.string()).describe('which of the organisations did it'),
			person: nullable(z.string()),
			verdict: nullable(z.enum(['right', 'wrong'])).describe(
				'what somebody said of it; a wrong one counts nowhere'
			),
			detector: z.string(),
			recorded: instant
		})
	),
	changes: z.array(
		z.object({
			at: instant,
			verdict: z.enum(['pending', 'confirmed', 'flap', 'broken', 'technical']),
			decidedAt: nullable(instant),
			collector: z.string(),
			changes: z.array(clauseChange),
			mentions: z.array(
				z.object({ organisation: z.string(), event: z.enum(['introduced', 'vanished']), verdict: z.string() })
			)
		})
	),
	sources: z.array(
		z.object({
			id: z.string(),
			kind: z.string(),
			lastSuccess: nullable(instant),
			lastAttempt: nullable(instant),
			state: z.enum(['fresh', 'late', 'blind', 'failing', 'idle']),
			lag: nullable(z.int()).optional(),
			error: nullable(z.string()),
			failure: nullable(z.string()).describe('kind of the fetch that failed, as blocked or gone'),
			next: nullable(instant).describe('when it is tried next'),
			silence: nullable(
				z.object({ since: instant, noticed: instant, failure: nullable(z.string()), reason: z.string() })
			).describe('nothing was heard of it for longer than its interval allows')
		})
	),
	deadLetters: z.array(
		z.object({
			id: z.string(),
			topic: z.string(),
			partition: z.int(),
			offset: z.int(),
			row: z.int(),
			key: z.string(),
			reason: z.string(),
			path: z.string(),
			bytes: z.string().describe('base64'),
			writer: z.string(),
			accepted: instant,
			state: z.enum(['waiting', 'replayed', 'set-aside']),
			who: nullable(z.string()),
			at: nullable(instant)
		})
	),
	settled: z.object({ id: z.string(), state: z.string() })
};

export interface Operation {
	method: 'get' | 'post';
	/** Below /api/v1, parameters in braces. */
	path: string;
	summary: string;
	query: z.ZodType;
	/** Bodies by media type. */
	body?: Record<string, z.ZodType>;
	/** Successful answers by status and media type. */
	answers: Record<number, { description: string; content: Record<string, z.ZodType> }>;
	/** Statuses of problem documents. */
	problems: number[];
}

const ok = (description: string, schema: z.ZodType): Operation['answers'] => ({
	200: { description, content: { 'application/json': schema } }
});

const push = (topic: InputTopic): Operation => ({
	method: 'post',
	path: `/${topic}`,
	summary: `Take ${topic} events; each is acknowledged once the log has it durably`,
	query: queries.none,
	body: {
		'application/json': z.union([z.array(eventSchemas[topic]), eventSchemas[topic]]),
		'application/x-ndjson': z.string(),
		...(topic === 'traffic' && { 'text/csv': z.string() })
	},
	answers: {
		202: {
			description: 'What was taken and what was refused',
			content: { 'application/json': responses.push }
		}
	},
	problems: [400, 413, 415, 503]
});

const mend = z.object({ bytes: z.string().describe('the mended event as JSON text; left out: as it came') });

export const OPERATIONS: readonly Operation[] = [
	...TOPICS.map(push),
	{
		method: 'get',
		path: '/shares',
		summary: 'Shares of a destination by source and period',
		query: queries.shares,
		answers: ok('Shares with their 95% ranges', responses.shares),
		problems: [400, 404, 503]
	},
	{
		method: 'get',
		path: '/stories',
		summary: 'Stories with their articles, newest first',
		query: queries.stories,
		answers: ok('Stories', responses.stories),
		problems: [400, 503]
	},
	{
		method: 'get',
		path: '/signals',
		summary: 'Typed observations about organisations, newest first',
		query: queries.signals,
		answers: ok('Signals', responses.signals),
		problems: [400, 503]
	},
	{
		method: 'get',
		path: '/policies/{service}/{document}/changes',
		summary: 'Every change of a document, clause by clause',
		query: queries.changes,
		answers: ok('Changes in time order', responses.changes),
		problems: [400, 404, 503]
	},
	{
		method: 'get',
		path: '/sources',
		summary: 'Health of all sources',
		query: queries.none,
		answers: ok('Sources', responses.sources),
		problems: [503]
	},
	{
		method: 'get',
		path: '/dead-letters',
		summary: 'Events that could not be read, newest first',
		query: queries.deadLetters,
		answers: ok('Dead letters', responses.deadLetters),
		problems: [400, 503]
	},
	{
		method: 'post',
		path: '/dead-letters/{id}/replay',
		summary: 'Append a dead letter again, mended or as it came',
		query: queries.none,
		body: { 'application/json': mend },
		answers: ok('It was appended', responses.settled),
		problems: [400, 404, 409, 503]
	},
	{
		method: 'post',
		path: '/dead-letters/{id}/set-aside',
		summary: 'Set a dead letter aside',
		query: queries.none,
		answers: ok('It was set aside', responses.settled),
		problems: [404, 409, 503]
	},
	{
		method: 'get',
		path: '/stream',
		summary: 'Server-sent events: what has become readable',
		query: queries.none,
		answers: {
			200: {
				description: 'Messages whose data is JSON with a topic',
				content: { 'text/event-stream': z.string() }
			}
		},
		problems: [503]
	},
	{
		method: 'get',
		path: '/openapi.json',
		summary: 'This description',
		query: queries.none,
		answers: ok('OpenAPI 3.1', z.record(z.string(), z.unknown())),
		problems: []
	}
];

/** Query parameters checked by a schema of {@link queries}; rejects what is unknown, repeated or wrong, by name. */
export function readQuery<T>(url: URL, schema: z.ZodType<T>): T {
	const given: Record<string, string> = {};
	for (const [name, value] of url.searchParams) {
		if (Object.hasOwn(given, name)) throw new Problem('invalid', `${name} is given twice`, { path: name });
		given[name] = value;
	}
	const result = schema.safeParse(given);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const name = issue?.code === 'unrecognized_keys' ? String(issue.keys[0]) : String(issue?.path[0] ?? '');
	const why =
		issue?.code === 'unrecognized_keys'
			? 'is not a parameter'
			: issue?.code === 'invalid_type'
				? 'is missing'
				: issue?.message;
	throw new Problem('invalid', `${name} ${why ?? 'is wrong'}`, { path: name });
}
