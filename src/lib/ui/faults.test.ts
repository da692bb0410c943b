import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { faultOf } from '#lib/domain/fault.ts';
import { watchlistSchema } from '#lib/domain/watchlist/watchlist.ts';
import { m } from '#lib/paraglide/messages.js';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { watchedFeedSchema } from '#lib/server/feeds/watched-feed.ts';
import { watchedPageSchema } from '#lib/server/fetch/watched-page.ts';
import { faultText, mistakeText, problemText } from './faults.ts';

afterEach(() => overwriteGetLocale(() => 'en'));

const said = (schema: z.ZodType, value: unknown) =>
	(schema.safeParse(value).error?.issues ?? []).map((issue) => [
		issue.path.join('.'),
		faultText(faultOf(issue))
	]);
const list = (...organisations: object[]) => ({ organisations });
const WRONG: [what: string, schema: z.ZodType, value: unknown, path: string, en: string, zh: string][] = [
	['no name', watchlistSchema, list({ id: 'a' }), 'organisations.0.name', 'is missing, or of another kind than is asked for', '缺失，或类型不符'],
	['an empty name', watchlistSchema, list({ id: 'a', name: ' ' }), 'organisations.0.name', 'must not be empty', '不能为空'],
	['an id in capitals', watchlistSchema, list({ id: 'A', name: 'A' }), 'organisations.0.id', 'must be lower-case letters, digits and single hyphens', '只能用小写字母、数字和单个连字符'],
	['a long name', watchlistSchema, list({ id: 'a', name: 'x'.repeat(301) }), 'organisations.0.name', 'must have at most 300 characters', '最多300个字符'],
	['many names', watchlistSchema, list({ id: 'a', name: 'A', aliases: Array.from({ length: 501 }, String) }), 'organisations.0.aliases', 'must have at most 500 entries', '最多500项'],
	['a stance that is none', watchlistSchema, list({ id: 'a', name: 'A', stance: 'foe' }), 'organisations.0.stance', 'must be one of own, rival, ally, supplier, other', '只能是其中之一：own, rival, ally, supplier, other'],
	['an unknown field', watchlistSchema, { companies: [] }, '', 'there is no field companies', '没有名为companies的字段'],
	['one twice', watchlistSchema, list({ id: 'a', name: 'A' }, { id: 'a', name: 'B' }), 'organisations.1.id', 'a is there twice', 'a出现了两次'],
	['an owner of itself', watchlistSchema, list({ id: 'a', name: 'A', owner: 'a' }), 'organisations.0.owner', 'an organisation cannot own itself', '机构不能隶属于自己'],
	['an unknown owner', watchlistSchema, list({ id: 'a', name: 'A', owner: 'b' }), 'organisations.0.owner', 'b is not on the watchlist', '观察名单上没有b'],
	['no address', watchedFeedSchema, { kind: 'feeds', url: 'x', publisher: 'P' }, 'url', 'must be an http(s) address', '须为 http(s) 网址'],
	['an address in a file', watchlistSchema, { feeds: [{ url: 'ftp://x', publisher: 'P' }] }, 'feeds.0.url', 'must be an http(s) address', '须为 http(s) 网址'],
	['no time span', watchlistSchema, { feeds: [{ url: 'https://x.example', publisher: 'P', every: 'often' }] }, 'feeds.0.every', 'must be a time span, like 15m or 6h', '须为时间间隔，如 15m 或 6h'],
	['no language', watchedPageSchema, { kind: 'policies', service: 'S', document: 'D', url: 'https://x.example', language: '?' }, 'language', 'must be a language tag, like en or zh-Hans', '须为语言标签，如 en 或 zh-Hans']
]; // prettier-ignore

describe('what is wrong with an entry', () => {
	test.each(WRONG)('is said in both languages: %s', (_, schema, value, path, en, zh) => {
		expect(said(schema, value)).toEqual([[path, en]]);
		overwriteGetLocale(() => 'zh');
		expect(said(schema, value)).toEqual([[path, zh]]);
	});

	test('is said with the label of its field', () => {
		overwriteGetLocale(() => 'zh');
		const { error } = watchedFeedSchema.safeParse({ kind: 'feeds', url: 'https://x.example', publisher: '' });
		expect(error && mistakeText(error, { publisher: m.start_feed_publisher })).toBe('发布方：不能为空');
	});

	test('has words for every check that a schema can fail in', () => {
		const { error } = z.strictObject({ n: z.number().multipleOf(2), u: z.union([z.string(), z.null()]) }).safeParse({ n: 3, u: 1 });
		expect(error?.issues.map((issue) => faultText(faultOf(issue)))).toEqual(['is not valid', 'is not valid']);
	});
}); // prettier-ignore

test('what does not answer is named in the language of the reader, what has no words of ours keeps its own', () => {
	overwriteGetLocale(() => 'zh');
	expect(problemText({ code: 'desk-unavailable', message: 'no such host' })).toBe(m.error_desk());
	expect(problemText({ code: 'invalid', message: 'x', fault: { kind: 'own-owner' } })).toBe(
		'机构不能隶属于自己'
	);
	expect(problemText({ code: 'too-large', message: 'too large' })).toBe('too large');
});
