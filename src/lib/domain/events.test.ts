import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl, doorChecks, keyOf, logChecks, type InputTopic } from './events.ts';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const checks = doorChecks(() => NOW);
const good = {
	news: {
		url: 'https://news.example/1',
		title: 'Report',
		publisher: 'Daily',
		publishedAt: '2026-11-20T08:00:00Z'
	},
	policies: {
		service: 'Talk',
		document: 'Privacy Policy',
		fetchedAt: '2026-11-20T08:00:00Z',
		text: '# Privacy'
	},
	traffic: {
		provider: 'site',
		destination: 'shop',
		source: 'app.example',
		from: '2026-11-20',
		to: '2026-11-20',
		metric: 'visits',
		value: 12
	}
};
const errorsOf = (topic: InputTopic, change: Record<string, unknown>) => {
	const result = checks[topic]({ ...good[topic], ...change });
	return result.ok ? [] : result.errors.map(({ path, message }) => `${path}: ${message}`);
};

describe('the door', () => {
	it.each(['news', 'policies', 'traffic'] as const)('takes a good event of %s', (topic) => {
		expect(checks[topic](good[topic]).ok).toBe(true);
	});

	it.each<[string, InputTopic, Record<string, unknown>, string]>([
		[
			'an unknown field by its own name',
			'traffic',
			{ colour: 'red' },
			'colour: is not a field of this event'
		],
		['a missing field', 'traffic', { destination: undefined }, 'destination: is missing'],
		['text for a number', 'traffic', { value: '12' }, 'value: must be a number'],
		['a value below 0', 'traffic', { value: -5 }, 'value: must be 0 or more'],
		['a revision that is no whole number', 'traffic', { revision: 1.5 }, 'revision: must be a whole number'],
		[
			'a day that does not exist',
			'traffic',
			{ from: '2025-02-30' },
			'from: must be a day that exists, like 2026-11-20'
		],
		['a period that ends before it begins', 'traffic', { from: '2026-11-21' }, 'to: must not be before from'],
		['days to come', 'traffic', { to: '2999-01-01' }, 'to: has begun nowhere on earth yet'],
		['NUL', 'traffic', { source: 'a\0b' }, 'source: must be Unicode text without NUL'],
		['half a surrogate pair', 'news', { title: 'a\ud800' }, 'title: must be Unicode text without NUL'],
		['an address that runs', 'news', { url: 'javascript:alert(1)' }, 'url: must be an http(s) address'],
		[
			'a time in words',
			'news',
			{ publishedAt: 'yesterday' },
			'publishedAt: must be an RFC 3339 time, like 2026-11-20T08:00:00Z'
		],
		[
			'a time to come',
			'policies',
			{ fetchedAt: '2026-11-26T00:00:00Z' },
			'fetchedAt: must not be more than a day ahead'
		],
		['a name that is empty', 'policies', { service: '' }, 'service: must not be empty'],
		['a title of white space', 'news', { title: ' \u3000\n' }, 'title: must not be blank']
	])('refuses %s', (_, topic, change, expected) => {
		expect(errorsOf(topic, change)).toContain(expected);
	});

	it('refuses numbers that are not finite', () => {
		expect(errorsOf('traffic', { value: JSON.parse('1e999') as unknown })[0]).toMatch(/^value: /);
	});

	it.each([7, null, 'text', []])('refuses %j, which is no event, as a whole', (value) => {
		const result = checks.news(value);
		expect(result.ok ? [] : result.errors.map(({ path }) => path)).toEqual(['']);
	});

	it('lets a day pass that has begun somewhere on earth', () => {
		const late = doorChecks(() => Date.parse('2026-11-24T11:00:00Z'));
		expect(late.traffic({ ...good.traffic, to: '2026-11-25' }).ok).toBe(true);
	});

	it('tells the same instant the same way, whatever its offset', () => {
		const result = checks.news({ ...good.news, publishedAt: '2026-11-20T16:00:00.5+08:00' });
		expect(result.ok && result.event.publishedAt).toBe('2026-11-20T08:00:00.500Z');
	});
});

describe('the log', () => {
	it('reads an event of a newer minor version, with fields unknown here', () => {
		expect(logChecks.traffic({ ...good.traffic, colour: 'red' }).ok).toBe(true);
	});
	it('reads times to come: the door that took them had another clock', () => {
		expect(logChecks.news({ ...good.news, publishedAt: '2062-01-01T00:00:00Z' }).ok).toBe(true);
	});
});

describe('the canonical address', () => {
	it.each([
		['http://www.News.example:80/a/?utm_source=x&b=2&a=1#top', 'https://news.example/a?a=1&b=2'],
		['https://news.example', 'https://news.example'],
		['https://news.example/A?q=%E5%BE%AE', 'https://news.example/A?q=%E5%BE%AE']
	])('of %s is %s', (url, expected) => {
		expect(canonicalUrl(url)).toBe(expected);
	});
	it('of a canonical address is itself', () => {
		fc.assert(
			fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
				expect(canonicalUrl(canonicalUrl(url))).toBe(canonicalUrl(url));
			})
		);
	});
	it('is the key of an article', () => {
		expect(keyOf.news({ ...good.news, url: 'https://www.news.example/1/' })).toBe('https://news.example/1');
	});
});
