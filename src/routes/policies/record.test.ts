import { expect, test } from 'vitest';
import type { RecordedChange } from '#lib/server/policy-record.ts';
import { recordOf } from './record.ts';

const change = (at: string, more: Partial<RecordedChange> = {}): RecordedChange => ({
	service: 'Talk',
	document: 'Terms',
	at,
	collectors: [''],
	verdict: 'confirmed',
	decidedAt: at,
	topics: ['payments'],
	capabilities: [{ capability: 'payments', direction: 'opened' }],
	organisations: [{ organisation: 'harbor', direction: 'opens' }],
	stats: {
		before: 1,
		after: 2,
		unchanged: 1,
		added: 1,
		removed: 0,
		modified: 0,
		moved: 0,
		split: 0,
		merged: 0
	},
	...more
});
const ANY = { organisation: '', topic: '', verdict: '' };
const changes = [
	change('4', { verdict: 'flap' }),
	change('3', { verdict: 'pending', decidedAt: null }),
	change('2', { topics: ['shopping'], organisations: [] }),
	change('1')
];

test('the newest confirmed and the newest pending change stand for a document, what came to nothing is counted', () => {
	expect(recordOf(changes, ANY)).toMatchObject({
		confirmed: { at: '2' },
		pending: { at: '3' },
		changes: 4,
		noise: 1
	});
});
test('a view keeps the changes that have all it asks for', () => {
	expect(recordOf(changes, { ...ANY, organisation: 'harbor', verdict: 'confirmed' }).confirmed?.at).toBe('1');
	expect(recordOf(changes, { ...ANY, topic: 'shopping' })).toMatchObject({
		confirmed: { at: '2' },
		changes: 1
	});
	expect(recordOf(changes, { ...ANY, organisation: 'nobody' }).changes).toBe(0);
});
