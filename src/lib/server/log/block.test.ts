import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVENT_BYTES } from '#lib/domain/events.ts';
import {
	BLOCK_BYTES,
	BLOCK_EVENTS,
	blocks,
	decodeHeader,
	encodeHeader,
	refuseTooLarge,
	events
} from './block.ts';

const header = { schema: { major: 1, minor: 0 }, writer: 'w', origin: 'door' as const, events: 1 };
const onlyOne = () => 0;
const lines = (value: Buffer) => events({ header, value }).map(String);

describe('blocks', () => {
	test('hold at most 1,000 events', () => {
		const entries = Array.from({ length: 2_500 }, (_, i) => ({ key: 'k', json: `${i}` }));
		expect(blocks(entries, onlyOne).map((block) => block.events)).toEqual([1000, 1000, 500]);
	});

	test('hold at most 1 MB, or one event that is larger', () => {
		const of = (length: number) => ({ key: 'k', json: 'x'.repeat(length) });
		const packed = blocks([of(10), of(BLOCK_BYTES - 11), of(1), of(3 * BLOCK_BYTES), of(5)], onlyOne);
		expect(packed.map(({ events, value }) => [events, value.length])).toEqual([
			[2, BLOCK_BYTES],
			[1, 1],
			[1, 3 * BLOCK_BYTES],
			[1, 5]
		]);
	});

	test('carry the key of their first event and one partition each', () => {
		const entries = ['a', 'b', 'a', 'c'].map((key, i) => ({ key, json: `${i}` }));
		const packed = blocks(entries, (key) => (key === 'b' ? 1 : 0));
		expect(packed.map(({ partition, key, value }) => [partition, key, String(value)])).toEqual([
			[0, 'a', '0\n2\n3'],
			[1, 'b', '1']
		]);
	});

	test('give back every event of a partition in order, whatever the sizes', () => {
		const entry = fc.record({
			key: fc.constantFrom('a', 'b', 'c', '微信'),
			json: fc.oneof(
				fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
				fc.integer({ min: 100_000, max: 700_000 }).map((length) => 'é'.repeat(length))
			)
		});
		fc.assert(
			fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
				const partitionOf = (key: string) => key.length % 2;
				const packed = blocks(entries, partitionOf);
				for (const partition of [0, 1]) {
					const mine = packed.filter((block) => block.partition === partition);
					const wanted = entries.filter(({ key }) => partitionOf(key) === partition).map(({ json }) => json);
					expect(mine.flatMap(({ value }) => lines(value))).toEqual(wanted);
				}
				for (const { events, value } of packed) {
					expect(events).toBe(lines(value).length);
					expect(events <= BLOCK_EVENTS && (value.length <= BLOCK_BYTES || events === 1)).toBe(true);
				}
			}),
			{ numRuns: 50 }
		);
	});
});

test('an event of exactly the limit is taken, one byte more is refused with its size', () => {
	expect(() => refuseTooLarge([{ key: 'k', json: 'x'.repeat(EVENT_BYTES) }])).not.toThrow();
	expect(() => refuseTooLarge([{ key: 'k', json: 'x'.repeat(EVENT_BYTES + 1) }])).toThrow(
		`${EVENT_BYTES + 1} bytes`
	);
	expect(() => refuseTooLarge([{ key: 'k', json: '微'.repeat(EVENT_BYTES / 2) }])).toThrow(
		`${EVENT_BYTES * 1.5} bytes`
	);
});

describe('a header', () => {
	test('comes back as it was written', () => {
		expect(decodeHeader(encodeHeader('host/1', 'import', 7))).toEqual({
			schema: { major: 1, minor: 0 },
			writer: 'host/1',
			origin: 'import',
			events: 7
		});
	});

	test('of a newer version is still ours: it says so, and what it knows besides is let be', () => {
		const text = '{"schema":"2.13","writer":"w","origin":"satellite","events":1,"more":true}';
		expect(decodeHeader(text)).toEqual({
			schema: { major: 2, minor: 13 },
			writer: 'w',
			origin: 'door',
			events: 1
		});
	});

	test.each([
		null,
		'',
		'null',
		'{}',
		'{"schema":"one"}',
		'[1',
		'{"schema":"1.0","writer":"w","origin":"door","events":0}'
	])('that is not ours is null: %s', (text) => expect(decodeHeader(text)).toBeNull());
});

test("another producer's record is one event, newlines and emptiness included", () => {
	expect(events({ header: null, value: Buffer.from('{\n}') }).map(String)).toEqual(['{\n}']);
	expect(events({ header: null, value: Buffer.alloc(0) }).map(String)).toEqual(['']);
});
