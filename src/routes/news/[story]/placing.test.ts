import { describe, expect, test } from 'vitest';
import type { StoryArticle } from '#lib/server/store/stories.ts';
import type { StoryPlacement, StoryPlacementBody } from '#lib/server/story-placements.ts';
import { placingOf } from './placing.ts';

const article = (id: string): StoryArticle => ({
	id, content: id, story: '1', copyOf: null, url: `https://news.example/${id}`, title: `Title ${id}`, publisher: `Paper ${id}`, author: null,
	language: 'en', publishedAt: '2026-11-20T07:00:00.000Z', observedAt: null, known: '2026-11-20T07:00:00.000Z', assumed: false,
	accepted: '2026-11-20T07:00:00.000Z', origin: 'door', excerpt: '', organisations: []
}); // prettier-ignore
const said = (id: string, to: StoryPlacementBody['to'], { from = '2', at = 5 } = {}): StoryPlacement => ({
	kind: 'story-placement', id, version: 1, who: 'ada', at,
	body: { to, from, report: { url: '', title: `Title ${id}`, publisher: `Paper ${id}` } }
}); // prettier-ignore
const HERE = { story: '1', article: '10' };

const joins = (articles: string[], placements: StoryPlacement[]) =>
	placingOf('1', articles.map(article), placements, 9).joins.map(
		({ id, from, at, reports }) => `${id} from ${from} at ${at}: ${reports}`
	);

describe('what was joined with a story', () => {
	test('is one line for all that came from a story at once, led by what was published first', () => {
		const placements = [said('11', HERE), said('12', HERE), said('13', HERE, { from: '3' }), said('14', HERE, { at: 7 })];
		expect(joins(['10', '12', '11', '13', '14'], placements)).toEqual([
			'12 from 2 at 5: 2',
			'13 from 3 at 5: 1',
			'14 from 2 at 7: 1'
		]);
	}); // prettier-ignore

	test('counts no report that was taken back, set apart or moved on', () => {
		const placements = [said('11', null), said('12', 'own'), said('13', HERE), said('15', HERE)];
		expect(joins(['10', '11', '12', '13'], placements)).toEqual(['13 from 2 at 5: 1']);
	});

	test('is not what is on its way out of it', () => {
		const away = said('10', { story: '4', article: '40' }, { from: '1' });
		expect(joins(['10'], [away])).toEqual([]);
		expect(placingOf('1', [article('10')], [away], 9).here).toMatchObject({ '10': { waits: true } });
	});
});
