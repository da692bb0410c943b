import { expect, test } from 'vitest';
import { collectorsOf, compared, versionsOf, type Judged, type Seen } from './versions.ts';

const seen = (day: number, hash: string, more: Partial<Seen> = {}): Seen => ({
	fetched: `2026-11-${String(day).padStart(2, '0')}T08:00:00.000Z`,
	hash,
	size: 10,
	collector: null,
	...more
});

test('a version stands until another text is read, and a return is a version of its own', () => {
	const versions = versionsOf([seen(1, 'a'), seen(2, 'a'), seen(3, 'b'), seen(4, 'a')], '', []);
	expect(versions.map(({ number, hash, seen }) => [number, hash, seen])).toEqual([[1, 'a', 2], [2, 'b', 1], [3, 'a', 1]]); // prettier-ignore
	expect(versions[0]).toMatchObject({ from: seen(1, 'a').fetched, to: seen(2, 'a').fetched });
});
test('collectors read side by side, each with its own versions', () => {
	const all = [seen(1, 'a'), seen(1, 'x', { collector: 'archive' }), seen(2, 'a'), seen(3, 'b')];
	expect(collectorsOf(all)).toEqual(['', 'archive']);
	expect(versionsOf(all, 'archive', [])).toHaveLength(1);
});
test('each change has the verdict of its collector, the first version has none', () => {
	const at = Date.parse(seen(2, 'b').fetched);
	const judged: Judged[] = [
		{ collector: 'archive', at, verdict: 'broken', decidedAt: null, mentions: [] },
		{ collector: '', at, verdict: 'confirmed', decidedAt: at + 86_400_000, mentions: [] }
	];
	const versions = versionsOf([seen(1, 'a'), seen(2, 'b')], '', judged);
	expect(versions.map(({ verdict }) => verdict)).toEqual([null, 'confirmed']);
	expect(versions[1]?.decidedAt).toBe(seen(3, 'b').fetched);
});
test('an address that says nothing compares the last two, one that says a version compares it with the one before', () => {
	const versions = versionsOf([seen(1, 'a'), seen(2, 'b'), seen(3, 'c')], '', []);
	const numbers = (said: { before?: string; after?: string }) => {
		const pair = compared(versions, { before: said.before ?? null, after: said.after ?? null });
		return pair && [pair.before.number, pair.after.number];
	};
	expect(numbers({})).toEqual([2, 3]);
	expect(numbers({ after: seen(2, 'b').fetched })).toEqual([1, 2]);
	expect(numbers({ before: seen(1, 'a').fetched })).toEqual([1, 3]);
	expect(numbers({ after: seen(1, 'a').fetched })).toBeNull();
});
