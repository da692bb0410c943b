import { describe, expect, it } from 'vitest';
import { previewNames, type PreviewArticle } from './preview.ts';
import { organisationSchema } from './watchlist.ts';

const organisation = (value: object) => organisationSchema.parse(value);
const target = organisation({
	id: 'target', name: 'Target Corporation', aliases: ['塔吉特', 'TC'], ambiguous: ['Target'], decoys: ['Target Field'],
	people: [{ name: 'Ann Lee', aliases: ['李安'], role: 'chief executive' }]
}); // prettier-ignore
const other = organisation({ id: 'tele', name: 'Telecom', aliases: ['tc'] });
const article = (id: number, title: string, text = ''): PreviewArticle => ({
	id: String(id), title, text, publisher: 'Paper', publishedAt: '2026-11-20T08:00:00.000Z'
}); // prettier-ignore
const preview = (...articles: PreviewArticle[]) => previewNames(target, [other], articles);
const found = (name: string, ...articles: PreviewArticle[]) =>
	preview(...articles).names.find((entry) => entry.name === name);

describe('a preview of names', () => {
	it('counts the articles that have each, whatever their number in one', () => {
		const articles = [article(1, '塔吉特与塔吉特'), article(2, 'Nothing', 'It is TARGET CORPORATION. Yes.')];
		expect(preview(...articles).articles).toBe(2);
		expect(found('塔吉特', ...articles)).toMatchObject({ kind: 'name', articles: 1 });
	});

	it('shows the sentence with the name marked in it', () => {
		const [sample] = found('塔吉特', article(7, 'Title', 'First one. 据悉塔吉特开店。别的。'))?.samples ?? [];
		expect(sample).toMatchObject({ article: '7', text: '据悉塔吉特开店。' });
		expect(sample?.text.slice(sample.start, sample.end)).toBe('塔吉特');
	});

	it('tells an ambiguous name that counts from one that is left out', () => {
		const articles = [
			article(1, 'Target up', '塔吉特发布'),
			article(2, 'Target practice'),
			article(3, 'Target: Ann Lee speaks')
		];
		expect(found('Target', ...articles)).toMatchObject({ kind: 'ambiguous', articles: 2, leftOut: 1 });
	});

	it('says what a decoy hides, and only that', () => {
		const sure = { ...target, aliases: ['Target'], ambiguous: [] };
		const articles = [article(1, 'A game at Target Field'), article(2, 'Target opens')];
		const { names } = previewNames(sure, [], articles);
		expect(names.find(({ kind }) => kind === 'decoy')).toMatchObject({ name: 'Target Field', articles: 1 });
		expect(names.find(({ name }) => name === 'Target')).toMatchObject({ articles: 1 });
	});

	it('counts who is named of its people', () => {
		expect(found('李安', article(1, '李安辞职'))).toMatchObject({ kind: 'person', articles: 1 });
	});

	it('warns of names that another organisation has too, and of short ones', () => {
		expect(preview()).toMatchObject({ shared: [{ name: 'TC', organisation: 'Telecom' }], short: ['TC'] });
	});

	it('knows the articles in which a name stands alone, and shows a sentence once however often it was copied', () => {
		const articles = [
			article(1, '塔吉特开店'),
			article(2, '塔吉特开店'),
			article(3, '塔吉特与Telecom'),
			article(4, '塔吉特，李安')
		];
		expect(found('塔吉特', ...articles)).toMatchObject({ articles: 4, alone: 3 });
		expect(found('塔吉特', ...articles)?.samples).toHaveLength(3);
	});

	it('cuts long sentences around the name', () => {
		const long = `${'a '.repeat(300)}塔吉特 ${'b '.repeat(300)}`;
		const [sample] = found('塔吉特', article(1, long))?.samples ?? [];
		expect(sample?.text.length).toBeLessThanOrEqual(240);
		expect(sample?.text.slice(sample.start, sample.end)).toBe('塔吉特');
	});
});
