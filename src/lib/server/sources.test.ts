import { describe, expect, it } from 'vitest';
import { lagOf, readSources } from './sources.ts';

const NOW = 1_000_000;
const row = (more = {}) => ({
	topic: 'news',
	partition: 0,
	end: 10,
	stored: 10,
	waiting: 0,
	oldest: null,
	at: NOW - 500,
	...more
});

describe('the lag of a topic', () => {
	it('is 0 when every event accepted can be read', () => {
		expect(lagOf([row(), row({ partition: 1 })], NOW)).toBe(0);
	});
	it('adds up what waits in its partitions', () => {
		expect(lagOf([row({ waiting: 7 }), row({ partition: 1, waiting: 2 })], NOW)).toBe(9);
	});
	it('counts records where events cannot be counted', () => {
		expect(lagOf([row({ stored: 6, waiting: null })], NOW)).toBe(4);
	});
	it.each([[[]], [[row({ at: NOW - 5_000 })]]])(
		'cannot be told from %j: nobody has measured lately',
		(rows) => {
			expect(lagOf(rows, NOW)).toBeNull();
		}
	);
});

describe('news', () => {
	const sources = (progress: object[], health: object[] = []) => {
		const desk = {
			health: { all: async () => health },
			progress: { all: async () => progress },
			silences: { list: async () => [] }
		};
		return readSources({ desk: desk as never }, NOW);
	};
	const articles = { topic: 'articles', partition: 0 };

	it('wait until they are in stories', async () => {
		const [news, ...others] = await sources([
			row(),
			row({ ...articles, stored: 7, waiting: 3, oldest: NOW - 20 })
		]);
		expect(news).toMatchObject({ id: 'news', lag: 3, state: 'fresh' });
		expect(others.map(({ id }) => id)).toEqual(['policies', 'traffic']);
	});

	it('fail where their stories cannot be written, and say why', async () => {
		const health = { kind: 'topic', lastSuccess: NOW, lastAttempt: NOW, state: 'fresh', error: null };
		const [news, ...others] = await sources(
			[row(), row(articles)],
			[
				{ ...health, id: 'news' },
				{ ...health, id: 'articles', state: 'failing', error: 'no room' }
			]
		);
		expect(news).toMatchObject({ id: 'news', state: 'failing', error: 'no room' });
		expect(others.map(({ id }) => id)).toEqual(['policies', 'traffic']);
	});
});
