import { expect, test } from 'vitest';
import type { DeadLetter } from '#lib/server/desk/desk.ts';
import { letterShown } from './letter.ts';

const letter = (bytes: Buffer): DeadLetter => ({
	id: 'traffic:0:7:1',
	topic: 'traffic',
	partition: 0,
	offset: 7,
	row: 1,
	key: '',
	reason: 'must be 0 or more',
	path: 'value',
	bytes,
	writer: '',
	accepted: 0,
	state: 'waiting',
	who: null,
	at: null
});

test('a letter that is text is shown entire and can be mended', () => {
	expect(letterShown(letter(Buffer.from('{"value":-3}')))).toMatchObject({
		text: '{"value":-3}',
		entire: true,
		place: '0 : 7 : 1'
	});
});
test('what is no UTF-8, or too long for a page, is shown but not mended here: saving would change it', () => {
	expect(letterShown(letter(Buffer.from([0x7b, 0xb1, 0xa3])))).toMatchObject({ text: '{��', entire: false });
	const long = letterShown(letter(Buffer.alloc(20_000, 'a')));
	expect(long).toMatchObject({ entire: false, size: 20_000 });
	expect(long.text).toHaveLength(16_384);
});
