/**
 * The three input events, and the schemas that doors, consumers and the API's description share.
 *
 * A *strict* schema refuses unknown fields by name and times to come; it guards the doors. A *tolerant* one reads what a newer minor
 * version of the same event may carry besides; it reads the log. Both normalise instants to UTC with milliseconds.
 */
import { z } from 'zod';
import { formatInstant, isDay, latestDay, latestInstant, parseInstant } from './time.ts';

/** Input topics, in the order of their way. */
export const TOPICS = ['news', 'policies', 'traffic'] as const;
export type InputTopic = (typeof TOPICS)[number];
export const isTopic = (name: string): name is InputTopic => (TOPICS as readonly string[]).includes(name);

/** The version that this code writes into the log: a newer minor is read, a newer major is not. */
export const SCHEMA = { major: 1, minor: 0 } as const;

/** Largest event, as UTF-8 JSON. */
export const EVENT_BYTES = 4 * 1024 * 1024;

/** Metrics with a meaning of their own; any other name is a custom metric. */
export const METRICS = [
	'visits', 'visitors', 'new_users', 'users', 'sessions', 'pageviews', 'orders', 'revenue', 'spend'
] as const; // prettier-ignore

/** Days before this one cannot be told apart in the store. */
const FIRST_DAY = '1970-01-01';
const FIRST_INSTANT = Date.UTC(1900, 0, 1);

const NUL = String.fromCharCode(0);
const clean = (text: string) => !text.includes(NUL) && text.isWellFormed();
/** Text that the store can keep word for word. */
const text = (max: number, min = 1) =>
	z
		.string()
		.min(min, min ? 'must not be empty' : undefined)
		.max(max, `must have at most ${max} characters`)
		.refine(clean, 'must be Unicode text without NUL');

const httpUrl = text(8192)
	.refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'must be an http(s) address')
	.describe('an http(s) address');

/** `now`: the clock that times to come are held against, in milliseconds; Infinity lets every time pass. */
const instant = (now: () => number) =>
	z
		.string()
		.transform((value, context) => {
			const at = parseInstant(value);
			if (at === null)
				context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time, like 2026-11-20T08:00:00Z' });
			else if (at < FIRST_INSTANT) context.addIssue({ code: 'custom', message: 'must not be before 1900' });
			else if (at > latestInstant(now()))
				context.addIssue({ code: 'custom', message: 'must not be more than a day ahead' });
			else return formatInstant(at);
			return z.NEVER;
		})
		.meta({ type: 'string', format: 'date-time' });

const day = (now: () => number) =>
	z
		.string()
		.superRefine((value, context) => {
			if (!isDay(value))
				context.addIssue({ code: 'custom', message: 'must be a day that exists, like 2026-11-20' });
			else if (value < FIRST_DAY)
				context.addIssue({ code: 'custom', message: `must not be before ${FIRST_DAY}` });
			else if (Number.isFinite(now()) && value > latestDay(now()))
				context.addIssue({ code: 'custom', message: 'has begun nowhere on earth yet' });
		})
		.meta({ type: 'string', format: 'date' });

const language = z
	.string()
	.regex(/^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$/, 'must be a language tag, like en or zh-Hans');

function shapes(now: () => number) {
	return {
		news: z.object({
			url: httpUrl,
			title: text(10_000).refine((title) => title === '' || /\S/u.test(title), 'must not be blank'),
			text: text(EVENT_BYTES, 0).optional(),
			publisher: text(500),
			author: text(1000, 0).optional(),
			language: language.optional(),
			publishedAt: instant(now),
			observedAt: instant(now).optional(),
			feed: text(8192, 0).optional()
		}),
		policies: z.object({
			service: text(300),
			document: text(300),
			url: httpUrl.optional(),
			language: language.optional(),
			fetchedAt: instant(now),
			text: text(EVENT_BYTES, 0).describe('Markdown'),
			collector: text(300, 0).optional(),
			extractor: text(300, 0).optional()
		}),
		traffic: z.object({
			provider: text(300),
			destination: text(1000),
			source: text(8192, 0).describe('host, app id or (direct), as it came'),
			from: day(now).describe('first day of the period'),
			to: day(now).describe('last day of the period, included'),
			metric: text(200),
			value: z.number().min(0, 'must be 0 or more'),
			revision: z.number().int('must be a whole number').min(0, 'must be 0 or more').optional(),
			observedAt: instant(now).optional()
		})
	};
}

