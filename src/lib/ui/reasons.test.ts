import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doorChecks } from '#lib/domain/events.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { isProblem } from '#lib/server/errors.ts';
import { readOpml } from '#lib/server/feeds/opml.ts';
import { fromNetwork } from '#lib/server/fetch/problem.ts';
import { reasonText } from './reasons.ts';

beforeEach(() => overwriteGetLocale(() => 'zh'));
afterEach(() => overwriteGetLocale(() => 'en'));

const SAID: [english: string, chinese: string][] = [
	['the server answers 404', '服务器返回404'],
	['the server answers 302 and does not say where to', '服务器返回302，但没有给出新地址'],
	['robots.txt: the server answers 503', 'robots.txt：服务器返回503'],
	['robots.txt: no answer in time', 'robots.txt：未能及时得到响应'],
	['news.example is at 10.0.0.1, which is not public', 'news.example位于10.0.0.1，不是公网地址'],
	['robots.txt: a.example is at 10.0.0.1, which is not public', 'robots.txt：a.example位于10.0.0.1，不是公网地址'],
	['the PDF has 900 pages; 500 are read', 'PDF 有900页，最多读取500页'],
	['value must be a number', 'value 须为数字'],
	['value must be a number; colour is not a field of this event', 'value 须为数字；colour 不是此类事件的字段'],
	['to must not be before from', 'to 不能早于 from'],
	['has 5000000 bytes; an event may have 4194304', '有5000000字节，一个事件最多4194304字节'],
	['blocked: the server answers 403 (2 of 9 articles)', '被拒绝访问：服务器返回403（9篇文章中的2篇）'],
	['Invalid Record Length: columns length is 7, got 3 on line 12', '应有7列，第12行有3列'],
	['has no column that is a metric, like Sessions or New users', '没有指标列，如 Sessions 或 New users'],
	['has no column Date', '没有“Date”列']
]; // prettier-ignore

describe('why something was refused', () => {
	test.each(SAID)('is said in the language of the reader: %s', (english, chinese) => {
		expect(reasonText(english)).toBe(chinese);
		overwriteGetLocale(() => 'en');
		expect(reasonText(english)).toBe(english);
	});

	test.each(['', 'Cannot parse; at all', 'connect ECONNREFUSED 127.0.0.1:80', '<b>must be a number</b>'])(
		'is shown as it is where it is none of our sentences: %s',
		(reason) => expect(reasonText(reason)).toBe(reason.replace('; ', '；'))
	);

	test.each([
		['news', { url: 'x', title: '', publisher: 1, publishedAt: 'soon', language: '?', more: 1 }],
		['news', { url: 'https://a.example', title: '\0', publisher: 'x'.repeat(501), publishedAt: '1800-01-01T00:00:00Z' }],
		['news', { url: 'https://a.example', title: 'a', publisher: 'p', publishedAt: '2999-01-01T00:00:00Z' }],
		['policies', 'x'],
		['traffic', { provider: '', destination: 'd', source: 's', from: '2026-02-30', to: '1969-01-01', metric: 'm', value: -1, revision: 1.5 }],
		['traffic', { provider: 'p', destination: 'd', source: 's', from: '2026-02-02', to: '2026-02-01', metric: 'm', value: '1' }],
		['traffic', { provider: 'p', destination: 'd', source: 's', from: '2999-02-02', to: '2999-02-02', metric: 'm', value: Infinity }]
	] as const)('has words for all that a door checks: %s %j', (topic, event) => {
		const checked = doorChecks(() => Date.UTC(2026, 0, 1))[topic](event);
		const messages = checked.ok ? [] : checked.errors.map(({ message }) => message);
		expect(messages.length).toBeGreaterThan(0);
		expect(messages.filter((message) => !isChinese(reasonText(message)))).toEqual([]);
	}); // prettier-ignore

	test.each(['<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', `<opml><body>${'<outline text="a">'.repeat(70)}`, '<html/>', 'x'.repeat(3e6)])(
		'has words for a list of feeds that cannot be read: %.40s',
		(list) => {
			try {
				readOpml(Buffer.from(list));
				expect.unreachable();
			} catch (problem) {
				expect(isProblem(problem) && isChinese(reasonText(problem.message))).toBe(true);
			}
		}
	); // prettier-ignore

	test.each(['ETIMEDOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'CERT_HAS_EXPIRED', 'HPE_HEADER_OVERFLOW', 'Z_DATA_ERROR', 'ECONNRESET'])(
		'has words for a connection that fails: %s',
		(code) => expect(isChinese(reasonText(String((fromNetwork(Object.assign(new Error(), { code })) as Error).message)))).toBe(true)
	); // prettier-ignore

	test('has words for all that a fetcher and a collector say', () => {
		const root = join(import.meta.dirname, '../../..');
		const files = globSync(['src/lib/server/{fetch,feeds}/*.ts', 'ingest/collectors/**/*.ts'], { cwd: root });
		const sentences = files
			.filter((file) => !file.endsWith('.test.ts'))
			.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/new FetchProblem\(\s*'[\w-]+',\s*(?:'([^']+)'|`([^`]+)`)/g)])
			.map(([, plain, template = '']) => plain ?? template.replaceAll(/\$\{[^{}]+\}/g, '7'));
		expect(sentences.length).toBeGreaterThan(30);
		// The first part of this one is another sentence.
		const untold = sentences.filter((sentence) => !isChinese(reasonText(sentence.replace(/^7 and/, 'the server answers 7 and'))));
		expect(untold).toEqual([]);
	}); // prettier-ignore
});

const isChinese = (text: string): boolean => /\p{sc=Han}/u.test(text);
