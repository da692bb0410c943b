import { expect, test } from 'vitest';
import { topPair } from './sentences.ts';

const tally = (key: string, counting: number, by: 'pair' | 'type' = 'pair') => ({
	by,
	key,
	name: key,
	all: counting,
	found: counting,
	counting,
	fresh: 0
});

test('the first sentence is about two organisations before one, however many signals the one has', () => {
	const counts = [
		tally('denial', 40, 'type'),
		tally('inkstone', 30),
		tally('harbor lantern', 4),
		tally('harbor plumb', 3)
	];
	expect(topPair({ counts })?.key).toBe('harbor lantern');
	expect(topPair({ counts: counts.slice(0, 2) })?.key).toBe('inkstone');
	expect(topPair({ counts: [tally('harbor lantern', 0)] })).toBeUndefined();
});
