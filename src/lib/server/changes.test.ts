import { describe, expect, it, vi } from 'vitest';
import { Changes } from './changes.ts';
import type { Progress } from './desk/desk.ts';

const row = (topic: string, stored: number): Progress => ({
	topic,
	partition: 0,
	end: stored,
	stored,
	waiting: 0,
	oldest: null,
	at: 0
});

describe('changes', () => {
	it('tell a listener of a topic once more of it has been stored, and only then', async () => {
		let stored = 5;
		const changes = new Changes(
			() => Promise.resolve([row('traffic', stored), row('news', 2)]),
			() => undefined,
			5
		);
		const told: string[] = [];
		const stop = changes.listen(
			({ topic }) => told.push(topic),
			() => undefined
		);
		await vi.waitFor(() => {
			stored++;
			expect(told.length).toBeGreaterThan(1);
		});
		stop();
		expect(new Set(told)).toEqual(new Set(['traffic']));
	});

	it('tell of articles when they are in stories, not before', async () => {
		let [stored, placed] = [5, 5];
		const changes = new Changes(
			() => Promise.resolve([row('news', ++stored), row('articles', placed)]),
			() => undefined,
			2
		);
		const told: string[] = [];
		const stop = changes.listen(
			({ topic }) => told.push(topic),
			() => undefined
		);
		await vi.waitFor(() => expect(stored).toBeGreaterThan(10));
		expect(told).toEqual([]);
		placed++;
		await vi.waitFor(() => expect(told).toEqual(['news']));
		stop();
	});

	it('go on after progress could not be read', async () => {
		let calls = 0;
		const errors: unknown[] = [];
		const read = () =>
			++calls === 2 ? Promise.reject(new Error('down')) : Promise.resolve([row('policies', calls)]);
		const changes = new Changes(read, (error) => errors.push(error), 5);
		const told: string[] = [];
		changes.listen(
			({ topic }) => told.push(topic),
			() => undefined
		);
		await vi.waitFor(() => expect(told.length).toBeGreaterThan(0));
		changes.close();
		expect(errors).toHaveLength(1);
	});

	it('end their listeners when the process stops', () => {
		const changes = new Changes(
			() => Promise.resolve([]),
			() => undefined
		);
		const ended = vi.fn();
		changes.listen(() => undefined, ended);
		changes.close();
		expect(ended).toHaveBeenCalledOnce();
	});
});
