import { expect, test } from 'vitest';
import type { PolicyDocument } from '#lib/server/store/policies.ts';
import type { Destination } from '#lib/server/store/traffic.ts';
import { late, silent } from './unseen.ts';

const destination = (name: string, last: string, over: Partial<Destination> = {}): Destination => ({
	destination: name,
	metric: 'visits',
	provider: 'panel',
	first: '2026-01-01',
	last,
	observations: 100,
	sources: 3,
	spans: [1],
	...over
});
const document = (name: string, last: string): PolicyDocument => ({
	service: 'Lantern',
	document: name,
	versions: 2,
	sightings: 101,
	recent: 2,
	first: '2026-08-01T00:00:00Z',
	last,
	collectors: ['ours'],
	changed: null
});

test('a destination is late when its provider reports others a period further', () => {
	const all = [
		destination('harbor', '2026-11-22'),
		destination('tilework', '2026-11-15'),
		destination('millrace', '2026-11-21')
	];
	expect(late(all)).toEqual([{ provider: 'panel', destination: 'tilework', last: '2026-11-15', behind: 7 }]);
});
test('another provider, or a metric that ended, makes no destination late', () => {
	expect(
		late([
			destination('harbor', '2026-11-22'),
			destination('harbor', '2026-09-01', { metric: 'orders' }),
			destination('tilework', '2026-10-31', { provider: 'own' })
		])
	).toEqual([]);
});
test('a provider of months is not late within a month', () => {
	expect(late([destination('a', '2026-10-31', { spans: [31] }), destination('b', '2026-11-22')])).toEqual([]);
});
test('a document that was read every day and is not any more is silent since its last reading', () => {
	const now = Date.parse('2026-11-24T10:00:00Z');
	expect(
		silent([document('Terms', '2026-11-19T02:00:00Z'), document('Privacy', '2026-11-24T02:00:00Z')], [], now)
	).toEqual([{ service: 'Lantern', document: 'Terms', since: '2026-11-19T02:00:00Z', error: null }]);
});
test('why it is not read is told where its collector knows', () => {
	const health = {
		id: 'policies/Lantern/Terms',
		kind: 'page',
		lastSuccess: Date.parse('2026-11-20T00:00:00Z'),
		lastAttempt: null,
		state: 'blind',
		error: 'blocked',
		failure: 'blocked',
		next: null
	} as const;
	expect(
		silent([document('Terms', '2026-11-20T00:00:00Z')], [health], Date.parse('2026-11-21T00:00:00Z'))
	).toMatchObject([{ since: '2026-11-20T00:00:00.000Z', error: 'blocked' }]);
});
