import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/product.ts';
import type { Desk } from './desk/desk.ts';
import { openDesk } from './desk/open.ts';
import { createLogger } from './logger.ts';
import { policyNoteHistory, policyNoteId, policyNotes, savePolicyNote } from './policy-notes.ts';

const { folder, remove } = temporaryFolder();
let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({ file: join(folder, 'desk.sqlite') }, { logger: createLogger('silent') });
});
afterAll(async () => {
	await desk.close();
	remove();
});

const note = (text: string, document = 'Terms') => ({
	service: 'Talk/Shop',
	document,
	after: 'ab'.repeat(32),
	collector: '',
	verdict: 'confirmed' as const,
	note: text
});

test('a note keeps every version with who and when, and only the notes of its document are listed', async () => {
	await savePolicyNote(desk, note('first'), { version: 0, who: 'ann', at: 1 });
	await savePolicyNote(desk, note('second'), { version: 1, who: 'bo', at: 2 });
	await savePolicyNote(desk, note('elsewhere', 'Terms 2'), { version: 0, who: 'bo', at: 3 });
	const listed = await policyNotes(desk, { service: 'Talk/Shop', document: 'Terms' });
	expect(listed.map(({ body, who }) => [body.note, who])).toEqual([['second', 'bo']]);
	const all = await policyNoteHistory(desk, policyNoteId(note('')));
	expect(all.map(({ body, who, at }) => [body.note, who, at])).toEqual([
		['second', 'bo', 2],
		['first', 'ann', 1]
	]);
});
test('who read an older version cannot write over a newer one', async () => {
	const stale = savePolicyNote(desk, note('mine'), { version: 1, who: 'cy', at: 4 });
	await expect(stale).rejects.toMatchObject({ code: 'conflict' });
});