const ordered = { message: 'must not be before from', path: ['to'] };
const inOrder = (event: { from: string; to: string }) => event.to >= event.from;

function strict(now: () => number) {
	const { news, policies, traffic } = shapes(now);
	return {
		news: news.strict(),
		policies: policies.strict(),
		traffic: traffic.strict().refine(inOrder, ordered)
	};
}
function tolerant() {
	const { news, policies, traffic } = shapes(() => Infinity);
	return {
		news: news.loose(),
		policies: policies.loose(),
		traffic: traffic.loose().refine(inOrder, ordered)
	};
}

export type NewsEvent = z.output<ReturnType<typeof shapes>['news']>;
export type PolicyEvent = z.output<ReturnType<typeof shapes>['policies']>;
export type TrafficEvent = z.output<ReturnType<typeof shapes>['traffic']>;
export interface EventOf {
	news: NewsEvent;
	policies: PolicyEvent;
	traffic: TrafficEvent;
}
export type InputEvent = EventOf[InputTopic];

/** One thing that is wrong with an event: `path` names the field, or is empty for the whole of it. */
export interface FieldError {
	path: string;
	message: string;
}
export type Checked<T> = { ok: true; event: T } | { ok: false; errors: FieldError[] };

/** The fields named by a failed check; an unknown field is named by its own name. */
export function fieldErrors(error: z.ZodError): FieldError[] {
	return error.issues.flatMap((issue): FieldError[] => {
		const path = issue.path.map(String).join('.');
		if (issue.code === 'unrecognized_keys')
			return issue.keys.map((key) => ({
				path: path ? `${path}.${key}` : key,
				message: 'is not a field of this event'
			}));
		if (issue.code === 'invalid_type') {
			const missing = issue.input === undefined && path !== '';
			return [{ path, message: missing ? 'is missing' : `must be ${article(issue.expected)}` }];
		}
		return [{ path, message: issue.message }];
	});
}
const article = (name: string) =>
	name === 'int' ? 'a whole number' : `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;

/** Checks events of one topic. */
export type Check<T> = (value: unknown) => Checked<T>;

const checkWith =
	<T>(schema: z.ZodType<T>): Check<T> =>
	(value) => {
		const result = schema.safeParse(value, { reportInput: true });
		return result.success
			? { ok: true, event: result.data }
			: { ok: false, errors: fieldErrors(result.error) };
	};

/** Checks for the doors: unknown fields and times to come are refused. `now`: the clock, in milliseconds. */
export function doorChecks(now: () => number): { [T in InputTopic]: Check<EventOf[T]> } {
	const { news, policies, traffic } = strict(now);
	return { news: checkWith(news), policies: checkWith(policies), traffic: checkWith(traffic) };
}

/** Checks for what is read back from a log: unknown fields are let through and dropped by whoever stores. */
export const logChecks: { [T in InputTopic]: Check<EventOf[T]> } = (() => {
	const { news, policies, traffic } = tolerant();
	return {
		news: checkWith(news as z.ZodType<NewsEvent>),
		policies: checkWith(policies as z.ZodType<PolicyEvent>),
		traffic: checkWith(traffic as z.ZodType<TrafficEvent>)
	};
})();

/** The door's schemas, for the API's description. */
export const eventSchemas = strict(() => Infinity);

/** The key of an event in the log: equal keys keep their order. */
export const keyOf: { [T in InputTopic]: (event: EventOf[T]) => string } = {
	news: (event) => canonicalUrl(event.url),
	policies: (event) => `${event.service}/${event.document}`,
	traffic: (event) => `${event.provider}/${event.destination}`
};

const TRACKING = /^(utm_\w+|gclid|fbclid|msclkid|yclid|dclid|mc_[ce]id|igshid|spm|_hsenc|_hsmi)$/i;

/**
 * The address that two links to the same article share: lower-case host without `www.` and default port, no fragment, no tracking
 * parameters, the rest of the query sorted, no trailing slash. `url` must be a parsable http(s) address.
 */
export function canonicalUrl(url: string): string {
	const parsed = new URL(url);
	const query = [...parsed.searchParams]
		.filter(([name]) => !TRACKING.test(name))
		.sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : x > y ? 1 : 0) : a < b ? -1 : 1));
	const host = parsed.hostname.replace(/^www\./, '') + (parsed.port ? `:${parsed.port}` : '');
	const path = parsed.pathname.replace(/\/+$/, '');
	const search = query.length ? `?${new URLSearchParams(query)}` : '';
	return `https://${host}${path}${search}`;
}
