import { expect, test } from 'vitest';
import { keeping } from './kept.ts';

type Asked = Parameters<Parameters<ReturnType<typeof keeping>>[1]>[0];
/** A store of one table, which says how often it was asked for more than its state. */
function table() {
	const given = { state: 1, asked: 0 };
	const ask = async ({ sql, over }: Asked) => (over ? [{ sql, said: ++given.asked }] : [given.state]);
	return { given, ask };
}
const of = (sql: string, params = {}): Asked => ({ sql, params, over: ['signals'] });

test('an answer is given again until its tables change', async () => {
	const { given, ask } = table();
	const kept = keeping();
	const first = await kept(of('how many'), ask);
	expect(await kept(of('how many'), ask)).toEqual(first);
	given.state++;
	expect(await kept(of('how many'), ask)).not.toEqual(first);
	expect(given.asked).toBe(2);
});

test('what is asked with other values, and what no tables decide, is asked anew', async () => {
	const { given, ask } = table();
	const kept = keeping();
	for (const id of [1n, 2n, 1n]) await kept(of('how many', { id }), ask);
	expect(given.asked).toBe(2);
	await kept({ sql: 'now' }, ask);
	expect(given.asked).toBe(2);
});

test('what was asked for longest ago goes first', async () => {
	const { given, ask } = table();
	const kept = keeping(2);
	for (const sql of ['a', 'b', 'a', 'c', 'a']) await kept(of(sql), ask);
	expect(given.asked).toBe(3);
	await kept(of('b'), ask);
	expect(given.asked).toBe(4);
});
