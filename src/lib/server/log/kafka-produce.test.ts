import type { ProducerBatch } from 'kafkajs';
import { describe, expect, test, vi } from 'vitest';
import { createLogger } from '../logger.ts';
import { createAppender } from './kafka-produce.ts';

const MB = 1024 * 1024;
const json = (bytes: number) => 'x'.repeat(bytes);

/** An appender over a producer that the test answers for. */
function setUp(send: (batch: ProducerBatch) => Promise<void>) {
	const sent: ProducerBatch[] = [];
	const producer = {
		async sendBatch(batch: ProducerBatch) {
			sent.push(batch);
			await send(batch);
			return [];
		}
	};
	const options = {
		partitionsOf: () => 6,
		name: (topic: string) => `p.${topic}`,
		writer: 'w',
		logger: createLogger('silent')
	};
	const messages = () =>
		sent.map(({ topicMessages }) => topicMessages?.flatMap((topic) => topic.messages) ?? []);
	return { sent, messages, appender: createAppender(producer, options) };
}

describe('appending to Kafka', () => {
	test('sends the blocks of a key to one partition, with their header', async () => {
		const { sent, messages, appender } = setUp(async () => undefined);
		await appender.append(
			'news',
			[
				{ key: 'a', json: '1' },
				{ key: 'b', json: '2' },
				{ key: 'a', json: '3' }
			],
			'door'
		);
		expect(sent[0]).toMatchObject({ acks: -1, topicMessages: [{ topic: 'p.news' }] });
		const [wave = []] = messages();
		expect(wave.map(({ key, value }) => [key, String(value)])).toEqual([
			['a', '1\n3'],
			['b', '2']
		]);
		expect(wave[0]?.headers?.telltale).toBe('{"schema":"1.0","writer":"w","origin":"door","events":2}');
	});

	test('sends wave after wave, each below what a broker takes of one partition, in order', async () => {
		let underWay = 0;
		const { messages, appender } = setUp(async () => {
			expect(++underWay).toBe(1);
			await Promise.resolve();
			underWay--;
		});
		const entries = Array.from({ length: 12 }, (_, i) => ({ key: 'k', json: `${i}${json(MB - 10)}` }));
		await Promise.all([appender.append('news', entries, 'door'), appender.append('news', entries, 'door')]);
		const waves = messages().map((wave) => wave.map(({ value }) => value?.length ?? 0));
		for (const wave of waves) expect(wave.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(4 * MB);
		const order = messages()
			.flat()
			.map(({ value }) => parseInt(String(value), 10));
		expect(order).toEqual([...entries.keys(), ...entries.keys()]);
	});

	test('what Kafka refuses is unavailable, with its words, and the next append is tried afresh', async () => {
		let calls = 0;
		const { appender } = setUp(async () => {
			if (++calls === 1) throw new Error('no leader');
		});
		const append = () => appender.append('news', [{ key: 'k', json: '1' }], 'door');
		await expect(append()).rejects.toMatchObject({
			code: 'log-unavailable',
			retryable: true,
			message: expect.stringContaining('no leader')
		});
		await append();
	});

	test('gives up when nothing is acknowledged for 8 s, and does not send later what waited behind', async () => {
		vi.useFakeTimers();
		try {
			const { promise: stuck, resolve: release } = Promise.withResolvers<undefined>();
			const { messages, appender } = setUp(() => stuck);
			const appends = ['1', '2'].map((json) => appender.append('news', [{ key: 'k', json }], 'door'));
			const settled = Promise.allSettled(appends);
			await vi.advanceTimersByTimeAsync(8_000);
			for (const result of await settled)
				expect(result).toMatchObject({ status: 'rejected', reason: { code: 'log-unavailable' } });
			release(undefined);
			await appender.close();
			expect(
				messages()
					.flat()
					.map(({ value }) => String(value))
			).toEqual(['1']);
		} finally {
			vi.useRealTimers();
		}
	});

	test('refuses at once what would wait behind 128 MB', async () => {
		const { promise: stuck, resolve: release } = Promise.withResolvers<undefined>();
		const { appender } = setUp(() => stuck);
		const entries = Array.from({ length: 32 }, () => ({ key: 'k', json: json(4 * MB) }));
		const first = appender.append('news', entries, 'door');
		await expect(appender.append('news', [{ key: 'k', json: '1' }], 'door')).rejects.toMatchObject({
			code: 'log-unavailable'
		});
		release(undefined);
		await first;
		await appender.append('news', [{ key: 'k', json: '1' }], 'door');
	});
});
