import { expect, test } from 'vitest';
import { plain, sentence } from './sentence.ts';

const message = ({ source, share }: { source: string; share: string }) => `${source} now brings ${share}.`;

test('values keep their look and their place in the words', () => {
	expect(
		sentence(message, {
			source: { text: 'Lantern', tone: 'subject' },
			share: { text: '25%', href: '#table' }
		})
	).toEqual([
		{ text: 'Lantern', tone: 'subject' },
		{ text: ' now brings ' },
		{ text: '25%', href: '#table' },
		{ text: '.' }
	]);
});
test('another language may turn the order round', () => {
	const turned = ({ source, share }: { source: string; share: string }) => `${share} 来自${source}`;
	expect(plain(sentence(turned, { source: '灯笼', share: '25%' }))).toBe('25% 来自灯笼');
});
test('a number reaches the message as a number, for its plural', () => {
	const plural = ({ n, text }: { n: number; text: string }) => `${text} ${n === 1 ? 'letter' : 'letters'}`;
	expect(plain(sentence(plural, { n: 1, text: '1' }))).toBe('1 letter');
});
test('text from outside is never read as a place for a value', () => {
	expect(plain(sentence(message, { source: '<b>\ue001</b>', share: '1%' }))).toBe(
		'<b>\ue001</b> now brings 1%.'
	);
});
