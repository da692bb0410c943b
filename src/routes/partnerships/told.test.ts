import { expect, test } from 'vitest';
import { signalsByPair } from './told.ts';

const tally = (key: string, counting: number, day: number) => ({
	by: 'pair' as const,
	key,
	counting,
	last: `2026-11-0${day}T00:00:00.000Z`
});

test('signals of the organisations of two parties are those of the parties', () => {
	const parties = new Map([['wechat', 'tencent'], ['tencent', 'tencent'], ['jd', 'jd']]); // prettier-ignore
	const found = signalsByPair(
		[tally('jd wechat', 2, 3), tally('jd tencent', 1, 5), tally('tencent wechat', 9, 1), tally('jd', 4, 1), tally('jd plumb', 0, 1)],
		parties
	); // prettier-ignore
	expect([...found]).toEqual([
		['jd tencent', { count: 3, last: '2026-11-05T00:00:00.000Z', keys: 'jd wechat,jd tencent' }]
	]);
});
