import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../watchlist/matcher.ts';
import { watchlistSchema } from '../watchlist/watchlist.ts';
import { meaningReader } from './meaning.ts';
import { stanceOf } from './stance.ts';
import { MOST_TOPICS, topicsOf } from './topics.ts';

const finder = compile(
	watchlistSchema.parse({
		organisations: [
			{ id: 'norden', name: 'Norden', aliases: ['诺登'] },
			{ id: 'paylane', name: 'Paylane', aliases: ['付巷'] }
		]
	})
);
const meaningOf = meaningReader(finder);
const stance = (sentence: string) => {
	const [named] = finder.mentions(sentence);
	if (!named) throw new Error('names nobody');
	return stanceOf(sentence, named.start, named.end);
};
const doors = (before: string | null, after: string | null) =>
	meaningOf(before, after).organisations.map(({ name, direction }) => `${name} ${direction}`);
const topics = (before: string | null, after: string | null) => meaningOf(before, after).topics;

describe('what a sentence says of somebody', () => {
	it.each([
		'We share your address with Norden so that it can deliver.',
		'You can pay with Paylane without leaving the app.',
		'We share nothing about you but your order, which is not only seen by Norden.',
		'We do not share your data with anyone except Norden.',
		'We do not sell your data, and we use Norden to measure visits.',
		'If you do not object, Norden receives your profile.',
		'You can disconnect your Norden account at any time.',
		'我们会与诺登共享您的订单信息。',
		'除诺登外，我们不会向任何第三方提供您的信息。',
		'我们不会收集您的位置，订单由诺登处理。',
		'您可以随时解除与诺登账号的绑定。'
	])('a door: %s', (sentence) => expect(stance(sentence)).toBe('open'));

	it.each([
		'We do not use Norden to confirm bookings.',
		'We never disclose your name, your e-mail, or your address to Norden.',
		'Norden no longer receives your order history.',
		'Sharing with Norden has been discontinued.',
		'We are not affiliated with Norden.',
		'Neither you nor Norden can access it.',
		'我们不会向诺登提供您的联系方式。',
		'自本月起停止使用诺登登录。',
		'未经您的同意，我们不会向诺登提供您的信息。'
	])('a denial: %s', (sentence) => expect(stance(sentence)).toBe('denied'));

	it.each([
		'Norden is a trademark of its owner.',
		'Paylane was formerly called Norden.',
		'诺登是其权利人的注册商标。'
	])('neither: %s', (sentence) => expect(stance(sentence)).toBe('neutral'));
});

describe('whom a change touches', () => {
	it('opens a door with a new clause, and closes it with the clause that goes', () => {
		expect(doors(null, 'We share your orders with Norden.')).toEqual(['Norden opens']);
		expect(doors('We share your orders with Norden.', null)).toEqual(['Norden closes']);
	});

	it('turns with a denial that comes or goes', () => {
		expect(doors('We share orders with Norden.', 'We do not share orders with Norden.')).toEqual([
			'Norden closes'
		]);
		expect(doors('我们不会与诺登共享订单。', '我们会与诺登共享订单。')).toEqual(['诺登 opens']);
	});

	it('leaves out whom only other sentences of the clause name', () => {
		expect(
			doors(
				'Norden ships orders. We keep logs for 30 days.',
				'Norden ships orders. We keep logs for 90 days.'
			)
		).toEqual([]);
		expect(doors('We share orders with Norden.', 'We share orders with Norden and Paylane.')).toContain(
			'Paylane opens'
		);
	});

	it('is nobody where nothing changed', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('We share orders with Norden.', 'Logs are kept.', '我们与付巷合作。')),
				(list) => {
					expect(meaningOf(list.join(' '), list.join(' '))).toEqual({
						capabilities: [],
						topics: [],
						organisations: []
					});
				}
			)
		);
	});
});

describe('topics', () => {
	it('are those of the words that changed', () => {
		expect(topics('We use cookies. We show ads.', 'We use cookies and your location. We show ads.')).toEqual([
			'location'
		]);
	});

	it('are those of the sentence where the changed words have none', () => {
		expect(topics('We show ads. Deleted messages are kept for 30 days.', 'We show ads. Deleted messages are kept for 90 days.')).toEqual(['retention']); // prettier-ignore
		expect(topics('日志保存30天。', '日志保存90天。')).toEqual(['retention']);
	});

	it('take no figure of speech for a shop', () => {
		expect(topics(null, 'We do this in order to improve.')).toEqual([]);
	});

	it('are at most three, each once, in any text', () => {
		const words = fc.array(
			fc.constantFrom(
				'ads',
				'pay',
				'GPS',
				'children',
				'人脸',
				'广告',
				'share it with',
				'AI',
				'境外',
				'İ',
				'.'
			)
		);
		fc.assert(
			fc.property(words, (list) => {
				const found = topicsOf(list.join(' '), []);
				expect(found.length).toBeLessThanOrEqual(MOST_TOPICS);
				expect(new Set(found).size).toBe(found.length);
			})
		);
	});
});
